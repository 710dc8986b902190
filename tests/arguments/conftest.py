"""A run directory of its own for each case."""
import pytest

from arguments.cases_words import Job


@pytest.fixture
def job(work):
    return Job(work)
