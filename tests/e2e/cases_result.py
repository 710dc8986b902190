"""What a run ends with, and what `mlpgen result` and `mlpgen log` say of it later."""
import json
import re


def case_a_result_has_its_metric_target_machine_checker_and_files(bench):
    main = bench.main
    said = main.mlpgen("result")
    first, *rows = said.splitlines()
    assert first == "retinanet Offline, round v5.1, open division, edge", said
    told = {row[2:18].strip(): row[18:] for row in rows}
    assert re.fullmatch(r"[0-9.]+ Samples/s", told["result"]), said
    assert told["LoadGen"].startswith("INVALID: "), said
    assert "mAP 83.272 %; reaches the " in told["accuracy"], said
    assert told["machine"].startswith(("quiet (load ", "NOT QUIET: load ")), said
    assert told["checker"] == "mlpgen's: OK; official: not run", said
    assert told["test run"] == "not a result to publish" and told["stand-ins"], said
    assert told["files"] == "submission, open.tar.gz, summary.csv, summary.json, results", said


def case_the_result_is_the_same_as_json(bench):
    j = json.loads(bench.main.mlpgen("result", "--format=json"))
    [one] = j["results"]
    row = bench.main.summary()["0"]
    assert one["value"] == row["Result"] and one["unit"] == row["Units"], (one, row)
    assert one["loadgen"] == "INVALID" and one["missed"] and j["test_run"] is True
    assert isinstance(one["machine"]["quiet"], bool) and one["machine"]["cores"] >= 1


def case_the_last_edge_of_a_submission_prints_the_result(bench):
    directory = bench.main.copy("result-again")
    for stamp in (directory.path / ".mlpgen/verify").glob("submission.ok*"):
        stamp.unlink()
    assert "retinanet Offline, round v5.1" in directory.ninja("submission")


def case_log_lists_the_state_of_each_edge(bench):
    edges = json.loads(bench.main.mlpgen("log", "--format=json"))["edges"]
    states = {e["state"] for e in edges}
    assert "done" in states and states <= {"done", "never run"}, states
    assert bench.main.mlpgen("log", "--failed") == "No edge failed.\n"
