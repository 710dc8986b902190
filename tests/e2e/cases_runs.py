"""The attempts of a run directory: listed, compared, collected."""
import json

EDGE = "app-mlperf-inference-mlcommons-cpp/performance"


def case_attempts_are_listed_compared_and_collected(bench):
    run = bench.main.copy("runs")
    [one] = json.JSONDecoder().raw_decode(run.mlpgen("runs", "--format=json"))[0]
    assert (one["edge"], one["state"], one["validity"]) == (EDGE, "in use", "INVALID"), one
    assert one["result"].endswith(" samples/s") and one["seconds"] > 0, one
    run.mlpgen("rerun", "performance")
    run.ninja("performance")
    runs = json.JSONDecoder().raw_decode(run.mlpgen("runs", EDGE, "--format=json"))[0]
    assert [r["state"] for r in runs] == ["earlier", "in use"], runs
    said = run.mlpgen("runs")
    assert said.splitlines()[0] == EDGE and f"  {one['identity']}  earlier: " in said, said
    compared = run.mlpgen("runs", "--compare", *(r["identity"] for r in runs))
    assert "result_samples_per_second: " in compared and " x)" in compared, compared
    assert "effective_scenario" not in compared, compared
    run.mlpgen("runs", f"--collect={run.path}/kept")
    kept = json.loads((run.path / "kept/runs.json").read_text())
    assert [r["identity"] for r in kept] == [r["identity"] for r in runs], kept
    for r in kept:
        assert (run.path / "kept" / r["folder"] / "mlperf_log_detail.txt").is_file(), r
