"""What the cases of the reference share; those with `bench` need a checkout of mlcommons/inference
(MLPGEN_UPSTREAM)."""
import shutil

import pytest

from places import CACHE, SCRATCH, Skip, need_upstream
from reference.bench import Bench
from reference.cases_real_size import RealSize
from reference.cases_stand_in_job import Job
from reference.upstream import Upstream, python_environment


@pytest.fixture(scope="package")
def place():
    """Kept from run to run: the main job in it is done once."""
    folder = SCRATCH / "reference"
    for made in ("launcher", "rows"):
        shutil.rmtree(folder / made, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def scratch(place, request):
    """The folder of the launcher's cases, or of the others that need no checkout."""
    return place / "launcher" if request.path.stem == "cases_launcher" else place


@pytest.fixture(scope="package")
def job(place):
    """mlpgen's job with a stand-in for the reference (stand_in/README.md)."""
    with Job(place) as job:
        yield job


@pytest.fixture(scope="package")
def real(place, slow):
    if not slow:
        raise Skip("RetinaNet of the real size: tests/run --slow reference")
    with RealSize(place, CACHE) as real:
        yield real


@pytest.fixture(scope="package")
def bench(place):
    bench = Bench(Upstream(need_upstream("inference"), python_environment()), place)
    yield bench
    changed = bench.upstream.changed_files()
    assert not changed, f"the cases changed the checkout: {changed[:5]}"


@pytest.fixture
def rows(slow):
    """Half an hour of PyTorch and TensorFlow."""
    if not slow:
        raise Skip("the rows of PyTorch and TensorFlow: tests/run --slow reference")
