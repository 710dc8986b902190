#!/usr/bin/env python3
"""Processor time a sample, the C++ harness against a bare loop over ONNX Runtime: it says more than
rates where others work.

    tests/bench/harness_cost.py [--scratch DIR] [--pairs N] [--samples N]

Each side runs one stream a core with one thread each; what a short run costs is taken off, so that
loading does not count.
"""
import argparse
import os
import pathlib
import resource
import sys

sys.dont_write_bytecode = True  # nothing is written beside the tests
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "harness"))

import bench_harness
from measure import alternating, command, line, load
from places import BUILD

SHORT = 100  # samples of the run whose cost is taken off


def children_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def milliseconds_a_sample(run, samples):
    """Processor time of a run of SHORT + samples less that of a run of SHORT."""
    marks = [children_seconds()]
    for count in (SHORT, SHORT + samples):
        run(count)
        marks.append(children_seconds())
    return 1000 * ((marks[2] - marks[1]) - (marks[1] - marks[0])) / samples


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--scratch", type=pathlib.Path, default=BUILD / "test-scratch/bench")
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--samples", type=int, default=500)
    given = parser.parse_args()
    scratch, streams = given.scratch.resolve(), os.cpu_count()
    scratch.mkdir(parents=True, exist_ok=True)
    made, loop = bench_harness.Demo(scratch), bench_harness.bare_loop(scratch)
    words = [
        loop,
        made.word("--onnxruntime"),
        made.word("--model"),
        made.word("--data"), streams, 1
    ]
    runs = {
        "harness": lambda count: made.harness(scratch / "cost-out", count, streams, 1),
        "bare": lambda count: command([*words, count])
    }
    print(f"processor time a sample, {streams} streams x 1 thread, medians of {given.pairs} pairs; "
          f"the machine: {load()}")
    cost = alternating(
        {
            name: lambda run=run: milliseconds_a_sample(run, given.samples)
            for name, run in runs.items()
        }, given.pairs)
    line("bare loop", f"{cost['bare']:8.3f} ms")
    line("harness",
         f"{cost['harness']:8.3f} ms; bare loop / harness = {cost['bare'] / cost['harness']:.3f}",
         "0.95")


main()
