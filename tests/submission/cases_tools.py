"""The other subcommands: truncation, tree, tarball, summary, the official checker's runner."""
import gzip
import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile

from submission.bench import ACCURACY, MEASUREMENTS, SYSTEM
from places import Skip

SPLIT = ("v5.1", "v5.1-retinanet-offline", "retinanet", "Offline")
FLAT = ("v6.1", "v6.1-resnet50-offline", "resnet50", "Offline")
NOTE = "Short test run: 10 samples."


def truncate(bench, size):
    log = bench.write("full.json", "".join(chr(97 + i * 7 % 26) for i in range(size)))
    bench.write("acc.txt", "mAP=1%\n")
    bench.run("truncate-accuracy-log", "--log", "full.json", "--accuracy", "acc.txt", "--out",
              "cut")
    return log.read_bytes(), (bench.scratch / "cut/mlperf_log_accuracy.json").read_bytes(), (
        bench.scratch / "cut/accuracy.txt").read_text()


def case_truncation_cuts_to_8199_bytes(bench):
    full, cut, text = truncate(bench, 50000)
    assert cut == full[:4096] + b"\n\n...\n\n" + full[-4096:] and len(cut) == 8199, len(cut)
    assert text == f"mAP=1%\n\nhash={hashlib.sha256(full).hexdigest()}\n", text
    assert (bench.scratch / "full.json").read_bytes() == full and (
        bench.scratch / "acc.txt").read_text() == "mAP=1%\n"


def case_truncation_leaves_a_small_log(bench):
    full, cut, _ = truncate(bench, 4095)
    assert cut == full
    full, cut, _ = truncate(bench, 4096)
    assert cut == full + b"\n\n...\n\n" + full


def case_truncation_refuses_another_hash(bench):
    bench.write("full.json", "[]\n")
    bench.write("acc.txt", "mAP=1%\nhash=12ab\n")
    said = bench.run("truncate-accuracy-log", "--log", "full.json", "--accuracy", "acc.txt",
                     "--out", "cut", code=1)
    assert "carries the hash 12ab" in said and "help:" in said, said
    said = bench.run("truncate-accuracy-log", "--log", "none.json", "--accuracy", "acc.txt",
                     "--out", "cut", code=1)
    assert "none.json cannot be read" in said, said


