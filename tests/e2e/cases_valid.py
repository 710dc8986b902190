"""Valid runs of the demo: how long they are, and what an INVALID one says."""
import json


def case_the_plan_of_a_valid_run_counts_its_calibration(bench):
    run = bench.main.copy("valid-plan")
    run.configure("--execution_mode=valid")
    said = run.mlpgen("plan", "performance", "--format=json")
    time = json.JSONDecoder().raw_decode(said)[0]["time"]
    least = {r["edge"].split("/")[-1]: r["least_ms"] for r in time["runs"]}
    assert least == {"first-rate": 0, "calibration": 30000, "performance": 600000}, time
    assert time["least_ms"] == 630000, time


def case_an_invalid_run_fails_its_edge_names_the_rule_and_keeps_its_logs(bench):
    """LoadGen prepares queries for 600 s at the expected latency: at a minute each, that is 10."""
    run = bench.main.copy("invalid")
    run.configure("--execution_mode=valid", "--scenario=SingleStream", "--target_latency=60000")
    said = run.ninja("performance", ok=False)
    assert "LoadGen calls this run INVALID, and a valid one is asked for" in said, said
    assert "missed: min_duration: the run lasted" in said and "600 s are asked for" in said, said
    assert "--singlestream_target_latency=" in said and "queries" in said, said
    [kept] = [p for p in (run.path / ".mlpgen/failed").iterdir() if p.is_dir()]
    assert str(kept.relative_to(run.path)) in said, said
    assert "Result is : INVALID" in (kept / "mlperf_log_summary.txt").read_text()
    assert json.loads((kept / "measurement.json").read_text())["name"].endswith("/performance")
    assert not (run.path / "results/retinanet-SingleStream/performance").exists()
