"""The preset demo-llm: from packages to a checked submission in the shape of llama3.1-8b's."""
import csv
import re

import pytest

from language.bench import APP, detail
from places import Skip, upstream

SMALL = ("--test_query_count=16", "--num_threads=1",
         "--adr.user-conf-generator.env.CM_MLPERF_LOADGEN_ACCURACY_SAMPLE_COUNT=16")


def submitted(bench, *words):
    checkout = upstream("inference")
    sources = [f"--with_inference_src={checkout}"] if checkout else []
    bench.job.configure("--preset=demo-llm", *sources, *words)
    bench.job.ninja("submission")
    said = bench.job.summary()
    assert said["test_run"] and said["checkers"]["mlpgen"]["verdict"] == "ok", said
    if checkout:
        official = said["checkers"]["official"]
        assert official["verdict"] == "ok", official
        assert official["last_line"].endswith("submission looks OK"), official
    return said


@pytest.mark.parametrize("version", ["6.0", "6.1"])
def case_offline_alone_is_a_checked_submission(bench, version):
    said = submitted(bench, f"_r{version}", "--scenario=Offline", *SMALL)
    [result] = said["results"]
    assert result["model"] == "llama3.1-8b" and "stands in for the benchmark" in said["stand_in"]
    assert result["accuracy"]["ROUGE1"] > 50, result
    [row] = csv.DictReader((bench.job.path / "summary.csv").open())
    assert row["Units"] == "Tokens/s" and row["weight_data_types"] == "int4", row
    text = (bench.job.made("process-mlperf-accuracy/texts") / "accuracy.txt").read_text()
    assert re.match(r"\d+ of 16 answers are the reference's tokens\n\{'rouge1': '[\d.]+', ",
                    text), text
    log = detail(bench.job.made(f"{APP}/performance"))
    assert log["effective_performance_sample_count"] == 13368, log
    assert log["requested_use_token_latencies"] is True, log
    assert "no work to do" in bench.job.ninja("submission")
    print("    " + text.replace("\n", "; "))


def case_each_scenario_has_its_token_latencies(bench, slow):
    """The whole preset: 700 queries in Server and in Interactive, as early stopping needs. The rate
    and the length of an answer are low, so that a machine with other work keeps the limits."""
    if not slow:
        raise Skip("lasts 25 minutes: tests/run --slow")
    said = submitted(bench, "--num_threads=1", "--target_qps=1.5",
                     "--adr.mlperf-inference-implementation.env.CM_MLPERF_MAX_TOKENS=8")
    results = {result["scenario"]: result for result in said["results"]}
    assert sorted(results) == ["Interactive", "Offline", "Server"], results
    tree = bench.job.path / "submission/open/mlpgen/results/demo-llm/llama3.1-8b"
    for scenario in ("Server", "Interactive"):
        log = detail(tree / scenario / "performance/run_1")
        assert log["result_query_count"] == 700 and log["early_stopping_met"] is True, log
        first, token = (log[f"result_{key}_ns"]
                        for key in ("first_token_99.00_percentile_latency",
                                    "time_per_output_token_99.00_percentile"))
        print(
            f"    {scenario}: first token {first / 1e6:.0f} ms, then {token / 1e6:.1f} ms a token")
