"""The RetinaNet tutorial in lines of mlpgen: docs/tutorial.md, run row by row, and what its flags
promise."""
ORDER = ("cases_page", "cases_adopt", "cases_rows", "cases_last", "cases_flags")
