#!/usr/bin/env python3
"""Stands for a harness under LoadGen: writes the logs that a system with a known limit would leave.

    simulated_system.py --user-conf FILE --out DIR --scenario NAME --limit L --seed N [--blocks AT]

LIMIT is samples/s (Offline), the highest rate that holds (Server), or ms of a query. Each run is up
to 3 % off. Run number AT waits until there is a file `go`. Every run adds a line to `ran`: the rate
or latency that was asked for.
"""
import argparse
import json
import pathlib
import random
import time


def settings_of(path):
    """The last value of each key, as LoadGen reads the file."""
    lines = [line.split() for line in pathlib.Path(path).read_text().splitlines()]
    return {line[0].rsplit(".", 1)[1]: float(line[2]) for line in lines if len(line) == 3}


def results_of(scenario, settings, limit):
    if scenario == "Offline":
        return {"result_samples_per_second": limit}
    if scenario == "SingleStream":
        return {"result_mean_latency_ns": limit * 1e6}
    if scenario == "MultiStream":
        return {"result_mean_query_latency_ns": limit * 1e6}
    return {
        "result_perf_constraints_met": settings["target_qps"] <= limit,
        "result_completed_samples_per_sec": min(settings["target_qps"], limit)
    }


def main():
    parser = argparse.ArgumentParser()
    for option in ("--user-conf", "--out", "--scenario"):
        parser.add_argument(option, required=True)
    parser.add_argument("--limit", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--blocks", type=int, default=0)
    given = parser.parse_args()
    settings = settings_of(given.user_conf)
    asked = settings["target_latency" if "Stream" in given.scenario else "target_qps"]
    ran = pathlib.Path("ran")
    number = len(ran.read_text().splitlines()) + 1 if ran.exists() else 1
    with ran.open("a") as file:
        file.write(f"{asked}\n")
    while number == given.blocks and not pathlib.Path("go").exists():
        time.sleep(0.01)
    noise = random.Random(given.seed * 1000 + number).uniform(-0.03, 0.03)
    values = results_of(given.scenario, settings, given.limit * (1 + noise))
    out = pathlib.Path(given.out)
    (out / "mlperf_log_detail.txt").write_text("".join(
        ":::MLLOG " + json.dumps({"key": k, "value": v, "metadata": {"is_error": False}}) + "\n"
        for k, v in values.items()))
    (out / "mlperf_log_summary.txt").write_text("simulated\n")


if __name__ == "__main__":
    main()
