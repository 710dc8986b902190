"""Rounds before v5.0, whose checkers are single files, and round files with mistakes."""
import shutil

import pytest

from submission.bench import edit_json, edit_log, remove
from submission.cases_check import Tree, judge

LOGS = ("v5.1-retinanet-offline", "retinanet", "Offline")
SEEDS = {  # qsl, sample_index, schedule
    "v2.1": (14284205019438841327, 4163916728725999944, 299063814864929621),
    "v3.1": (148687905518835231, 520418551913322573, 811580660758947900),
    "v4.1": (3066443479025735752, 10688027786191513374, 14962580496156340209),
}
# What a run of 13 samples with min_duration 0, VALID in LoadGen's eyes, meets in each round.
SHORT = {
    "v2.1": {"warning:offline-samples": "is 13", "warning:min-duration": "is 0"},
    "v3.1": {
        "offline-samples": "is 13; v3.1 asks for at least 24576", "warning:min-duration": "is 0"
    },
    "v4.1": {"offline-samples": "is 13", "min-duration": "is 0"},
}


def short_tree(bench, round_name, **changes):
    bench.write("mlperf.conf", "# as the round has it\n")
    root = bench.tree(round_name, *LOGS, result_extra=("--mlperf-conf", "mlperf.conf"))
    tree = Tree(root, "retinanet")
    qsl, sample_index, schedule = SEEDS[round_name]
    values = {
        "effective_qsl_rng_seed": qsl, "effective_sample_index_rng_seed": sample_index,
        "effective_schedule_rng_seed": schedule, "result_validity": "VALID",
        "effective_min_duration_ms": 0, **changes
    }
    edit_log(tree.log, **values)
    return tree


def check(bench, round_name, wanted):
    code, report, _ = bench.check(round_name, flags=())
    judge("", code, report, wanted, bench.text)


def short_run(round_name):
    def case(bench):
        short_tree(bench, round_name)
        check(bench, round_name, SHORT[round_name])

    return case


def case_not_valid(bench):
    short_tree(bench, "v2.1", result_validity="INVALID")
    check(bench, "v2.1", {"not-valid": "LoadGen's verdict on this run is INVALID"})


def case_seeds_by_round(bench):
    for round_name, severity in (("v2.1", "warning:seeds"), ("v4.1", "seeds")):
        short_tree(bench, round_name, effective_qsl_rng_seed=1)
        check(bench, round_name, {severity: f"round {round_name} asks for {SEEDS[round_name][0]}"})
        shutil.rmtree(bench.scratch / "tree")
        shutil.rmtree(bench.scratch / "result")


def case_performance_errors(bench):
    tree = short_tree(bench, "v2.1")
    edit_log(tree.log, error="ending early")
    check(bench, "v2.1", {"performance-errors": "ending early"})


def case_file_sets(bench):
    tree = short_tree(bench, "v3.1", effective_samples_per_query=24576)
    check(bench, "v3.1", {})
    (tree.accuracy / "console.out").write_text("x")
    check(bench, "v3.1", {"warning:accuracy-files": "console.out does not belong here"})
    (tree.run / "console.out").write_text("x")
    check(bench, "v3.1", {"performance-files": "console.out does not belong here"})


def case_mlperf_conf(bench):
    bench.result("v4.1", *LOGS, code=1)
    assert "round v4.1 asks for mlperf.conf" in bench.text, bench.text
    assert "--mlperf-conf" in bench.text, bench.text
    bench.write("mlperf.conf", "# LoadGen's own\n")
    assert not list(
        bench.tree("v5.1", *LOGS,
                   result_extra=("--mlperf-conf",
                                 "mlperf.conf")).rglob("mlperf.conf")), "v5.1 asks for none"
    shutil.rmtree(bench.scratch / "tree")
    shutil.rmtree(bench.scratch / "result")
    for round_name, word in (("v2.1", "warning:missing-file"), ("v3.1", "missing-file")):
        tree = short_tree(bench, round_name, effective_samples_per_query=24576)
        remove(tree.measurements / "mlperf.conf")
        check(bench, round_name, {word: "mlperf.conf is missing"})
        shutil.rmtree(bench.scratch / "tree")
        shutil.rmtree(bench.scratch / "result")


def case_system_keys(bench):
    for round_name, word in (("v2.1", "warning:min-duration"), ("v3.1", "missing-key")):
        tree = short_tree(bench, round_name, effective_samples_per_query=24576)
        edit_json(tree.system, system_type_detail=None)
        check(bench, round_name,
              {word: "is 0" if round_name == "v2.1" else "no 'system_type_detail'"})
        shutil.rmtree(bench.scratch / "tree")
        shutil.rmtree(bench.scratch / "result")


def case_columns_are_said(bench):
    short_tree(bench, "v2.1")
    _, report, _ = bench.check("v2.1", flags=())
    assert any("single-file checker of v2.1" in s
               for s in report["not_checked"]), report["not_checked"]


def broken_round(change, *words):
    def case(bench):
        text = change((bench.rounds / "v5.1.yaml").read_text())
        bench.write("round.yaml", text)
        said = bench.run("check", "--tree", ".", "--round", "round.yaml", "--out", "a", code=1)
        for word in words:
            assert word in said, f"'{word}' is not said\n{said}"

    return case


BROKEN = [
    ("an unknown key", lambda t: t.replace("layout: split", "layuot: split"),
     ("unknown-key", "missing-key", "did you mean 'layout'?", "round.yaml:")),
    ("a wrong type", lambda t: t.replace("performance_samples: 64", "performance_samples: many"),
     ("wrong-type", "'many'")),
    ("a duplicate key", lambda t: t.replace("format: 1", "format: 1\nformat: 1"),
     ("duplicate-key", "appears twice")),
    ("a limit under a key that nothing reads",
     lambda t: t.replace("Server: {ttft", "conversational: {ttft", 1),
     ("unknown-key", "no scenario 'conversational'", "round.yaml:", "Interactive")),
    ("a newer format", lambda t: t.replace("format: 1", "format: 2"), ("newer-format", )),
    ("no YAML", lambda t: "{", ("not-yaml", )),
    ("a word that is no strictness", lambda t: t.replace("not-valid: warning", "not-valid: strict"),
     ("wrong-type", "off, warning, error")),
]


@pytest.mark.parametrize("name", SHORT)
def case_a_short_run(name, bench):
    short_run(name)(bench)


@pytest.mark.parametrize("name, change, words", BROKEN, ids=[name for name, _, _ in BROKEN])
def case_a_round_file_with(name, change, words, bench):
    broken_round(change, *words)(bench)
