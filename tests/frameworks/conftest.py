"""A folder for each case; packages are locked by `mlpgen lock` and fetched once into the cache."""
import pytest

from places import BUILD, CACHE


@pytest.fixture
def folder(work):
    return work


@pytest.fixture
def build():
    return BUILD


@pytest.fixture
def cache():
    return CACHE / "frameworks"