def case_truncation_does_what_the_official_tool_does(bench):
    if not bench.inference_src:
        raise Skip("needs --inference-src")
    root = bench.tree(*SPLIT)
    place = root / "open/me/results/box/retinanet/Offline/accuracy"
    ours = [(place / name).read_bytes() for name in ("mlperf_log_accuracy.json", "accuracy.txt")]
    (place / "mlperf_log_accuracy.json").write_bytes(
        (bench.data / ACCURACY / "mlperf_log_accuracy.json").read_bytes())
    (place / "accuracy.txt").write_text("mAP=37.572%\n")
    tool = os.path.join(bench.inference_src, "tools/submission/truncate_accuracy_log.py")
    subprocess.run(
        [bench.python, tool, "--input", "tree", "--submitter", "me", "--output", "theirs"],
        cwd=bench.scratch, check=True, capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    place = bench.scratch / "theirs/open/me/results/box/retinanet/Offline/accuracy"
    assert ours == [(place / name).read_bytes()
                    for name in ("mlperf_log_accuracy.json", "accuracy.txt")]


def case_logs_are_never_changed(bench):
    root = bench.tree(*SPLIT, extra=("--test-run", NOTE), result_extra=("--test-run", NOTE))
    run = root / "open/me/results/box/retinanet/Offline/performance/run_1"
    for name in ("mlperf_log_detail.txt", "mlperf_log_summary.txt"):
        assert (run / name).read_bytes() == (bench.data / SPLIT[1] / "performance" /
                                             name).read_bytes(), name


def files_of(root):
    return sorted(str(p.relative_to(root)) for p in root.rglob("*") if p.is_file())


def case_split_tree_has_its_files(bench):
    root = bench.tree(*SPLIT)
    tail = "box/retinanet/Offline"
    assert files_of(root) == sorted([
        "open/me/README.md", "open/me/calibration.md",
        "open/me/code/retinanet/mlcommons-cpp/README.md", f"open/me/measurements/{tail}/README.md",
        f"open/me/measurements/{tail}/box_mlcommons-cpp_Offline.json",
        f"open/me/measurements/{tail}/user.conf", f"open/me/results/{tail}/accuracy/accuracy.txt",
        f"open/me/results/{tail}/accuracy/mlperf_log_accuracy.json",
        f"open/me/results/{tail}/accuracy/mlperf_log_detail.txt",
        f"open/me/results/{tail}/accuracy/mlperf_log_summary.txt",
        f"open/me/results/{tail}/performance/run_1/mlperf_log_detail.txt",
        f"open/me/results/{tail}/performance/run_1/mlperf_log_summary.txt",
        "open/me/systems/box.json"
    ]), files_of(root)


def case_flat_tree_has_its_files(bench):
    root = bench.tree(*FLAT, accuracy_txt="accuracy=76.456%\n")
    result = "open/me/results/box/resnet50/Offline"
    for name in ("measurements.json", "user.conf", "README.md",
                 "performance/run_1/mlperf_log_detail.txt", "accuracy/accuracy.txt"):
        assert (root / result / name).is_file(), name
    assert (root / "open/me/src/resnet50/README.md"
            ).is_file() and not (root / "open/me/measurements").exists()


def case_a_test_run_is_said_everywhere(bench):
    root = bench.tree(*SPLIT, extra=("--test-run", NOTE), result_extra=("--test-run", NOTE))
    for path in ("TEST-RUN.md", "open/me/README.md", "open/me/systems/box.json",
                 "open/me/measurements/box/retinanet/Offline/README.md"):
        assert NOTE in (root / path).read_text(), path
    bench.run("submission-tree", "--results", "result", "--system",
              root / "open/me/systems/box.json", "--system-name", SYSTEM, "--submitter", "me",
              "--division", "open", "--readme", "README.md", "--code-readme", "code.md",
              "--test-run", NOTE, "--out", "again")
    assert (bench.scratch / "again/open/me/systems/box.json").read_text().count(NOTE) == 1


def case_two_results_that_disagree_are_refused(bench):
    bench.tree(*SPLIT)
    bench.result(*SPLIT, out="other", accuracy_txt="mAP=1%\n")
    words = [
        "submission-tree", "--system", "system.json", "--system-name", SYSTEM, "--submitter", "me",
        "--division", "open", "--readme", "README.md", "--code-readme", "code.md", "--out",
        "merged", "--results", "result", "--results"
    ]
    bench.run(*words, "result")
    said = bench.run(*words, "other", code=1)
    assert "already exists with other bytes" in said and "accuracy.txt" in said, said


def case_results_of_two_scenarios_are_merged(bench):
    bench.tree(*SPLIT)
    bench.result("v5.1", "v5.1-resnet50-singlestream", "resnet50", "SingleStream", out="other",
                 accuracy_txt="accuracy=76.5%\n")
    bench.run("submission-tree", "--system", "system.json", "--system-name", SYSTEM, "--submitter",
              "me", "--division", "open", "--readme", "README.md", "--code-readme", "code.md",
              "--out", "merged", "--results", "result", "--results", "other")
    (bench.scratch / "tree").rename(bench.scratch / "single")
    (bench.scratch / "merged").rename(bench.scratch / "tree")
    code, report, csv = bench.check("v5.1")
    assert code == 0 and report["results"] == 2 and csv.count(b"\n") == 3, bench.text
    if bench.inference_src:
        assert bench.official("v5.1") == (0, csv), bench.official_text


def case_wrong_requests_are_refused(bench):
    bench.result("v6.1", SPLIT[1], "retinanet", "Offline", division="closed", code=1)
    assert "round v6.1 has no model 'retinanet'" in bench.text, bench.text
    bench.result("v5.1", SPLIT[1], "my net", "Offline", code=1)
    assert "--model 'my net' cannot be a folder" in bench.text, bench.text
    bench.result("v5.1", SPLIT[1], "retinanet", "Server", division="closed", code=1)
    assert "round v5.1 does not run retinanet Server in the category edge" in bench.text, bench.text
    bench.write("bad.json", "[1]")
    bench.result(*SPLIT)
    said = bench.run("submission-tree", "--results", "result", "--system", "bad.json",
                     "--system-name", SYSTEM, "--submitter", "me", "--division", "open", "--readme",
                     "README.md", "--code-readme", "README.md", "--out", "t", code=1)
    assert "bad.json is not one JSON object" in said, said
    said = bench.run("submission-tree", "--results", "result", "--system", "measurements.json",
                     "--system-name", SYSTEM, "--submitter", "you", "--division", "open",
                     "--readme", "README.md", "--code-readme", "README.md", "--out", "t2", code=1)
    assert "is not below open/you/" in said, said


def case_usage_is_taught(bench):
    for name in ("truncate-accuracy-log", "result-tree", "submission-tree", "check",
                 "official-check", "summary", "tar", "result-line"):
        said = bench.run(name, "--help")
        assert len(said.splitlines()) > 5 and f"mlpgen-tool {name}" in said, said
        said = bench.run(name, "--no-such-option", code=2)
        assert "help: " in said, said


def tarball(bench, tree, out, *more):
    bench.run("tar", "--tree", tree, "--top", "open", "--top", "TEST-RUN.md", "--out", out, *more)
    return (bench.scratch / out).read_bytes()


def case_the_tarball_has_the_same_bytes_every_time(bench):
    root = bench.tree(*SPLIT, extra=("--test-run", NOTE))
    first = tarball(bench, "tree", "a.tar.gz")
    for path in root.rglob("*"):
        os.utime(path, (1, 1))
        if path.is_file():
            path.chmod(0o600)
    copy = bench.scratch / "copy"
    subprocess.run(["cp", "-r", str(root), str(copy)], check=True)
    assert tarball(bench, "copy", "b.tar.gz") == first
    assert first[4:8] == b"\0\0\0\0", "gzip carries a time"
    with tarfile.open(fileobj=io.BytesIO(gzip.decompress(first))) as tar:
        members = tar.getmembers()
        names = [m.name for m in members]
        assert names == sorted(
            names, key=lambda n: n.encode()) and names[:2] == ["TEST-RUN.md", "open"], names
        assert all((m.mtime, m.uid, m.gid, m.uname, m.gname) == (0, 0, 0, "", "") for m in members)
        assert {m.mode
                for m in members} == {0o644, 0o755} and all(m.isdir() or m.isfile()
                                                            for m in members)
        for m in members:
            if m.isfile():
                assert tar.extractfile(m).read() == (root / m.name).read_bytes(), m.name


def case_the_tarball_refuses_what_is_not_there(bench):
    root = bench.tree(*SPLIT)
    said = bench.run("tar", "--tree", "tree", "--top", "open", "--top", "TEST-RUN.md", "--out",
                     "a.tar.gz", code=1)
    assert "holds no 'TEST-RUN.md'" in said and not (bench.scratch / "a.tar.gz").exists(), said
    (root / "open/me/link").symlink_to("README.md")
    said = bench.run("tar", "--tree", "tree", "--top", "open", "--out", "a.tar.gz", code=1)
    assert "link or a device" in said, said


def case_the_extracted_tarball_passes(bench):
    bench.tree(*SPLIT)
    bench.run("tar", "--tree", "tree", "--top", "open", "--out", "open.tar.gz")
    (bench.scratch / "tree").rename(bench.scratch / "before")
    (bench.scratch / "tree").mkdir()
    subprocess.run(["tar", "xzf", "../open.tar.gz"], cwd=bench.scratch / "tree", check=True)
    assert files_of(bench.scratch / "tree") == files_of(bench.scratch / "before")
    assert bench.check("v5.1")[0] == 0, bench.text


def summarise(bench, *more):
    bench.tree(*SPLIT)
    bench.check("v5.1")
    bench.run("summary", "--csv", "ours/summary.csv", "--check", "ours/check.json", "--performance",
              f"{SYSTEM}/retinanet/Offline={bench.data / SPLIT[1] / 'performance'}", "--accuracy",
              f"{SYSTEM}/retinanet/Offline=accuracy.txt", "--out", "summary.json", *more)
    text = (bench.scratch / "summary.json").read_text()
    return text, json.loads(text)


def case_the_summary_is_typed(bench):
    text, summary = summarise(bench)
    row = summary["0"]
    assert text.startswith(
        '{\n    "0": {\n        "Organization": "me",') and not text.endswith("\n")
    assert "open\\/me" in text and "Samples\\/s" in text, "slashes are not escaped"
    assert row["number_of_nodes"] == 1 and type(
        row["Result"]) is float and row["has_power"] is False
    assert row["accelerator_model_name"] is None and row["notes"] is None and row[
        "version"] == "v5.1"
    own = summary["mlpgen"]
    assert own["test_run"] is False and own["results"][0]["loadgen"][
        "verdict"] == "INVALID" and own["results"][0]["accuracy"] == {"mAP": 37.572}
    assert own["checkers"]["mlpgen"]["verdict"] == "ok" and own["checkers"]["official"][
        "verdict"] == "not run"


def case_the_last_line_says_all(bench):
    bench.write(
        "official.json",
        json.dumps({"format": 1, "verdict": "ok", "last_line": "SUMMARY: submission looks OK"}))
    bench.write("defaults.json", json.dumps({"target_qps": "1"}))
    _, summary = summarise(bench, "--official", "official.json", "--test-run", NOTE, "--defaults",
                           "defaults.json")
    assert summary["mlpgen"]["defaults"] == {"target_qps": "1"
                                             } and summary["mlpgen"]["test_run_note"] == NOTE
    line = bench.run("result-line", "--summary", "summary.json")
    for part in ("retinanet Offline, open division, v5.1:", "mAP 37.572", "Samples/s",
                 "LoadGen: INVALID", "mlpgen's checker: OK", "official checker: OK",
                 "short test run"):
        assert part in line, f"'{part}' is not in {line}"
    assert line.count("\n") == 1


def case_the_last_line_does_not_boast(bench):
    summarise(bench)
    line = bench.run("result-line", "--summary", "summary.json")
    assert "official checker: not run" in line and "test run" not in line, line
    bench.write("empty.json", "{}")
    said = bench.run("result-line", "--summary", "empty.json", code=1)
    assert "no section 'mlpgen'" in said, said


def case_a_checkout_without_the_checker_is_said(bench):
    bench.tree(*SPLIT)
    words = [
        "official-check", "--python", sys.executable, "--tree", "tree", "--round", "v5.1",
        "--round-file", bench.rounds / "v5.1.yaml", "--submitter", "me", "--out", "o",
        "--inference-src"
    ]
    said = bench.run(*words, "nowhere", code=1)
    assert "nowhere has no tools/submission/submission_checker/main.py" in said, said
    bench.write("src/tools/submission/submission_checker/main.py",
                "raise ModuleNotFoundError(\"No module named 'yaml'\")\n")
    said = bench.run(*words, "src", code=1)
    assert "has no PyYAML" in said, said


def case_a_verdict_needs_code_and_last_line(bench):
    bench.tree(*SPLIT)
    words = [
        "official-check", "--python", sys.executable, "--tree", "tree", "--round", "v5.1",
        "--round-file", bench.rounds / "v5.1.yaml", "--submitter", "me", "--out", "o",
        "--inference-src", "src"
    ]
    bench.write("src/main.py",
                "print('macros of the documentation, at the top of newer checkouts')\n")
    for program, wanted in (
        ("print('SUMMARY: submission looks OK')", 0), ("print('hello')", 1), ("raise SystemExit(1)",
                                                                              1),
        ("print('INFO:main:SUMMARY: submission looks OK'); raise SystemExit(1)",
         1), ("import os; assert os.environ['PYTHONDONTWRITEBYTECODE'] == '1'; print('SUMMARY: "
              "submission looks OK')", 0)):
        bench.write("src/tools/submission/submission_checker/main.py", program + "\n")
        bench.run(*words, code=wanted)
        assert json.loads(
            (bench.scratch /
             "o/official.json").read_text())["verdict"] == ("errors" if wanted else "ok"), program


def case_the_measurements_are_as_given(bench):
    root = bench.tree(*SPLIT)
    path = root / "open/me/measurements/box/retinanet/Offline/box_mlcommons-cpp_Offline.json"
    assert json.loads(path.read_text()) == MEASUREMENTS
    page = (root / "open/me/calibration.md").read_text()
    assert "| retinanet | Offline | fp32 | fp32 | none |" in page, page
