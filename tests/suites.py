#!/usr/bin/env python3
"""Runs the suites of tests/run side by side and sums what they counted.

    tests/suites.py [--list] [--slow] [SUITE...]

Every suite is a program whose last line is `N passed, N failed, N skipped`. The programs of mlpgen must be in build/.
"""
import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent / "build"
LOGS = BUILD / "test-logs"
SCRATCH = BUILD / "test-scratch"
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "mlpgen-tests"
CHECKOUT = [os.environ[name] for name in ["MLCOMMONS_INFERENCE"] if os.environ.get(name)]  # of mlcommons/inference
SIDE_BY_SIDE = 2
TAIL = 40  # lines shown of a suite that failed
TOTALS = re.compile(r"(\d+) passed, (\d+) failed, (\d+) skipped")
SKIP = re.compile(r"^\s*skipped:?\s+(.*)")


@dataclasses.dataclass
class Suite:
    name: str
    about: str
    command: list  # starts with a path below tests/
    registry: bool = False  # takes packages from a package registry
    slow: bool = False  # knows --slow
    alone: bool = False  # measures times: runs when all others are done


def suites():
    return [
        Suite("lint", "the form of every file", ["lint/run"]),
        Suite("unit", "the unit tests beside the sources", ["unit/run", BUILD]),
        Suite("demo", "the embedded data set and model", ["demo/run"], slow=True),
        Suite("store", "mlpgen-tool: fetch, extract, packages, texts; the store",
              ["store/run", "--tool", BUILD / "mlpgen-tool", "--scratch", SCRATCH / "store"]),
        Suite("fetch", "files, repositories and local copies from outside, with real servers",
              ["fetch/run", "--build", BUILD, "--scratch", SCRATCH / "fetch"]),
        Suite("rules", "projects with CMake, make, configure and setuptools, built from their sources",
              ["rules/run", "--build", BUILD, "--scratch", SCRATCH / "rules"]),
        Suite("submission", "mlpgen-tool: submission trees, checkers, tarballs",
              ["submission/run", "--tool", BUILD / "mlpgen-tool", "--scratch", SCRATCH / "submission"]),
        Suite("commands", "mlpgen's commands", ["commands/run"]),
        Suite("schema", "JSON Schemas beside the loader; the canonical form", ["schema/run"]),
        Suite("browser", "mlpgen graph in a browser, Graphviz and Mermaid",
              ["browser/run", SCRATCH / "browser", "--cache", CACHE / "browser"]),
        Suite("configure", "the second configure does nothing, and notices every change", ["configure/run"]),
        Suite("golden", "small projects, one idea each, to the byte", ["golden/run"]),
        Suite("conformance", "each rule of the recipe language in a small case", ["conformance/run"]),
        Suite("arguments", "no word of a request is without an effect in silence",
              ["arguments/run", "--build", BUILD, "--scratch", SCRATCH / "arguments"]),
        Suite("facts", "the documented pages: every row, seen in a resolution", ["facts/run"]),
        Suite("environments", "the shipped locks: every request of the reference, the modules that it imports, the LoadGen of each round",
              ["environments/run", "--scratch", SCRATCH / "environments", "--cache", CACHE / "environments"], slow=True),
        Suite("fuzz", "damaged recipes are refused, and crash nothing", ["fuzz/run"], slow=True),
        Suite("failing", "one wrong request or recipe for each diagnostic", ["failing/run"]),
        Suite("harness", "the C++ harness, preprocessing and scoring",
              ["harness/run", SCRATCH / "harness", "--cache", CACHE / "harness"], registry=True),
        Suite("classification", "EfficientNet-Lite0, Fashion-MNIST and ResNet50's contract in the C++ harness",
              ["classification/run", "--build", BUILD, "--scratch", SCRATCH / "classification", "--cache", CACHE / "classification"],
              registry=True, slow=True),
        Suite("frameworks", "an inference in each framework, conda environments, numactl and jemalloc, SSH",
              ["frameworks/run", "--build", BUILD, "--scratch", SCRATCH / "frameworks", "--cache", CACHE / "frameworks"],
              registry=True),
        Suite("scores", "accuracy logs scored by the reference's programs, or by stand-ins for them",
              ["scores/run", "--build", BUILD, "--scratch", SCRATCH / "scores", "--cache", CACHE / "scores"], registry=True),
        Suite("intel", "Intel's harnesses from their sources to a submission, on stand-ins",
              ["intel/run", "--build", BUILD, "--scratch", SCRATCH / "intel", "--cache", CACHE / "intel"], registry=True),
        Suite("tutorial", "docs/tutorial.md, row by row",
              ["tutorial/run", "--build", BUILD, "--scratch", SCRATCH / "tutorial", "--cache", CACHE / "tutorial"], registry=True),
        Suite("runner", "mlpgen-edge under the real Ninja", ["runner/run", SCRATCH / "runner"]),
        Suite("reference", "the Python reference where a checkout is given, a stand-in for it everywhere",
              ["reference/run", *CHECKOUT, SCRATCH / "reference"], registry=True, slow=True, alone=True),
        Suite("hermetic", "no edge reads what it does not declare", ["hermetic/run"], registry=True, alone=True),
        Suite("e2e", "the main job and everything that must survive it",
              ["e2e/run", SCRATCH / "e2e"], registry=True, slow=True, alone=True),
        Suite("docs", "the reference, man pages, and the state of each recipe from what the suites before ran", ["docs/run"], alone=True),
    ]


@dataclasses.dataclass
class Outcome:
    suite: Suite
    passed: int
    failed: int
    skips: list  # a reason each
    seconds: float
    tail: str


