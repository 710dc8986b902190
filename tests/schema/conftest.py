"""The fixtures of this suite."""
import pytest

from schema.desk import Desk


@pytest.fixture
def desk(work):
    """A small installation whose loader judges one file at a time."""
    return Desk(work)
