"""Run directories that the cases share, each configured and built once."""
import pytest

from classification.jobs import Jobs
from places import CACHE


@pytest.fixture(scope="package")
def jobs(tmp_path_factory, slow):
    return Jobs(
        tmp_path_factory.mktemp("classification").resolve(), (CACHE / "classification").resolve(),
        slow)
