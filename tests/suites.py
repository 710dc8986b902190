#!/usr/bin/env python3
"""Runs the suites of tests/ with pytest, two cases at a time, and sums what they counted.

    tests/suites.py [SUITE...] [--list] [--slow] [--seed N] [-k WORDS] [--junit-xml FILE]
        [-- OPTION OF PYTEST...]

The programs of mlpgen must be in build/. The last line is `N passed, N failed, N skipped`.
"""
import argparse
import collections
import fcntl
import os
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as xml

from places import BUILD, RAN, SCRATCH, TESTS

SUITES = {
    "lint": "the form of every file",
    "unit": "the unit tests beside the sources",
    "demo": "the embedded data set and model",
    "store": "mlpgen-tool: fetch, extract, packages, texts; the store",
    "fetch": "files, repositories and local copies from outside, with real servers",
    "rules": "projects with CMake, make, configure and setuptools, built from their sources",
    "submission": "mlpgen-tool: submission trees, checkers, tarballs",
    "commands": "mlpgen's commands",
    "schema": "JSON Schemas beside the loader; the canonical form",
    "browser": "mlpgen graph in a browser, Graphviz and Mermaid",
    "configure": "the second configure does nothing, and notices every change",
    "golden": "small projects, one idea each, to the byte",
    "conformance": "each rule of the recipe language in a small case",
    "arguments": "no word of a request is without an effect in silence",
    "facts": "the documented pages: every row, seen in a resolution",
    "environments": "the shipped locks: every request of the reference, the modules that it "
    "imports, the LoadGen of each round",
    "fuzz": "damaged recipes are refused, and crash nothing",
    "failing": "one wrong request or recipe for each diagnostic",
    "power": "a performance run under power-dev, with a simulated analyser",
    "harness": "the C++ harness, preprocessing and scoring",
    "classification": "EfficientNet-Lite0, Fashion-MNIST and ResNet50's contract in the C++ "
    "harness",
    "language": "a language model in the C++ harness with llama.cpp",
    "frameworks": "an inference in each framework, conda environments, numactl and jemalloc, SSH",
    "scores": "accuracy logs scored by the reference's programs, or by stand-ins for them",
    "intel": "Intel's harnesses from their sources to a submission, on stand-ins",
    "tutorial": "docs/tutorial.md, row by row",
    "runner": "mlpgen-edge under the real Ninja",
    "reference": "the Python reference where a checkout is given, a stand-in for it everywhere",
    "hermetic": "no edge reads what it does not declare",
    "e2e": "the main job and everything that must survive it",
    "install": "meson install: where files go; the demo from there as another user",
    "docs": "the reference, man pages, and the state of each recipe from what the suites before "
    "ran",
}
LAST = "docs"  # it compares what all others left behind
RESULTS = BUILD / "test-results"


class Count:
    """Of a suite: cases by outcome, reasons of skips, seconds."""
    def __init__(self):
        self.passed = self.failed = 0
        self.skips, self.seconds = [], 0.0

    def add(self, case):
        self.seconds += float(case.get("time") or 0)
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            self.failed += 1
        elif skipped is not None:
            self.skips.append(skipped.get("message") or "no reason given")
        else:
            self.passed += 1


def run(names, given, complete=()):
    """Runs the suites with pytest; the cases of its JUnit file."""
    for name in names:
        (RAN / f"{name}.json").unlink(missing_ok=True)
    file = RESULTS / f"{'last' if names == [LAST] else 'first'}.xml"
    file.unlink(missing_ok=True)
    words = [
        sys.executable, "-m", "pytest", *(TESTS / name for name in names), "--rootdir", TESTS, "-c",
        TESTS / "pytest.ini", "-q", "--durations=15", "-o", "junit_family=xunit1",
        f"--junit-xml={file}", "--basetemp", SCRATCH / "cases",
        *(["-n2", "--dist=loadgroup"] if names != [LAST] else []),
        *(["--slow"] if given.slow else []), *([f"--seed={given.seed}"] if given.seed else []),
        *([f"-k={given.k}"] if given.k else []), *given.more
    ]
    env = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "MLPGEN_TESTS_COMPLETE": " ".join(complete)}
    code = subprocess.run([str(w) for w in words], cwd=TESTS.parent, env=env,
                          stdin=subprocess.DEVNULL).returncode
    cases = list(xml.parse(file).getroot().iter("testcase")) if file.exists() else []
    return code, cases


def counted(cases):
    counts = collections.defaultdict(Count)
    for case in cases:
        counts[(case.get("file") or case.get("classname")).split("/")[0].split(".")[0]].add(case)
    return counts


def ran_in_full(count, given):
    """All of its usual length ran, with success; what it leaves out is only for --slow, and --slow
    was not asked for."""
    return bool(count.passed) and not count.failed and not given.slow and not given.k and all(
        "--slow" in skip for skip in count.skips)


def write_junit(file, cases):
    suite = xml.Element("testsuite", name="mlpgen", tests=str(len(cases)))
    suite.extend(cases)
    pathlib.Path(file).write_bytes(xml.tostring(suite, encoding="utf-8", xml_declaration=True))


def arguments():
    parser = argparse.ArgumentParser(prog="tests/run", description="Runs every test of mlpgen.")
    parser.add_argument("suite", nargs="*", help="name of a suite (see --list); all by default")
    parser.add_argument("--list", action="store_true", help="print the suites")
    parser.add_argument("--slow", action="store_true",
                        help="also what takes long: many more kills, runs of 600 s")
    parser.add_argument("--seed", type=int, help="of what cases do by chance; a run prints its own")
    parser.add_argument("-k", metavar="WORDS", help="only cases whose names fit, as pytest has it")
    parser.add_argument("--junit-xml", metavar="FILE", help="also write the results there")
    words = sys.argv[1:]
    at = words.index("--") if "--" in words else len(words)
    given = parser.parse_args(words[:at])
    given.more = words[at + 1:]
    for name in given.suite:
        if name not in SUITES:
            parser.error(f"there is no suite '{name}'; `tests/run --list` lists them")
    return given


def alone_here():
    """Waits for another run in this checkout: both would write the same scratch folders. The lock
    ends with this process."""
    lock = os.open(RESULTS / "lock", os.O_CREAT | os.O_RDWR, 0o644)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Waiting for another tests/run in this checkout", flush=True)
        fcntl.flock(lock, fcntl.LOCK_EX)


def main():
    given = arguments()
    if given.list:
        for name, about in SUITES.items():
            print(f"{name:15}{about}")
        return 0
    RESULTS.mkdir(parents=True, exist_ok=True)
    alone_here()
    chosen = [name for name in SUITES if not given.suite or name in given.suite]
    code, cases = run([n for n in chosen if n != LAST], given) if chosen != [LAST] else (0, [])
    if LAST in chosen:
        complete = [name for name, count in counted(cases).items() if ran_in_full(count, given)]
        last_code, last = run([LAST], given, complete)
        code, cases = code or last_code, cases + last
    if given.junit_xml:
        write_junit(given.junit_xml, cases)
    counts = counted(cases)
    for name in sorted(counts, key=lambda n: -counts[n].seconds):
        c = counts[name]
        print(f"{name:15}{c.passed} passed, {c.failed} failed, {len(c.skips)} skipped "
              f"({c.seconds:.0f} s)")
    passed, failed, skipped = (sum(f(c) for c in counts.values())
                               for f in (lambda c: c.passed, lambda c: c.failed,
                                         lambda c: len(c.skips)))
    failed += bool(code and not failed)  # pytest itself ended with an error
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


sys.exit(main())
