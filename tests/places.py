"""Where the programs of the build are, where suites write, and what they keep from one run to the
next."""
import os
import pathlib

import pytest

# raised by what a case needs and this machine lacks; its text says what
Skip = pytest.skip.Exception

TESTS = pathlib.Path(__file__).resolve().parent
ROOT = TESTS.parent
BUILD = pathlib.Path(os.environ.get("MLPGEN_BUILD") or ROOT / "build").resolve()
MLPGEN, TOOL, EDGE = BUILD / "mlpgen", BUILD / "mlpgen-tool", BUILD / "mlpgen-edge"
SCRATCH = ROOT / "build/test-scratch"  # of this run
RAN = SCRATCH / "ran"  # SUITE.json: what the suite ran (ran.py)
# What came from package registries, kept for the next run.
CACHE = pathlib.Path(
    os.environ.get("MLPGEN_TESTS_CACHE")
    or pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") /
    "mlpgen-tests")


def upstream(name):
    """A repository in the folder that MLPGEN_UPSTREAM names, such as `inference` of MLCommons; None
    where it is not there."""
    folder = os.environ.get("MLPGEN_UPSTREAM")
    found = pathlib.Path(folder, name).resolve() if folder else None
    return found if found and found.is_dir() else None


def need_upstream(name):
    if not upstream(name):
        raise Skip(f"MLPGEN_UPSTREAM names no folder with a checkout `{name}` (docs/testing.md)")
    return upstream(name)
