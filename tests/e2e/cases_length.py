"""Run styles other than the test run: how long LoadGen runs, what it measures first, and what is
said of the result."""
from places import Skip

CPP = "app-mlperf-inference-mlcommons-cpp"


def settings(directory, step):
    """user.conf as the run of this step got it."""
    [edge] = [s for s in directory.steps() if s["name"] == f"{CPP}/{step}"]
    words = edge["argv"]
    return (directory.path / words[words.index("--user-conf") + 1]).read_text()


def case_fast_run_has_the_queries_of_its_target(bench):
    """132 s of queries of 1 s each; LoadGen does not wait, so it takes a moment."""
    directory = bench.main.copy("fast")
    directory.configure("--execution_mode=fast", "--scenario=SingleStream", "--target_latency=1000")
    directory.ninja("submission")
    assert settings(directory, "performance") == ("retinanet.SingleStream.target_latency = 1000\n"
                                                  "retinanet.SingleStream.max_query_count = 132\n")
    said = directory.summary()["mlpgen"]
    assert "a fifth of the queries" in str(said), said
    directory.nothing_to_do()


def case_target_that_nobody_said_is_measured_first(bench):
    directory = bench.main.copy("calibrated")
    directory.configure("--execution_mode=valid")
    assert {f"{CPP}/first-rate", f"{CPP}/calibration"} <= {s["name"] for s in directory.steps()}
    [length] = directory.steps_of(f"{CPP}/length")
    directory.ninja(f"{length['directory']}/user.conf")
    [line] = (directory.path / length["directory"] / "user.conf").read_text().splitlines()
    key, value = line.split(" = ")
    assert key == "retinanet.Offline.target_qps" and float(value) > 1, line
    assert settings(
        directory, "calibration").startswith("retinanet.Offline.target_qps = "), "for half a minute"
    directory.configure("--execution_mode=valid", "--target_qps=30")
    assert f"{CPP}/calibration" not in {s["name"] for s in directory.steps()}, "a target was said"


def case_valid_run_is_valid(bench):
    """The 600 s of the rules; only with --slow."""
    if not bench.slow:
        raise Skip("lasts 12 minutes: tests/run --slow")
    directory = bench.main.copy("valid")
    directory.configure("--execution_mode=valid")
    directory.ninja("submission")
    [edge] = directory.steps_of(f"{CPP}/performance")
    summary = (directory.path / edge["directory"] / "mlperf_log_summary.txt").read_text()
    assert "Result is : VALID" in summary, summary
    assert not (directory.path / "TEST-RUN.md").exists(), "it is no test run"
    directory.nothing_to_do()
