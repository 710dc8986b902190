"""A cause that many results share is told once, with the number of results that it concerns."""
import json
import shutil
import subprocess

from places import MLPGEN
from submission.bench import SUBMITTER, edit_log
from submission.cases_check import Tree, base_tree


def two_results(bench):
    tree = Tree(base_tree(bench, "retinanet"), "retinanet")
    for folder in (tree.result, tree.measurements):
        shutil.copytree(folder, folder.parent.parent / "ssd-resnet34" / folder.name)
    return tree


def judge(bench, *words):
    done = subprocess.run([
        MLPGEN, "check-submission", "tree", "--round=v5.1", f"--submitter={SUBMITTER}",
        "--part-of-dataset", *words
    ], cwd=bench.scratch, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def case_a_tree_without_code_is_told_once(bench):
    tree = two_results(bench)
    code, said = judge(bench)
    assert code == 0 and "2 results taken" in said, said
    shutil.rmtree(tree.owner / "code")
    code, said = judge(bench)
    assert code == 1 and said.count(
        "the folder for the code is missing") == 1 and "concerns 2 results" in said, said
    assert "0 results taken, 2 refused, 1 error," in said, said
    code, said = judge(bench, "--format=json")
    found = [b for b in json.loads(said)["breaches"] if b["rule"] == "missing-folder"]
    assert code == 1 and len(found) == 1 and found[0]["results"] == 2, said


def case_the_same_fault_at_two_places_is_one_cause(bench):
    tree = two_results(bench)
    for path in (tree.owner / "measurements").rglob("user.conf"):
        path.unlink()
    code, said = judge(bench)
    assert code == 1 and said.count("user.conf is missing") == 1, said
    assert "and at 1 further place" in said and "concerns 2 results" in said, said


def case_a_finding_in_loadgens_log_names_its_line(bench):
    tree = two_results(bench)
    edit_log(tree.log, effective_qsl_rng_seed=1)
    line = 1 + next(i for i, text in enumerate(tree.log.read_text().splitlines())
                    if '"effective_qsl_rng_seed"' in text)
    code, said = judge(bench)
    assert code == 1 and f"--> {tree.log.relative_to(tree.root)}:{line}\n" in said, said
    _, said = judge(bench, "--format=json")
    found = [b for b in json.loads(said)["breaches"] if b["rule"] == "seeds"]
    assert [b["line"] for b in found] == [line], said


def case_every_run_says_the_same_on_all_cores(bench):
    tree = two_results(bench)
    shutil.rmtree(tree.owner / "code")
    for number in range(8):
        for folder in (tree.result, tree.measurements):
            shutil.copytree(folder, folder.parent.parent / f"resnet50-{number}" / folder.name)
    said = {judge(bench)[1] for _ in range(3)}
    assert len(said) == 1, said


def case_a_tree_needs_a_round_that_there_is(bench):
    two_results(bench)
    for word, part in (("--round=v5.2", "there is no round 'v5.2'"), ("--round=", "none is named")):
        done = subprocess.run([MLPGEN, "check-submission", "tree", word], cwd=bench.scratch,
                              capture_output=True, text=True)
        assert done.returncode == 1 and part in done.stderr and "v6.1" in done.stderr, done.stderr
