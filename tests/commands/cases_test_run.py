"""The length of a test run: a target that is given makes it no longer."""
import json

from places import ROOT


def user_conf(bench, *words):
    """The settings of the test run's user.conf."""
    text = bench.ask("dump", "--stage=plan", "--preset=demo", *words, MLPGEN_HOME=str(ROOT))
    [step] = [
        s for s in map(json.loads, text.splitlines())
        if s["name"].startswith("generate-mlperf-inference-user-conf/conf")
    ]
    argv = step["argv"]
    return dict(word.split("=", 2)[1:] for word in argv if word.startswith("--settings="))


def test_a_target_leaves_a_test_run_in_offline_at_its_samples(bench):
    """LoadGen issues 660 times the target, where that is more than min_query_count: 66,000 samples
    at 100 per second."""
    for words in (["--target_qps=100"], ["--offline_target_qps=100"], []):
        conf = user_conf(bench, "--scenario=Offline", "--test_query_count=12", *words)
        assert float(conf["target_qps"]) * 660 < 1 and conf["min_query_count"] == "12", conf


def test_a_low_target_ends_a_test_run_in_server_by_its_duration(bench):
    conf = user_conf(bench, "--category=datacenter", "--scenario=Server", "--server_target_qps=0.5")
    assert conf["target_qps"] == "0.5" and conf["max_query_count"] == "1000" and int(
        conf["max_duration"]) <= 200_000, conf


def test_a_test_run_of_single_queries_is_bounded_by_their_count(bench):
    for scenario, count in (("SingleStream", "100"), ("MultiStream", "700")):
        conf = user_conf(bench, f"--scenario={scenario}", "--target_latency=50000")
        assert conf["target_latency"] == "50000" and conf["max_query_count"] == count, conf
