"""A folder of run directories for each case, under the ninja on PATH and under a newer one."""
import fcntl
import functools
import pathlib
import shutil
import subprocess
import sys

import pytest

from places import CACHE, EDGE, Skip
from runner.run_directory import RunDirectory

NEWER_NINJA = "1.13.2"


class Bench:
    """What a case works with: a folder, the programs, a machine lock of its own."""

    def __init__(self, path, ninja, seed):
        self.path, self.edge, self.ninja, self.seed = path, EDGE, ninja, seed
        self.machine_lock = path / "locks" / "machine"

    def __call__(self, name):
        return RunDirectory(self.path / name, self)


@functools.lru_cache(maxsize=None)
def newer_ninja():
    program = CACHE / "ninja/bin/ninja"
    CACHE.mkdir(parents=True, exist_ok=True)
    with open(CACHE / "ninja.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not program.exists():
            subprocess.run([sys.executable, "-m", "venv", CACHE / "ninja"], check=True, capture_output=True)
            done = subprocess.run([CACHE / "ninja/bin/pip", "install", "-q", f"ninja=={NEWER_NINJA}"], capture_output=True, text=True)
            if done.returncode:
                raise Skip("ninja from pip: " + done.stderr.strip().splitlines()[-1])
    return program


@pytest.fixture(params=["the ninja on PATH", f"ninja {NEWER_NINJA}"])
def folder(request, work, seed):
    newer = request.param.endswith(NEWER_NINJA)
    return Bench(work, newer_ninja() if newer else pathlib.Path(shutil.which("ninja")), seed)
