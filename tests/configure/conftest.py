"""A project of its own for each case."""
import pytest

from configure.project import Project


@pytest.fixture
def p(work):
    return Project(work)
