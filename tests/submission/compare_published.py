#!/usr/bin/env python3
"""Judges published rounds by mlpgen's checker and by the official one, and writes
docs/published-compared.md.

    MLPGEN_UPSTREAM=DIR tests/submission/compare_published.py [--rounds=v5.1,v6.0] [--keep=FOLDER]

DIR holds the trees `inference_results_ROUND` beside the checkouts of mlcommons/inference that
compare_rounds.py takes. Each checker runs once, unmodified, alone. --keep=FOLDER keeps what they
wrote, and takes the official checker's part from there where it is already. Exit code 1 where
mlpgen accepts a result that the official checker refuses.
"""
import argparse
import collections
import csv
import json
import os
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from places import ROOT, TOOL  # noqa: E402
from submission.compare_rounds import SOURCES  # noqa: E402

PAGE = ROOT / "docs/published-compared.md"
TREES = ["v4.1", "v5.1", "v6.0"]
csv.field_size_limit(1 << 24)
# (round, rules of mlpgen) -> why mlpgen refuses what the official checker accepts.
REASONS = {}


def official_command(upstream, version, tree, table):
    checkout = upstream / SOURCES[version][0] / "tools/submission"
    modular = checkout / "submission_checker/main.py"
    main = modular if modular.exists() else checkout / "submission_checker.py"
    return [sys.executable, main, "--input", tree, "--version", version, "--csv", table]


def own_command(version, tree, out):
    return [
        TOOL, "check", "--tree", tree, "--round", ROOT / f"recipes/rounds/{version}.yaml", "--out",
        out
    ]


def timed(command, log):
    """(seconds, MiB at most) of one run."""
    start = time.monotonic()
    with open(log, "w") as out:
        child = subprocess.Popen(list(map(str, command)), stdout=out, stderr=out,
                                 env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
        _, _, used = os.wait4(child.pid, 0)
    return time.monotonic() - start, used.ru_maxrss / 1024


def rows_of(table, tree):
    """{(folder of the result, row of its power?): row} of a summary.csv."""
    out = {}
    with open(table, newline="") as file:
        for row in csv.DictReader(file):
            place = row["Location"].removeprefix(f"{tree}/").removesuffix("/performance/run_1")
            out[place, row["Units"] in ("Watts", "millijoules")] = row
    return out


def differing_columns(ours, theirs):
    """Columns whose cells differ. A single-file checker has fewer columns, writes only the first
    accuracy, calls each scenario by its own spelling and a closed result's compliance 1."""
    if "total_accelerators" not in theirs:
        first = ours["Accuracy"].split("  ")[0].split(": ")[-1]
        ours = {
            **ours, "Accuracy": first, "compliance": theirs["compliance"],
            "inferred": ours["inferred"] if ours["Scenario"] == theirs["Scenario"] else
            theirs["inferred"], "Scenario": theirs["Scenario"]
            if ours["Scenario"].lower() == theirs["Scenario"].lower() else ours["Scenario"]
        }
    return [
        column for column in theirs
        if column != "Location" and column in ours and ours[column] != theirs[column]
    ]


def judge(upstream, version, keep):
    tree = upstream / f"inference_results_{version}"
    table, log = keep / f"{version}.csv", keep / f"{version}.log"
    times = keep / f"{version}.time"
    if not times.exists():
        seconds, size = timed(official_command(upstream, version, tree, table), log)
        times.write_text(json.dumps([seconds, size]))
    out = keep / f"{version}-own"
    own_time = timed(own_command(version, tree, out), keep / f"{version}-own.log")
    refused = {
        r["result"]: r["rules"]
        for r in json.loads((out / "check.json").read_text())["refused_results"]
    }
    return {
        "official": rows_of(table, tree), "own": rows_of(out / "summary.csv", tree),
        "refused": refused, "times": [json.loads(times.read_text()),
                                      list(own_time)]
    }


def compare(found):
    """(the same, {columns: places}, {rules: places}, accepted wrongly)"""
    theirs, ours = found["official"], found["own"]
    columns, stricter, same = collections.defaultdict(list), collections.defaultdict(list), 0
    for key, row in theirs.items():
        if key not in ours:
            stricter[", ".join(found["refused"].get(key[0], ["?"]))].append(key[0])
        elif different := differing_columns(ours[key], row):
            columns[", ".join(different)].append(key[0])
        else:
            same += 1
    return same, columns, stricter, sorted(k[0] for k in ours.keys() - theirs.keys())


def page(judged):
    lines = [
        "<!-- Made by tests/submission/compare_published.py. -->",
        "# mlpgen's checker on published rounds", "",
        "Every result of the rounds that a fetch brings, by mlpgen and by the official checker of "
        "the round, with no option. A result with power", "has two rows. Of v4.1's checker, whose "
        "summary.csv has fewer columns, the first accuracy and the scenario's name without its "
        "case are compared. Made by", "",
        "    MLPGEN_UPSTREAM=DIR tests/submission/compare_published.py", "",
        "| round | rows of the official summary.csv | the same here | other cells | refused here "
        "alone | accepted here alone |", "|---|---|---|---|---|---|"
    ]
    compared = {version: compare(found) for version, found in judged.items()}
    for version, (same, columns, stricter, wrong) in compared.items():
        counts = [sum(map(len, x.values())) for x in (columns, stricter)]
        lines.append(f"| {version} | {len(judged[version]['official'])} | {same} | {counts[0]} | "
                     f"{counts[1]} | {len(wrong)} |")
    lines += [
        "", "## What differs", "", "| round | what | results | for example | why |",
        "|---|---|---|---|---|"
    ]
    for version, (_, columns, stricter, wrong) in compared.items():
        kinds = [(f"cells: {c}", p) for c, p in columns.items()]
        kinds += [(f"refused by {r}", p) for r, p in stricter.items()]
        kinds += [("accepted", wrong)] if wrong else []
        for what, places in sorted(kinds):
            why = REASONS.get((version, what), "**not explained**")
            lines.append(f"| {version} | {what} | {len(places)} | `{places[0]}` | {why} |")
    if lines[-1].startswith("|---"):
        lines[-2:] = ["Nothing."]
    return "\n".join(lines) + "\n", sum(len(c[3]) for c in compared.values())


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", default=",".join(TREES))
    parser.add_argument("--keep", type=pathlib.Path)
    words = parser.parse_args()
    upstream = pathlib.Path(os.environ["MLPGEN_UPSTREAM"]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        keep = words.keep or pathlib.Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        judged = {v: judge(upstream, v, keep.resolve()) for v in words.rounds.split(",")}
    text, wrong = page(judged)
    if words.rounds == ",".join(TREES):
        PAGE.write_text(text)
    print(text)
    for version, found in judged.items():
        (a, big), (b, small) = found["times"]
        print(f"{version}: official {a:.1f} s, {big:.0f} MiB; mlpgen {b:.2f} s, {small:.0f} MiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
