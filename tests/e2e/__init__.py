"""End to end: the real demo, the real Ninja, the real kills."""
ORDER = ("cases_main", "cases_same", "cases_demo", "cases_change", "cases_store", "cases_measure",
         "cases_length", "cases_kill", "cases_scenarios", "cases_report", "cases_new_harness")
