#!/usr/bin/env python3
"""Locks the Python environments of every model, framework and device into mlpgen.lock beside this file.

    recipes/python/get-python-environment/lock_environments.py MLPGEN

MLPGEN: the program. It needs the package client's network and /usr/bin/python3, for whose version the environments are locked.
What recipes/mlpgen.lock has already is left out. Prints what cannot be resolved; exit code 1 where the lock could not be written.
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
FURTHER = ["get-tvm-model"]  # what no model of the benchmark asks for
KIND = "python-environment "


def ask(mlpgen, *words, **options):
    return subprocess.run([str(mlpgen), *map(str, words)], capture_output=True, text=True, env={**os.environ, "MLPGEN_HOME": str(HOME)}, **options)


def requests(mlpgen, folder):
    """Words for every model, framework and device that give a graph, and FURTHER."""
    flags = json.loads(ask(mlpgen, "show", APP, "--format=json").stdout)["flag_details"]
    choices = [flags[flag]["choices"] for flag in ("model", "backend", "device")]
    words = [f"--category={category} --implementation=reference --model={m} --backend={b} --device={d}"
             for category, m, b, d in itertools.product(("edge", "datacenter"), *choices)]
    (folder / "requests").write_text("".join(f"{APP} {line}\n" for line in words))
    told = ask(mlpgen, "dump", "--format=json", f"--requests={folder / 'requests'}", cwd=folder).stdout.splitlines()
    return FURTHER + [line for line, answer in zip(words, told, strict=True) if json.loads(answer)["resolution"] is not None]


def entries(lock):
    return json.loads(lock.read_text())["entries"] if lock.exists() else {}


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mlpgen", type=pathlib.Path)
    mlpgen = parser.parse_args().mlpgen.resolve()
    shipped = HERE / "mlpgen.lock"
    before = shipped.read_text() if shipped.exists() else None
    shipped.unlink(missing_ok=True)  # so that it is asked for
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for line in requests(mlpgen, folder):
            done = ask(mlpgen, "lock", "-C", folder, *line.split())
            if done.returncode != 0:
                print(f"{line}\n  {done.stderr.strip()}")
        locked = {key: entry for key, entry in entries(folder / "mlpgen.lock").items() if key.startswith(KIND)}
    known = entries(HOME / "recipes/mlpgen.lock")
    new = {key: entry for key, entry in locked.items() if key not in known}
    if not new:
        if before is not None:
            shipped.write_text(before)
        print("nothing could be locked", file=sys.stderr)
        return 1
    shipped.write_text(json.dumps(shared(new), indent=2, sort_keys=True) + "\n")
    print(f"{len(new)} environments locked")
    return 0


if __name__ == "__main__":
    sys.exit(main())
