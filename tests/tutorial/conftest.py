"""One user's session for all rows."""
import pytest

from places import BUILD, CACHE
from tutorial.session import Session


@pytest.fixture(scope="package")
def session(tmp_path_factory):
    with Session(BUILD,
                 tmp_path_factory.mktemp("tutorial").resolve(),
                 (CACHE / "tutorial").resolve()) as session:
        yield session
