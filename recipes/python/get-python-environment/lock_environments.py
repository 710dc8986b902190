#!/usr/bin/env python3
"""Locks the Python environments of every model, framework, device and round into mlpgen.lock beside
this file.

    recipes/python/get-python-environment/lock_environments.py MLPGEN

MLPGEN: the program. It needs the package client's network and /usr/bin/python3, for whose version
the environments are locked. An entry that the file has already stays as it is, unless no request
needs it; remove the file to ask for newer packages. What recipes/mlpgen.lock has is left out.
Prints what cannot be resolved; exit code 1 where nothing could be locked.
"""
import argparse
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parents[2]
APP = "run-mlperf-inference-app"
REFERENCE = "app-mlperf-inference-mlcommons-python"
FURTHER = ["get-tvm-model"]  # what no model of the benchmark asks for
FIRST_ROUND = "5.0"
KIND = "python-environment "
STEP = "environment"
SHIPPED = HERE / "mlpgen.lock"


def ask(mlpgen, *words, **options):
    return subprocess.run([str(mlpgen), *map(str, words)], capture_output=True, text=True,
                          env={**os.environ, "MLPGEN_HOME": str(HOME)}, **options)


def environments(instances):
    """Keys of the lock for the environments of a graph: every recipe that makes one calls the step
    so."""
    for one in instances:
        if STEP not in one["steps"]:
            continue
        packages = sorted(one["env"]["+PYTHON_REQUIREMENTS"]["value"].split(","))
        first, second = one["env"]["CM_PYTHON_VERSION"]["value"].split(".")[:2]
        yield f"{KIND}{' '.join(packages)} cp{first}{second}-x86_64"


def resolutions(mlpgen, lines):
    """{request: keys of its environments} of the requests, a line each, that give a graph."""
    with tempfile.TemporaryDirectory() as name:
        listed = pathlib.Path(name) / "requests"
        listed.write_text("".join(f"{line}\n" for line in lines))
        told = ask(mlpgen, "dump", "--format=json", f"--requests={listed}",
                   cwd=name).stdout.splitlines()
    graphs = ((line, json.loads(answer)["resolution"])
              for line, answer in zip(lines, told, strict=True))
    return {
        line: list(environments(graph["instances"]))
        for line, graph in graphs if graph is not None
    }


def rounds():
    """Those in which the reference runs."""
    return sorted(n for path in (HOME / "recipes/rounds").glob("v*.yaml")
                  if (n := path.stem.removeprefix("v")) >= FIRST_ROUND)


def direct_requests(mlpgen):
    """The reference itself, for every model, framework and device: the words of the documented
    page."""
    groups = {}
    for name, variation in json.loads(ask(mlpgen, "show", REFERENCE,
                                          "--format=json").stdout)["variations"].items():
        groups.setdefault(variation["group"], []).append(name)
    lines = [
        f"{REFERENCE},_{m},_{f},_{d}"
        for m, f, d in itertools.product(groups["models"], groups["framework"], groups["device"])
    ]
    return resolutions(mlpgen, lines)


def round_requests(mlpgen):
    """Every model, framework and device of the reference in every round and category that has the
    model."""
    flags = json.loads(ask(mlpgen, "show", APP, "--format=json").stdout)["flag_details"]
    choices = [flags[flag]["choices"] for flag in ("model", "backend", "device")]
    words = [
        f"{APP} --category={category} --implementation=reference --model={m} --backend={b} "
        f"--device={d}" for category, m, b, d in itertools.product(("edge", "datacenter"), *choices)
    ]
    able = resolutions(mlpgen, words)  # in some round
    return resolutions(mlpgen,
                       [line.replace(APP, f"{APP},_r{r}", 1) for line in able for r in rounds()])


def requests(mlpgen):
    """{request: keys of its environments} of all that the shipped locks cover."""
    return resolutions(mlpgen, FURTHER) | direct_requests(mlpgen) | round_requests(mlpgen)


def entries(lock):
    """Its entries, each line with the hashes of its package."""
    if not lock.exists():
        return {}
    told = json.loads(lock.read_text())
    hashes = told.get("hashes", {})
    for entry in told["entries"].values():
        entry["lines"] = [
            f"{line} {hashes[line]}" if line in hashes else line for line in entry.get("lines", [])
        ]
    return told["entries"]


def shared(environments):
    """The lock of these entries, with the hashes of each package once."""
    hashes = {}
    for entry in environments.values():
        for number, line in enumerate(entry["lines"]):
            package, space, digests = line.partition(" --hash=")
            if space and hashes.setdefault(package, f"--hash={digests}") == f"--hash={digests}":
                entry["lines"][number] = package
    return {"format": 1, "entries": environments, "hashes": hashes}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mlpgen", type=pathlib.Path)
    mlpgen = parser.parse_args().mlpgen.resolve()
    found, base = entries(SHIPPED), entries(HOME / "recipes/mlpgen.lock")
    keys = {
        key: line
        for line, needed in requests(mlpgen).items() for key in needed if key not in base
    }
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for key, line in keys.items():
            if key in found:
                continue
            done = ask(mlpgen, "lock", "-C", folder, *line.split())
            found |= entries(folder / "mlpgen.lock")
            if key not in found:
                print(f"{key}\n  {line}\n  {done.stderr.strip()}", flush=True)
    new = {key: found[key] for key in keys if key in found}
    SHIPPED.write_text(json.dumps(shared(new), indent=2, sort_keys=True) + "\n")
    print(f"{len(new)} of {len(keys)} environments are locked")
    return 0 if new else 1


if __name__ == "__main__":
    sys.exit(main())
