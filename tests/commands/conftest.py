"""The fixtures of this suite."""
import pytest

from commands.bench import Bench


@pytest.fixture
def bench():
    """A copy of the small project, with a run directory and a store."""
    with Bench() as bench:
        yield bench
