"""A tree of its own for each case."""
import sys

import pytest

from places import TESTS, TOOL, upstream
from submission.bench import Bench

# of the damage that a case does by chance, where --seed says no other; one that has found a fault
SEED = 767102


@pytest.fixture
def bench(work, request):
    return Bench(TOOL, work, TESTS / "submission", upstream("inference"), sys.executable,
                 request.config.option.seed or SEED)
