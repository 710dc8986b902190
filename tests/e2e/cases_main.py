"""The main job on the real demo: what it makes, and that a second run does nothing."""
import csv
import json
import re
import tarfile

from e2e.bench import digest_tree
from registry import newer_ninja


def case_quickstart_prints_result_and_durations(bench):
    lines = bench.quickstart.strip().splitlines()
    last = lines[-1]
    for part in (r"mAP 0?\.?\d", r"Samples/s", r"LoadGen: (VALID|INVALID)", r"mlpgen's checker: OK",
                 r"official checker: (OK|not run)", r"short test run"):
        assert re.search(part, last), f"{part} is not in the last line: {last}"
    durations = re.findall(r"(\d+\.\d) s", lines[-2])
    assert len(durations) >= 3, lines[-2]


def case_products_are_there(bench):
    for name in ("build.ninja", "open.tar.gz", "summary.csv", "summary.json"):
        path = bench.main.path / name
        assert path.is_file() and path.stat().st_size, f"{name} is not there or empty"
    for name in ("dataset", "model", "results", "submission"):
        assert (bench.main.path / name).is_dir(), f"{name}/ is not there"
    rows = list(csv.DictReader((bench.main.path / "summary.csv").open()))
    assert len(rows) == 1 and rows[0]["Organization"] == "mlpgen", rows
    assert float(rows[0]["Result"]) > 0, rows


def case_the_tree_tells_the_truth_about_itself(bench):
    """The request with the lock that it takes, the code that ran, and nothing that this machine is
    not."""
    [owner] = (bench.main.path / "submission/open").iterdir()
    readme = (owner / "README.md").read_text()
    assert "    mlpgen configure --preset=demo\n    ninja submission\n" in readme, readme
    entries = json.loads((owner / "mlpgen.lock").read_text())["entries"]
    assert any(key.startswith("package onnxruntime==")
               for key in entries) and any("mlcommons" in key for key in entries), sorted(entries)
    assert not any("transformers" in key
                   for key in entries), "the lock holds what this request does not take"
    code = {path.name for path in owner.glob("code/retinanet/*/*")}
    assert {"README.md", "harness", "common"} <= code, code
    [harness] = owner.glob("code/retinanet/*/harness")
    assert {"main.cc", "sut.cc", "executor.cc"} <= {path.name for path in harness.iterdir()}
    [system] = owner.glob("systems/*.json")
    described = json.loads(system.read_text())
    assert described["system_type"] == "edge" and described["cooling"] == "unknown", described
    assert described["system_type_detail"] == "" and re.fullmatch(r"ONNX Runtime \d+\.\d+\.\d+",
                                                                  described["framework"]), described
    assert not re.search(r"ONNX Runtime(?! \d)", readme), readme


def case_no_work_to_do(bench):
    count = len(bench.main.records())
    bench.main.nothing_to_do()
    assert bench.main.ran_since(count) == []


def case_configure_again_changes_nothing(bench):
    before = (bench.main.path / "build.ninja").read_bytes(), (bench.main.path /
                                                              ".mlpgen/plan").read_bytes()
    bench.main.configure()
    assert before == ((bench.main.path / "build.ninja").read_bytes(),
                      (bench.main.path / ".mlpgen/plan").read_bytes())
    bench.main.nothing_to_do()


def case_lost_ninja_log_runs_nothing(bench):
    count = len(bench.main.records())
    bench.main.forget()
    bench.main.ninja()
    assert bench.main.ran_since(count) == []
    bench.main.nothing_to_do()


def case_another_ninja_runs_nothing(bench):
    newer = newer_ninja()
    count = len(bench.main.records())
    for forget in (False, True):
        if forget:
            bench.main.forget()
        bench.main.ninja("submission", ninja=newer)
        assert bench.main.ran_since(count) == []
        text = bench.main.ninja("submission", ninja=newer)
        assert "no work to do" in text, text
    bench.main.ninja()
    assert bench.main.ran_since(count) == []
    bench.main.nothing_to_do()


def case_accuracy_is_that_of_the_score(bench):
    accuracy = bench.main.summary()["mlpgen"]["results"][0]["accuracy"]
    score = bench.main.steps_of("process-mlperf-accuracy/score")[0]
    results = json.loads((bench.main.path / score["directory"] / "results.json").read_text())
    mean = results["metrics"]["mAP"]
    assert mean >= 0.75, results
    (value, ) = accuracy.values()
    fraction = value / 100 if value > 1 else value
    assert abs(fraction - mean) < 5.1e-6, (accuracy, mean)


def case_scoring_again_by_hand_says_the_same(bench):
    step = bench.main.steps_of("process-mlperf-accuracy/score")[0]
    script = bench.main.mlpgen("repro", step["name"])
    made = bench.shell(script, bench.main.path)
    first = (bench.main.path / step["directory"] / "accuracy.txt").read_bytes()
    found = [p.read_bytes() for p in made.rglob("accuracy.txt")]
    assert first in found, "the command printed by `mlpgen repro` scores otherwise"


def case_tarball_has_the_tree_and_says_test_run(bench):
    with tarfile.open(bench.main.path / "open.tar.gz") as archive:
        members = archive.getmembers()
        names = [m.name.removeprefix("./") for m in members]
        assert {n.split("/")[0] for n in names} <= {"open", "TEST-RUN.md"}, names[:5]
        assert "TEST-RUN.md" in names and names == sorted(names), names[:5]
        files = {m.name: archive.extractfile(m).read() for m in members if m.isfile()}
        assert all(m.uid == 0 and m.gid == 0 and m.mtime == members[0].mtime for m in members)
    tree = digest_tree(bench.main.path / "submission")
    assert files == {n: d for n, d in tree.items() if n.split("/")[0] in ("open", "TEST-RUN.md")}


def case_test_run_is_said_everywhere(bench):
    summary = bench.main.summary()["mlpgen"]
    assert summary["test_run"] is True and summary["test_run_note"], summary
    tree = digest_tree(bench.main.path / "submission")
    systems = [json.loads(d) for n, d in tree.items() if "/systems/" in n and n.endswith(".json")]
    assert systems and all("test run" in s["sw_notes"] for s in systems), systems
    readmes = [n for n, d in tree.items() if n.endswith("README.md") and b"test run" in d]
    assert readmes, "no README.md says that this is a test run"


def case_tarball_has_the_same_bytes_again(bench):
    copied = bench.main.copy("tarball")
    step = copied.steps_of("tar-my-folder/tar")[0]
    before = (copied.path / "open.tar.gz").read_bytes()
    for path in (copied.path / step["directory"]).iterdir():
        path.chmod(0o644)
        path.unlink()
    (copied.path / step["directory"]).rmdir()
    count = len(copied.records())
    copied.ninja()
    assert copied.ran_since(count) == [step["name"]], copied.ran_since(count)
    assert (copied.path / "open.tar.gz").read_bytes() == before
