"""A program under numactl and jemalloc: it tells which policy its memory has and what allocates it.
"""
import json
import pathlib
import shutil
import subprocess

from frameworks.run_directory import HERE, RunDirectory
from places import Skip

DEFAULT, INTERLEAVE, LOCAL = 0, 3, 4  # of linux/mempolicy.h
LIBRARIES = [
    "/usr/lib/x86_64-linux-gnu/libjemalloc.so.2", "/usr/lib/aarch64-linux-gnu/libjemalloc.so.2"
]


def told_by(folder, build, cache, launch):
    run = RunDirectory(folder, build, cache)
    run.mlpgen("configure", f"check-launch,_{launch}", f"--trust={HERE}")
    run.ninja("performance")
    return json.loads(
        next(run.path.glob("out/benchmark-program-mlperf/*/mlperf_log_detail.txt")).read_text())


def need_numactl():
    if not shutil.which("numactl"):
        raise Skip("numactl is not on this machine")
    tried = subprocess.run(["numactl", "--interleave=all", "true"], capture_output=True, text=True)
    if tried.returncode:
        raise Skip(f"this machine lets no process choose its memory: "
                   f"{tried.stderr.strip().splitlines()[-1]}")


def case_a_plain_start_changes_nothing(folder, build, cache):
    assert told_by(folder, build, cache,
                   "plain") == {"policy": DEFAULT, "jemalloc": False, "malloc_conf": ""}


def case_numactl_gives_memory_of_the_own_node(folder, build, cache):
    need_numactl()
    assert told_by(folder, build, cache, "local")["policy"] == LOCAL


def case_numactl_interleaves_and_jemalloc_allocates(folder, build, cache):
    need_numactl()
    if not any(pathlib.Path(library).exists() for library in LIBRARIES):
        raise Skip("Debian's libjemalloc2 is not on this machine")
    told = told_by(folder, build, cache, "interleaved")
    assert told["policy"] == INTERLEAVE and told["jemalloc"] and "percpu_arena:percpu" in told[
        "malloc_conf"], told
