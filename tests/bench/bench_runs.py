"""A valid Offline run of the demo against the 600 s of the rules, and the search on the demo.

It takes about 13 minutes, so only `--only runs` asks for it."""
import json
import time

from measure import command, demo, line
from places import MLPGEN

GOAL = 1.25  # of 600 s, from `ninja performance` to its end, calibration and all
CATEGORIES = {
    "Offline": "edge", "SingleStream": "edge", "MultiStream": "edge", "Server": "datacenter"
}


def configure(path, *words):
    command([MLPGEN, "configure", "--preset=demo", *words], cwd=path)


def seconds_of(path, target):
    start = time.monotonic()
    command(["ninja", target], cwd=path)
    return time.monotonic() - start


def edges(path):
    """Seconds of each measurement that ran, by the name of its step."""
    found = {}
    for text in (path / ".mlpgen/log/edges.jsonl").read_text().splitlines():
        record = json.loads(text)
        if record.get("mode") == "measure":
            taken = record["released"]["monotonic_ns"] - record["acquired"]["monotonic_ns"]
            found[record["name"].split("/")[-1]] = taken * 1e-9
    return found


def search(path, scenario):
    configure(path, "_find-performance", f"--scenario={scenario}",
              f"--category={CATEGORIES[scenario]}")
    taken = seconds_of(path, "find-performance")
    [found] = json.loads(command([MLPGEN, "find-performance", "--format=json"], cwd=path))
    line(f"search, {scenario}",
         f"{found['reached']:.4g} after {len(found['probes'])} probes, {taken:.0f} s")


def run(given):
    path = demo(given.scratch)
    for scenario in CATEGORIES:
        search(path, scenario)
    configure(path, "--execution_mode=valid")
    command(["ninja", "harness", "model", "dataset"], cwd=path)
    taken = seconds_of(path, "performance")
    ran = edges(path)
    line("valid Offline run", f"{taken / 600:.3f} x 600 s", f"at most {GOAL}")
    line("  of it the calibration", f"{ran['first-rate'] + ran['calibration']:.1f} s",
         "at most 60 s")
    line("  of it the run", f"{ran['performance']:.1f} s")
