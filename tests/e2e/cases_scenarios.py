"""The scenarios other than the demo's own, each configured and built to its checked tarball in one
run directory.

The main job is copied, so that only what a scenario changes is made. With a checkout of
mlcommons/inference (MLPGEN_UPSTREAM), the official submission checker must end with `submission
looks OK` too.
"""
import csv
import json

from e2e.bench import RunDirectory
from places import upstream

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
    assert len(
        rows) == 1 and rows[0]["Scenario"] == scenario and rows[0]["SystemType"] == category, rows
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
        assert official["verdict"] == "ok" and official["last_line"].endswith(
            "submission looks OK"), summary
    else:
        assert not official or official["verdict"] != "ok", summary


def build(bench, scenario, *words, category="edge"):
    """Configures and builds the scenario; what LoadGen wrote about its performance run."""
    run, checkout = run_directory(bench), upstream("inference")
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
    said = build(bench, "Server", "--category=datacenter", f"--target_qps={SERVER_QPS}",
                 category="datacenter")
    assert said["effective_target_qps"] == SERVER_QPS and said["result_query_count"] == 1000, said


def case_open_takes_server_in_the_edge_category_and_closed_refuses_it(bench):
    run_directory(bench).configure("--scenario=Server")
    text = run_directory(bench).configure("--scenario=Server", "--division=closed", ok=False)
    assert "[unsupported-combination]" in text, text
    assert "SingleStream, MultiStream, Offline" in text, text


def case_the_first_scenario_again_measures_nothing(bench):
    run, checkout = run_directory(bench), upstream("inference")
    run.configure(*([f"--with-inference-src={checkout}"] if checkout else []))
    count = len(run.records())
    run.ninja("submission")
    again = [
        n for n in run.ran_since(count)
        if n.startswith(("app-", "process-", "get-preprocessed-", "get-ml-", "get-dataset-"))
    ]
    assert again == [], again
    check_official(check_result(run, "Offline", "edge"), checkout)


def case_all_scenarios_are_one_submission_of_what_was_measured(bench):
    run, checkout = run_directory(bench), upstream("inference")
    count = len(run.records())
    run.configure("--scenario=all", *([f"--with-inference-src={checkout}"] if checkout else []))
    run.ninja("performance/retinanet-SingleStream")
    run.ninja("submission")
    summary = run.summary()["mlpgen"]
    assert sorted(r["scenario"]
                  for r in summary["results"]) == ["MultiStream", "Offline",
                                                   "SingleStream"], summary
    assert all(r["accuracy"]["mAP"] >= 75 for r in summary["results"]), summary
    assert len(list(csv.DictReader((run.path / "summary.csv").open()))) == 3
    check_official(summary, checkout)
    measured = [
        n for n in run.ran_since(count) if n.startswith("app-mlperf-inference-mlcommons-cpp/")
    ]
    assert measured == [], f"measured again: {measured}"
    run.nothing_to_do()