def registry_fault():
    """Why no package registry can be reached, or ''. One small package is asked for."""
    CACHE.mkdir(parents=True, exist_ok=True)
    pip = CACHE / "pip/bin/pip"
    if not pip.exists():
        made = subprocess.run([sys.executable, "-m", "venv", CACHE / "pip"], capture_output=True, text=True)
        if made.returncode:
            return (made.stdout + made.stderr).strip().splitlines()[-1]
    asked = subprocess.run([pip, "download", "-q", "--no-deps", "--retries", "1", "-d", CACHE / "probe",
                            "ninja==1.13.2"], capture_output=True, text=True)
    return asked.stderr.strip().splitlines()[-1] if asked.returncode else ""


def outcome_of(suite, output, code, seconds):
    lines = output.splitlines()
    totals = TOTALS.search(lines[-1]) if lines else None
    if not totals:  # it broke off before it could count
        return Outcome(suite, 0, 1, [], seconds, "\n".join(lines[-TAIL:]))
    passed, failed, skipped = map(int, totals.groups())
    if code and not failed:
        failed = 1
    reasons = []
    for at, line in enumerate(lines):
        found = SKIP.match(line)
        if found:
            before = lines[at - 1].strip() if at and lines[at - 1].startswith("    ") else ""
            after = lines[at + 1].strip() if at + 1 < len(lines) and lines[at + 1].startswith("    ") else ""
            reasons.append(f"{found[1]}" + (f": {after or before}" if (after or before) and ":" not in found[1] else ""))
    reasons += ["no reason given"] * (skipped - len(reasons))
    return Outcome(suite, passed, failed, reasons[:skipped], seconds, "\n".join(lines[-TAIL:]) if failed else "")


def run_suite(suite, slow, fault, complete=()):
    """`complete`: names of the suites that ran before in their usual length, each case of them with success."""
    program = HERE / suite.command[0]
    start = time.monotonic()
    if suite.registry and fault:
        return Outcome(suite, 0, 0, [f"the whole suite: no package registry can be reached ({fault})"], 0, "")
    if not program.exists():
        return Outcome(suite, 0, 1, [], 0, f"tests/{suite.command[0]} is not there")
    (SCRATCH / suite.name).mkdir(parents=True, exist_ok=True)
    words = [program, *suite.command[1:]] + (["--slow"] if slow and suite.slow else [])
    noted = SCRATCH / f"ran/{suite.name}.json"  # tests/ran.py
    noted.unlink(missing_ok=True)
    environment = os.environ | {"MLPGEN_TESTS_CACHE": str(CACHE), "MLPGEN_TESTS_RAN": str(noted),
                                "MLPGEN_TESTS_COMPLETE": " ".join(complete)}
    with open(LOGS / f"{suite.name}.log", "w+") as log:
        code = subprocess.run([str(w) for w in words], stdout=log, stderr=subprocess.STDOUT,
                              stdin=subprocess.DEVNULL, env=environment, cwd=HERE.parent).returncode
        log.seek(0)
        return outcome_of(suite, log.read(), code, time.monotonic() - start)


def tell(outcome):
    name = outcome.suite.name
    print(f"{name:12}{outcome.passed} passed, {outcome.failed} failed, {len(outcome.skips)} skipped "
          f"({outcome.seconds:.0f} s)", flush=True)
    for reason in outcome.skips:
        print(f"    skipped: {reason}")
    if outcome.failed:
        print("\n".join(f"    | {line}" for line in outcome.tail.splitlines()))
        print(f"    all it said: build/test-logs/{name}.log", flush=True)
    return outcome


def ran_in_full(outcome, slow):
    """All of its usual length ran, with success; what it leaves out is only for --slow, and --slow was not asked for."""
    usual = not (slow and outcome.suite.slow) and all("--slow" in reason for reason in outcome.skips)
    return bool(outcome.passed) and not outcome.failed and usual


def run_all(chosen, slow):
    fault = registry_fault() if any(s.registry for s in chosen) else ""
    outcomes = []
    with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        jobs = [pool.submit(run_suite, s, slow, fault) for s in chosen if not s.alone]
        for job in concurrent.futures.as_completed(jobs):
            outcomes.append(tell(job.result()))
    for suite in chosen:
        if suite.alone:
            complete = [o.suite.name for o in outcomes if ran_in_full(o, slow)]
            outcomes.append(tell(run_suite(suite, slow, fault, complete)))
    return outcomes


def main():
    parser = argparse.ArgumentParser(prog="tests/run", description="Runs every test of mlpgen.")
    parser.add_argument("suite", nargs="*", help="name of a suite (see --list); all by default")
    parser.add_argument("--list", action="store_true", help="print the suites")
    parser.add_argument("--slow", action="store_true", help="also what takes long: many more kills")
    given = parser.parse_args()
    every = {suite.name: suite for suite in suites()}
    if given.list:
        for suite in every.values():
            print(f"{suite.name:12}{suite.about}")
        return 0
    for name in given.suite:
        if name not in every:
            parser.error(f"there is no suite '{name}'; `tests/run --list` lists them")
    LOGS.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    outcomes = run_all([every[n] for n in dict.fromkeys(given.suite)] or list(every.values()), given.slow)
    print(f"all suites: {time.monotonic() - start:.0f} s")
    passed, failed = sum(o.passed for o in outcomes), sum(o.failed for o in outcomes)
    print(f"{passed} passed, {failed} failed, {sum(len(o.skips) for o in outcomes)} skipped")
    return 1 if failed or not passed else 0


sys.exit(main())
