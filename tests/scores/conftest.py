"""The fixtures of this suite."""
import pytest

import functools

from places import BUILD, CACHE
from scores import scored


@pytest.fixture
def job(work):
    """Makes a run directory that scores the log of a model."""
    return functools.partial(scored.Scored, build=BUILD, cache=CACHE / "scores", scratch=work)
