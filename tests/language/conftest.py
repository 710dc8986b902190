"""llama.cpp, the harness, the model and the prompts, made once and kept for the next run."""
import pytest

from language.bench import Bench
from places import CACHE


@pytest.fixture(scope="package")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("language").resolve(), (CACHE / "language").resolve())
