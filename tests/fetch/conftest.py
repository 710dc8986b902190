"""The fixtures of this suite."""
import pytest

from places import TOOL
from store.bench import Bench


@pytest.fixture
def bench(work, tmp_path_factory):
    """A store and a folder of the case, and packages that the cases share."""
    return Bench(TOOL, work, tmp_path_factory.getbasetemp().parent / "packages")
