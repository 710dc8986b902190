"""What all suites share: --slow and --seed, cases that run alone, suites that one worker runs, and
what needs a registry."""
import contextlib
import fcntl
import importlib
import os
import random
import subprocess
import sys

import pytest

from places import CACHE, MLPGEN, RAN, SCRATCH, TESTS

# The cases of these share what the first of them made: one worker runs them, in the order in which
# they stand.
TOGETHER = {
    "arguments", "browser", "classification", "demo", "docs", "e2e", "environments", "facts",
    "harness", "hermetic", "install", "language", "reference", "tutorial"
}
# These measure, or compare what was measured.
ALONE = {"docs", "e2e", "hermetic", "reference"}
REGISTRY = {
    "classification", "e2e", "frameworks", "harness", "hermetic", "intel", "language", "reference",
    "scores", "tutorial"
}


def pytest_addoption(parser):
    group = parser.getgroup("mlpgen")
    group.addoption("--slow", action="store_true",
                    help="also what takes long: many more kills, runs of 600 s")
    group.addoption("--seed", type=int, help="of what cases do by chance")


def pytest_configure(config):
    os.environ["MLPGEN_TESTS_CACHE"] = str(CACHE)
    if not MLPGEN.exists():
        raise pytest.UsageError(f"{MLPGEN} is not there: type `ninja -C build` first")
    SCRATCH.mkdir(parents=True, exist_ok=True)
    given = getattr(config, "workerinput",
                    {})  # of pytest-xdist: all workers take the seed of the first process
    config.mlpgen_seed = given.get("mlpgen_seed") or config.option.seed or random.randrange(10**6)


def pytest_configure_node(node):
    node.workerinput["mlpgen_seed"] = node.config.mlpgen_seed


def pytest_runtest_logreport(report):
    if report.failed and not os.environ.get("PYTEST_XDIST_WORKER"):
        print(f"\nfailed: {report.nodeid}", flush=True)  # at once; why stands at the end


def pytest_report_header(config):
    return f"seed {config.mlpgen_seed}"


def suite_of(item):
    return item.path.relative_to(TESTS).parts[0]


def place_of(item):
    """A suite's cases stand together, its modules in the ORDER that its __init__.py may name."""
    suite = suite_of(item)
    order = getattr(importlib.import_module(suite), "ORDER", ())
    module = item.path.stem
    return suite, order.index(module) if module in order else -1


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups of the items after this
def pytest_collection_modifyitems(items):
    items.sort(key=place_of)
    for item in items:
        suite = suite_of(item)
        if suite in TOGETHER:
            item.add_marker(pytest.mark.xdist_group(suite))
        if suite in ALONE:
            item.add_marker(pytest.mark.alone)
        if suite in REGISTRY:
            item.add_marker(pytest.mark.registry)


@contextlib.contextmanager
def turn(alone):
    """Others run beside this case, or none does. Who waits to be alone lets no other case begin."""
    with open(SCRATCH / "gate.lock", "w") as gate, open(SCRATCH / "room.lock", "w") as room:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(gate, fcntl.LOCK_UN)
        yield


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    with turn(item.get_closest_marker("alone") is not None):
        yield


def pytest_runtest_setup(item):
    os.environ["MLPGEN_TESTS_RAN"] = str(RAN / f"{suite_of(item)}.json")
    if item.get_closest_marker("registry") and registry_fault():
        pytest.skip(f"no package registry can be reached ({registry_fault()})")


FAULT = {}  # of the registry, asked once


def registry_fault():
    """Why no package registry can be reached, or ''. One small package is asked for."""
    if "registry" not in FAULT:
        FAULT["registry"] = ask_registry()
    return FAULT["registry"]


def ask_registry():
    pip = CACHE / "pip/bin/pip"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "pip.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not pip.exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE / "pip"], check=True,
                           capture_output=True)
        asked = subprocess.run([
            pip, "download", "-q", "--no-deps", "--retries", "1", "-d", CACHE / "probe",
            "ninja==1.13.2"
        ], capture_output=True, text=True)
    return asked.stderr.strip().splitlines()[-1] if asked.returncode else ""


@pytest.fixture(scope="session")
def slow(request):
    return request.config.option.slow


@pytest.fixture(scope="session")
def seed(request):
    """Of what cases do by chance; the header of the run names it."""
    return request.config.mlpgen_seed


@pytest.fixture
def work(tmp_path_factory, request):
    """An empty folder of the case, gone at its end."""
    folder = tmp_path_factory.mktemp(suite_of(request.node)).resolve()
    yield folder
    subprocess.run(["chmod", "-R", "u+w", folder], capture_output=True)
    subprocess.run(["rm", "-rf", folder], check=True)
