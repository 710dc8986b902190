"""The fixtures of this suite."""
import pytest

from places import CACHE, TOOL
from store.bench import Bench


@pytest.fixture
def bench(work):
    """A store and a folder of the case, and packages that the cases share."""
    return Bench(TOOL, work, CACHE / "intel")
