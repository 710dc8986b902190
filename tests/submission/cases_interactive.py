"""Interactive in a tree: a folder under the model's own name, with a run of LoadGen's Server."""
import pytest

from submission.bench import SYSTEM, edit_json

LOGS = "v5.1-resnet50-server"
MODEL = "llama2-70b-99.9"


def tree(bench, round_name, *scenarios):
    """A closed tree with these scenarios of the model; every run is LoadGen's Server."""
    results = []
    for scenario in scenarios:
        bench.result(round_name, LOGS, MODEL, scenario, "closed", out=f"of-{scenario}",
                     category="datacenter")
        results += ["--results", f"of-{scenario}"]
    bench.tree(round_name, LOGS, MODEL, scenarios[0], "closed", category="datacenter",
               extra=results)
    [system] = (bench.scratch / "tree").rglob(f"systems/{SYSTEM}.json")
    edit_json(system, system_type="datacenter")
    return bench.scratch / "tree/closed/me/results" / SYSTEM / MODEL


def findings(bench, round_name, rule):
    _, report, _ = bench.check(round_name)
    return [b["message"] for b in report["breaches"] if b["rule"] == rule]


@pytest.mark.parametrize("round_name", ["v5.1", "v6.0", "v6.1"])
def case_closed_wants_interactive_or_server(round_name, bench):
    folder = tree(bench, round_name, "Offline", "Interactive")
    assert sorted(f.name for f in folder.iterdir()) == ["Interactive", "Offline"]
    assert findings(bench, round_name, "scenario") == []


def case_closed_without_both_is_refused(bench):
    tree(bench, "v6.0", "Offline")
    assert findings(bench, "v6.0",
                    "scenario") == ["one of the scenarios Interactive, Server is missing"]
