#!/usr/bin/env python3
"""The scenarios other than the demo's own, each configured and built to its checked tarball in one run directory.

    tests/e2e/scenarios.py --scratch DIR [--inference-src CHECKOUT] [--only WORD]...

A main job in DIR/main (tests/e2e/run makes one) is copied, so that only what a scenario changes is made; otherwise the
first command of the README makes it. With a checkout of mlcommons/inference, here or as MLCOMMONS_INFERENCE, the
official submission checker must end with `submission looks OK` too. The last line is `N passed, N failed, N skipped`;
exit code 1 if any failed.
"""
import argparse
import csv
import json
import os
import pathlib
import sys
import time
import traceback

sys.dont_write_bytecode = True  # nothing is written beside the tests

from bench import Bench, RunDirectory

SERVER_QPS = 20  # 1/s; two cores reach many times as much, and 1,000 queries then take 50 s


def run_directory(bench):
    path = bench.path / "scenarios"
    return RunDirectory(path, bench) if path.exists() else bench.main.copy("scenarios")


def detail(run, scenario):
    """Keys and values of LoadGen's detail log of the performance run."""
    log = run.path / f"results/retinanet-{scenario}/performance/mlperf_log_detail.txt"
    lines = [json.loads(line.removeprefix(":::MLLOG ")) for line in log.read_text().splitlines()]
    return {line["key"]: line["value"] for line in lines}


def check_result(run, scenario, category):
    rows = list(csv.DictReader((run.path / "summary.csv").open()))
    assert len(rows) == 1 and rows[0]["Scenario"] == scenario and rows[0]["SystemType"] == category, rows
    assert float(rows[0]["Result"]) > 0, rows
    summary = run.summary()["mlpgen"]
    [result] = summary["results"]
    assert result["loadgen"]["scenario"] == scenario, summary
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary
    assert result["accuracy"]["mAP"] >= 75, summary
    return summary


def check_official(summary, checkout):
    official = summary["checkers"].get("official")
    if checkout:
        assert official["verdict"] == "ok" and official["last_line"].endswith("submission looks OK"), summary
    else:
        assert not official or official["verdict"] != "ok", summary


def build(bench, scenario, *words, category="edge"):
    """Configures and builds the scenario; what LoadGen wrote about its performance run."""
    run, checkout = run_directory(bench), os.environ.get("MLCOMMONS_INFERENCE")
    request = [f"--scenario={scenario}", *words]
    run.configure(*request, *([f"--with-inference-src={checkout}"] if checkout else []))
    run.ninja("submission")
    check_official(check_result(run, scenario, category), checkout)
    run.nothing_to_do()
    return detail(run, scenario)


def case_single_stream_is_checked(bench):
    said = build(bench, "SingleStream")
    assert said["result_query_count"] == 100, said["result_query_count"]
    assert said["early_stopping_latency_ss"] > 0, said


def case_multi_stream_sends_eight_samples_a_query(bench):
    said = build(bench, "MultiStream")
    assert said["effective_samples_per_query"] == 8 and said["result_query_count"] == 700, said
    assert said["early_stopping_latency_ms"] > 0, said


def case_server_is_checked_at_the_rate_that_was_asked_for(bench):
    said = build(bench, "Server", "--category=datacenter", f"--target_qps={SERVER_QPS}", category="datacenter")
    assert said["effective_target_qps"] == SERVER_QPS and said["result_query_count"] == 1000, said


def case_server_in_the_edge_category_is_refused_at_configure(bench):
    text = run_directory(bench).configure("--scenario=Server", ok=False)
    assert "[unsupported-combination]" in text and "SingleStream, MultiStream, Offline" in text, text


def case_the_first_scenario_again_measures_nothing(bench):
    run, checkout = run_directory(bench), os.environ.get("MLCOMMONS_INFERENCE")
    run.configure(*([f"--with-inference-src={checkout}"] if checkout else []))
    count = len(run.records())
    run.ninja("submission")
    again = [n for n in run.ran_since(count) if n.startswith(("app-", "process-", "get-preprocessed-", "get-ml-", "get-dataset-"))]
    assert again == [], again
    check_official(check_result(run, "Offline", "edge"), checkout)


def case_all_scenarios_are_one_submission_of_what_was_measured(bench):
    run, checkout = run_directory(bench), os.environ.get("MLCOMMONS_INFERENCE")
    count = len(run.records())
    run.configure("--scenario=all", *([f"--with-inference-src={checkout}"] if checkout else []))
    run.ninja("performance/SingleStream")
    run.ninja("submission")
    summary = run.summary()["mlpgen"]
    assert sorted(r["scenario"] for r in summary["results"]) == ["MultiStream", "Offline", "SingleStream"], summary
    assert all(r["accuracy"]["mAP"] >= 75 for r in summary["results"]), summary
    assert len(list(csv.DictReader((run.path / "summary.csv").open()))) == 3
    check_official(summary, checkout)
    measured = [n for n in run.ran_since(count) if n.startswith("app-mlperf-inference-mlcommons-cpp/")]
    assert measured == [], f"measured again: {measured}"
    run.nothing_to_do()


def run_case(name, function, bench):
    start = time.monotonic()
    try:
        function(bench)
        verdict, why = "passed", ""
    except Exception:  # whatever a case raises is that case's failure
        verdict, why = "failed", ": " + traceback.format_exc()
    print(f"{verdict} {name} ({time.monotonic() - start:.1f} s){why}", flush=True)
    return verdict


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--inference-src", type=pathlib.Path)
    parser.add_argument("--only", action="append", default=[])
    given = parser.parse_args()
    if given.inference_src:
        os.environ["MLCOMMONS_INFERENCE"] = str(given.inference_src.resolve())
    given.scratch.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.scratch.resolve(), 0, False)
    if not (bench.main.path / "open.tar.gz").exists():
        bench.make_main()
    cases = [(n.removeprefix("case_").replace("_", " "), f) for n, f in globals().items() if n.startswith("case_")]
    verdicts = [run_case(n, f, bench) for n, f in cases if not given.only or any(w in n for w in given.only)]
    print(f"{verdicts.count('passed')} passed, {verdicts.count('failed')} failed, 0 skipped")
    return 1 if "failed" in verdicts or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main())
