"""kill -9 at any moment and a full disk leave a state from which ninja simply goes on."""
import os
import random
import re
import shutil
import subprocess
import time

from e2e.bench import digest_tree, kill_session
from places import Skip

PERFORMANCE = "app-mlperf-inference-mlcommons-cpp/performance"
# What LoadGen or a clock wrote, and what quotes it; all else has the same bytes in every run.
OF_A_CLOCK = re.compile(
    r"/mlperf_log_(detail|summary|trace)\.(txt|json)$|/(harness|measurement)\.json$")


def comparable(directory):
    """{file of the submission tree: bytes}, None for what a clock wrote."""
    return {
        n: None if OF_A_CLOCK.search(n) else d
        for n, d in digest_tree(directory.path / "submission").items()
    }


def accuracy_hash(directory):
    found = [
        d for n, d in digest_tree(directory.path / "submission").items()
        if n.endswith("accuracy.txt")
    ]
    assert len(found) == 1, found
    return re.search(rb"hash=([0-9a-f]{64})", found[0])[1]


def same_products(directory, reference):
    ours, theirs = comparable(directory), comparable(reference)
    assert ours.keys() == theirs.keys(), ours.keys() ^ theirs.keys()
    changed = [name for name in ours if ours[name] != theirs[name]]
    assert not changed, f"these files differ: {changed}"
    assert accuracy_hash(directory) == accuracy_hash(reference)


def measured(directory):
    return sum(1 for r in directory.records() if r["name"] == PERFORMANCE and r["finished"])


def kill_rounds(directory, chance, kills, longest):
    """Starts ninja and kills it, `kills` times; True when it could end before."""
    for _ in range(kills):
        process = directory.start("submission")
        until = time.monotonic() + chance.uniform(0.05, longest)
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        ended = process.poll() is not None
        kill_session(process)
        if ended:
            return True
        assert measured(directory) <= 1, "a finished measurement was taken again"
    return False


def leftovers(directory):
    """Temporary directories beside the artifacts."""
    return [p for p in (directory.path / "out").glob("*/*.tmp.*")]


def case_random_kills(bench):
    chance = random.Random(bench.seed)
    print(f"    seed {bench.seed}")
    kills, longest = (200, 3.0) if bench.slow else (5, 20.0)
    done, number = 0, 0
    while done < kills:
        directory = bench.fresh(f"kill-{number}")
        directory.configure()
        rest = kills - done
        done += rest
        if kill_rounds(directory, chance, rest, longest) and bench.slow:
            done -= rest // 2  # it came to its end early: the other half goes to a new directory
        directory.ninja()
        assert measured(directory) == 1, measured(directory)
        same_products(directory, bench.main)
        directory.nothing_to_do()
        assert not leftovers(directory), leftovers(directory)
        number += 1


def mounted(path, megabytes):
    path.mkdir(parents=True, exist_ok=True)
    if os.geteuid() != 0:
        raise Skip("only root may mount a small disk")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", path],
                          capture_output=True, text=True)
    if done.returncode:
        raise Skip("mount is refused: " + (done.stderr.strip() or "no reason given"))


def case_full_disk(bench):
    """A disk that is full in the middle: an edge fails and leaves nothing half-done; with more room
    ninja goes on."""
    path = bench.path / "small-disk"
    mounted(path, 60)
    try:
        directory = bench.fresh("small-disk/run")
        directory.configure()
        text = directory.ninja(ok=False)
        assert "FAILED: out/" in text, text[
            -2000:]  # not every program says why; the runner's tests look at its words
        assert not leftovers(directory), leftovers(directory)
        subprocess.run(["mount", "-o", "remount,size=2g", path], check=True)
        directory.ninja()
        same_products(directory, bench.main)
    finally:
        subprocess.run(["umount", "-l", path], check=True)
        shutil.rmtree(path, ignore_errors=True)
