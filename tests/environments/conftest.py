"""Every request of the reference, planned once with the shipped locks alone."""
import pytest

from environments.planned import Locked
from places import CACHE, MLPGEN


@pytest.fixture(scope="package")
def locked(tmp_path_factory, slow):
    return Locked(MLPGEN,
                  tmp_path_factory.mktemp("environments").resolve(), CACHE / "environments", slow)
