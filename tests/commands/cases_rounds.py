"""The round of a request: its words, its categories and scenarios, and what a round lacks."""
import json

import pytest

from places import ROOT

LLAMA = ("--model=llama2-70b-99.9", "--category=datacenter")


def plan(bench, *words):
    """The edges of a request, by name."""
    text = bench.ask("dump", "--stage=plan", "run-mlperf-inference-app", *words,
                     MLPGEN_HOME=str(ROOT))
    return {edge["name"]: edge for edge in map(json.loads, text.splitlines())}


def refused(bench, *words):
    return bench.refused("configure", "run-mlperf-inference-app", *words, MLPGEN_HOME=str(ROOT))


@pytest.mark.parametrize("words",
                         [["--round=5.1"], ["--round=r5.1"], ["_r5.1"], ["_v5.1"], ["_5.1"],
                          ["_r5.1_default"], ["--env.CM_MLPERF_INFERENCE_VERSION=5.1"]])
def case_each_way_to_say_a_round_gives_the_same_graph(words, bench):
    cpp = ("--model=resnet50", "--implementation=cpp")
    asked = plan(bench, *cpp, *words)
    assert asked == plan(bench, *cpp, "--round=v5.1") != plan(bench, *cpp)


def case_a_round_that_is_none_is_refused(bench):
    said = refused(bench, "--round=v5.2")
    assert "--round has no choice 'v5.2'" in said and "5.0, 5.1, 6.0, 6.1" in said, said
    assert "[group-conflict]" in refused(bench, "_r5.0", "--round=v5.1")
    said = bench.refused("configure", "app-mlperf-inference", "--round=v5.2", MLPGEN_HOME=str(ROOT))
    assert "there is no round 'v5.2'" in said and "[unknown-round]" in said, said


def case_an_older_round_is_not_taken_silently(bench):
    bert = ("--model=bert-99", "--category=datacenter")
    said = refused(bench, *bert)
    assert ("round v4.1 is taken: v6.1 and v6.0 and v5.1 and v5.0 have no bert-99 in the category "
            "datacenter  [older-round]") in said, said
    assert "type --round=v4.1 to choose it yourself" in said, said
    assert "[older-round]" not in refused(bench, *bert, "--round=v4.1")


@pytest.mark.parametrize("words, lacks, having", [
    (["--round=v6.1", "--model=retinanet"
      ], "round v6.1 has no model 'retinanet'", "v5.1, v5.0, v4.1, v4.0, v3.1, v3.0, v2.1"),
    (["--round=v6.1", "--model=bert-99", "--category=datacenter"
      ], "does not have bert-99 in the category datacenter; its categories are: datacenter,edge or "
     "edge", "v4.1, v4.0, v3.1, v3.0, v2.1"),
])
def case_a_round_that_lacks_it_names_those_that_have_it(words, lacks, having, bench):
    said = refused(bench, *words)
    assert lacks in said and f"rounds that have it: {having}\n" in said, said


@pytest.mark.parametrize("number", ["5.1", "6.0", "6.1"])
def case_interactive_runs_as_server_under_another_name(number, bench):
    edges = plan(bench, f"_r{number}", *LLAMA, "--scenario=Interactive")
    run = edges["benchmark-program-mlperf/performance"]
    assert {"--word=--scenario=Server", "--word=--lg-model-name=llama2-70b-interactive"} <= set(
        run["argv"]), run["argv"]
    [link] = run["links"]
    assert link["name"] == "results/llama2-70b-99.9-Interactive/performance", run["links"]
    conf = edges["generate-mlperf-inference-user-conf/conf"]["argv"]
    assert {"--model=llama2-70b-interactive", "--scenario=Server"} <= set(conf), conf


def case_all_scenarios_have_interactive_where_the_round_has_it(bench):
    names = {
        link["name"]
        for edge in plan(bench, *LLAMA, "--scenario=all").values()
        for link in edge.get("links", []) if link["name"].endswith("/performance")
    }
    assert names == {
        f"results/llama2-70b-99.9-{scenario}/performance"
        for scenario in ("Offline", "Server", "Interactive")
    }, names


def case_a_round_without_interactive_names_those_that_have_it(bench):
    said = refused(bench, "_r4.1", *LLAMA, "--scenario=Interactive")
    assert "round v4.1 does not run llama2-70b-99.9 Interactive" in said, said
    assert "rounds that have it: v6.1, v6.0, v5.1\n" in said, said


@pytest.mark.parametrize("words, scenario", [
    (["--model=retinanet"], "Server"),
    (["_r5.1", "--model=retinanet", "--category=datacenter"], "SingleStream"),
    (["_r6.1", "--model=bert-99"], "MultiStream"),
])
def case_open_takes_a_scenario_that_closed_lacks(words, scenario, bench):
    assert plan(bench, *words, f"--scenario={scenario}", "--division=open")
    said = refused(bench, *words, f"--scenario={scenario}", "--division=closed")
    assert "[unsupported-combination]" in said and "the open division takes" in said, said


def case_a_system_of_both_categories_has_the_scenarios_of_both(bench):
    words = ["_r5.1", "--model=retinanet", "--division=closed", "--scenario=all"]
    for category, count in (("datacenter,edge", 4), ("edge,datacenter", 4), ("datacenter", 2)):
        runs = [
            name for name in plan(bench, *words, f"--category={category}") if "/performance" in name
        ]
        assert len(runs) == count, (category, runs)


def case_the_category_network_is_refused_because_it_does_not_run(bench):
    said = refused(bench, "--model=retinanet", "--category=network")
    assert "LoadGen over the network is not written" in said and "[cannot-run]" in said, said
