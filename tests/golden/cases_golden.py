"""Each folder here is a small project that shows one idea: the bytes that mlpgen makes of it are
compared (project.py)."""
import pytest

from golden.project import HERE, faults

CASES = sorted(p.parent.name for p in HERE.glob("*/cmd"))


@pytest.mark.parametrize("name", CASES)
def case_golden(name):
    wrong = faults(HERE / name)
    assert not wrong, "\n".join(
        wrong) + f"\nif this is what it should be: tests/golden/bless {name}"
