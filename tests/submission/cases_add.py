"""Trees of other days and machines in one submission: keyed by system, each result once."""
import json

import pytest

from submission.bench import SUBMITTER, SYSTEM, edit_json

SPLIT = ("v5.1", "v5.1-retinanet-offline", "retinanet", "Offline")
FLAT = ("v6.1", "v6.1-resnet50-offline", "resnet50", "Offline")


def renamed(tree, name):
    """The same tree, of another machine."""
    owner = tree / "open" / SUBMITTER
    for path in sorted(owner.rglob(f"{SYSTEM}*"), reverse=True):
        path.rename(path.with_name(path.name.replace(SYSTEM, name)))
    edit_json(owner / "systems" / f"{name}.json", system_name=name)
    return tree


def other(bench, base, name="box2"):
    """A tree of another machine, beside the one that is made."""
    moved = bench.tree(*base).rename(bench.scratch / "other")
    (bench.scratch / "result").rename(bench.scratch / "first-result")
    return renamed(moved, name)


def merged(bench, added, code=0):
    """`tree`, made anew with the added ones."""
    return bench.run("submission-tree", "--results", "result", "--system", "system.json",
                     "--system-name", SYSTEM, "--submitter", SUBMITTER, "--division", "open",
                     "--readme", "README.md", "--code-readme", "code.md", "--out", "tree",
                     *(word for tree in added for word in ("--added", tree)), code=code)


@pytest.mark.parametrize("base", [SPLIT, FLAT], ids=["split", "flat"])
def case_two_machines_are_one_checked_submission(base, bench):
    added = other(bench, base)
    bench.result(*base)
    merged(bench, [added])
    owner = bench.scratch / "tree/open" / SUBMITTER
    assert sorted(p.name for p in (owner / "results").iterdir()) == sorted([SYSTEM, "box2"])
    assert sorted(p.name for p in (owner / "systems").iterdir()) == sorted(
        [f"{SYSTEM}.json", "box2.json"])
    assert (owner / "README-box2.md").exists() and (owner / "README.md").exists()
    assert (owner / "calibration.md").read_text().count(f"| {base[2]} | Offline |") == 2
    code, report, csv = bench.check(base[0])
    assert code == 0 and report["results"] == 2, bench.text
    assert csv.count(b"\n") == 3, csv
    if bench.inference_src:
        assert bench.official(base[0])[0] == 0, bench.official_text


def case_the_same_tree_twice_changes_nothing(bench):
    added = other(bench, SPLIT)
    bench.result(*SPLIT)
    merged(bench, [added, added])
    assert bench.check("v5.1")[1]["results"] == 2, bench.text


def case_two_results_of_one_point_are_refused(bench):
    added = bench.tree(*SPLIT).rename(bench.scratch / "other")
    (bench.scratch / "result").rename(bench.scratch / "first-result")
    log = added / "open" / SUBMITTER / "results" / SYSTEM / "retinanet/Offline/performance/run_1"
    log /= "mlperf_log_detail.txt"
    log.write_text(log.read_text() + log.read_text().splitlines()[-1] + "\n")
    bench.result(*SPLIT)
    said = merged(bench, [added], code=1)
    assert f"two trees have a result of {SYSTEM}/retinanet/Offline" in said, said


def case_two_descriptions_of_one_system_are_refused(bench):
    added = other(bench, SPLIT)
    second = bench.scratch / "second"
    bench.run("tree", "--copy", f"all={added}", "--out", second)
    edit_json(second / "all/open" / SUBMITTER / "systems/box2.json", cooling="liquid")
    bench.result(*SPLIT)
    said = merged(bench, [added, second / "all"], code=1)
    assert "the system of systems/box2.json is described in two ways" in said, said


def case_a_tree_of_another_round_or_submitter_is_refused(bench):
    added = other(bench, FLAT)
    bench.result(*SPLIT)
    said = merged(bench, [added], code=1)
    assert "has the form of another round" in said, said
    (added / "open" / SUBMITTER).rename(added / "open/somebody")
    said = merged(bench, [added], code=1)
    assert f"has no open/{SUBMITTER}/results" in said, said


def case_mappings_are_merged_and_may_not_differ(bench):
    added = other(bench, FLAT)
    mapping = added / "open" / SUBMITTER / "model_mapping.json"
    mapping.write_text(json.dumps({"mine": "resnet"}))
    bench.result(*FLAT)
    merged(bench, [added])
    tree = bench.scratch / "tree/open" / SUBMITTER
    assert json.loads((tree / "model_mapping.json").read_text()) == {"mine": "resnet"}
