"""Each folder here is a small project and a command that mlpgen refuses: the whole output is
compared (project.py)."""
import pytest

from failing.project import HERE, output_of

CASES = sorted(p.parent.name for p in HERE.glob("*/cmd"))


@pytest.mark.parametrize("name", CASES)
def case_failing(name):
    expected = HERE / name / "expected"
    actual = output_of(HERE / name)
    assert expected.exists() and actual == expected.read_text(
    ), f"{actual}\nif this is what it should be: tests/failing/bless {name}"
