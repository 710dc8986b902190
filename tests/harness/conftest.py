"""The programs of the C++ harness, built once, and the inputs of its cases."""
import pytest

from harness import build, cases_data
from harness.case import Bench
from places import CACHE, SCRATCH
from registry import python_with


@pytest.fixture(scope="package")
def bench():
    scratch, cache = SCRATCH / "harness", CACHE / "harness"
    for folder in (scratch, cache):
        folder.mkdir(parents=True, exist_ok=True)
    python = python_with(cache / "venv", *build.VENV)
    loadgen, libraries = build.packages(cache, python)
    programs = build.build(scratch, loadgen)
    inputs = scratch / "inputs"
    build.command([python, build.HERE / "make_models.py", inputs])
    build.command([cases_data.DEBIAN_PYTHON, build.HERE / "make_images.py", inputs])
    return Bench(scratch, programs, libraries, python, inputs)
