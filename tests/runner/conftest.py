"""A folder of run directories for each case, under the ninja on PATH and under a newer one."""
import pathlib
import shutil

import pytest

from places import EDGE
from registry import NEWER_NINJA, newer_ninja
from runner.run_directory import RunDirectory


class Bench:
    """What a case works with: a folder, the programs, a machine lock of its own."""
    def __init__(self, path, ninja, seed):
        self.path, self.edge, self.ninja, self.seed = path, EDGE, ninja, seed
        self.machine_lock = path / "locks" / "machine"

    def __call__(self, name):
        return RunDirectory(self.path / name, self)


@pytest.fixture(params=["the ninja on PATH", f"ninja {NEWER_NINJA}"])
def folder(request, work, seed):
    newer = request.param.endswith(NEWER_NINJA)
    return Bench(work, newer_ninja() if newer else pathlib.Path(shutil.which("ninja")), seed)
