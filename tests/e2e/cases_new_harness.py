"""mlpgen new-harness: what it writes is whole, and is measured and submitted as it is."""
import json

import pytest


@pytest.fixture(scope="module")
def made(bench):
    """A run directory of a new harness, submitted; the harness lies beside it."""
    run = bench.fresh("new-harness/run")
    run.path.mkdir(parents=True)
    said = run.mlpgen("new-harness", "my-harness")
    assert "--trust=my-harness --preset=my-harness" in said, said
    run.mlpgen("configure", "--trust=my-harness", "--preset=my-harness")
    run.ninja("submission")
    return run


def case_a_new_harness_is_measured_and_submitted_as_it_is(made):
    summary = json.loads((made.path / "summary.json").read_text())["mlpgen"]
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary
    assert "my-harness answers each image with the same box" in summary["stand_in"]
    code = made.path / "submission/open/mlpgen/code/retinanet/my-harness/main.cc"
    assert "// my-harness: a harness under LoadGen." in code.read_text()
    made.nothing_to_do()


def case_its_files_are_checked_without_a_word_and_in_their_canonical_form(made):
    said = made.mlpgen("check", "my-harness")
    assert "0 errors, 0 warnings" in said, said
    assert "0 changed" in made.mlpgen("fmt", "--check", "my-harness")


def case_a_name_that_is_none_or_taken_writes_nothing(made):
    folder = made.path / "my-harness"
    before = sorted(p.read_bytes() for p in folder.rglob("*") if p.is_file())
    assert "is there already" in made.mlpgen("new-harness", "my-harness", ok=False)
    assert sorted(p.read_bytes() for p in folder.rglob("*") if p.is_file()) == before
    for name in ("My", "1st", "a/b", "..", "a b", "git", "app-mlperf-inference"):
        said = made.mlpgen("new-harness", name, ok=False)
        assert "cannot be the name of a harness" in said, said
        assert not (made.path / name / "README.md").exists()
