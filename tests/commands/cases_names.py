"""Names of results and edges: the same whatever else is asked for."""
import json

from places import ROOT

ONE = ("_submission,_r5.1", "--implementation=cpp", "--hw_name=box", "--submitter=me",
       "--adr.openimages-preprocessed.tags=_demo", "--adr.retinanet-model.tags=_demo")
MANY = (*ONE, "--model=retinanet,efficientnet", "--scenario=Offline,SingleStream",
        "--adr.imagenet-preprocessed.tags=_photographs")
HARNESS = "app-mlperf-inference-mlcommons-cpp"


def plan(bench, *words):
    bench.ask("configure", *words, MLPGEN_HOME=str(ROOT))
    lines = (bench.run_directory / ".mlpgen/plan").read_text().splitlines()
    return [json.loads(line[line.index("{"):line.rindex("}") + 1]) for line in lines]


def measured(steps):
    return {step["name"]: step["identity"] for step in steps if f"{HARNESS}/perf" in step["name"]}


def test_one_graph_names_each_measurement_by_model_and_scenario(bench):
    steps = plan(bench, *MANY)
    assert sorted(measured(steps)) == [
        f"{HARNESS}/performance.{model}-{scenario}" for model in ("efficientnet", "retinanet")
        for scenario in ("Offline", "SingleStream")
    ], measured(steps)
    numbered = [step["name"] for step in steps if step["name"][-2:] in (":2", ":3", ":4")]
    assert numbered == [], numbered


def test_a_result_is_the_same_beside_others(bench):
    found = []
    for words in ((*ONE, "--model=retinanet"), MANY):
        [alone] = [
            step for step in plan(bench, *words)
            if step["name"] in (f"{HARNESS}/performance",
                                f"{HARNESS}/performance.retinanet-Offline")
        ]
        found.append((alone["identity"], alone["links"]))
    assert found[0] == found[1], found
    assert found[0][1] == [{"name": "results/retinanet-Offline/performance", "to": ""}], found
