"""One Chromium for all cases; a screenshot of what each case saw last stays in
build/test-scratch/browser/shots."""
import pytest

from browser.bench import Bench
from places import CACHE, MLPGEN, SCRATCH


@pytest.fixture(scope="package")
def browser():
    with Bench(MLPGEN, SCRATCH / "browser", CACHE / "browser") as bench:
        yield bench


@pytest.fixture
def bench(browser, request):
    yield browser
    browser.finish_case(request.node.name)
