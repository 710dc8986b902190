"""The rounds' data beside the official checkers' constants; needs their checkouts
(MLPGEN_UPSTREAM)."""
import subprocess
import sys

from places import Skip, TESTS, upstream
from submission.compare_rounds import SOURCES


def case_each_value_of_a_round_is_its_checkers_or_has_a_reason():
    missing = sorted({name for names in SOURCES.values() for name in names if not upstream(name)})
    if missing:
        raise Skip(f"MLPGEN_UPSTREAM has no {', '.join(missing)}")
    done = subprocess.run([sys.executable, TESTS / "submission/compare_rounds.py", "--check"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
