"""templates/graph.* to a C++ file with their texts: embed_page.py OUT.cc HTML CSS JS..."""
import pathlib
import sys

out, frame, style, *scripts = sys.argv[1:]
# a compiler need not take a longer text at once; pieces that stand side by side are one
PIECE = 8000
lines = [
    "// Made from templates/ by embed_page.py.", '#include "picture/page_parts.h"', "",
    "namespace mlpgen {", ""
]
for name, files in {"kPageFrame": [frame], "kPageStyle": [style], "kPageScript": scripts}.items():
    text = "\n".join(pathlib.Path(file).read_text() for file in files)
    pieces = [f'R"page({text[i:i + PIECE]})page"' for i in range(0, len(text), PIECE)]
    lines.append(f"const std::string_view {name} =\n    " + "\n    ".join(pieces) + ";")
lines += ["", "}  // namespace mlpgen", ""]
pathlib.Path(out).write_text("\n".join(lines))
