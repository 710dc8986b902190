"""The fixtures of this suite."""
import pytest

from commands.bench import Bench
from places import MLPGEN


@pytest.fixture
def bench():
    """A copy of the small project, with a run directory and a store."""
    with Bench(MLPGEN) as bench:
        yield bench
