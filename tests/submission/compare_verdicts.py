#!/usr/bin/env python3
"""Damages good trees one value at a time, asks mlpgen's checker and the official one, and writes
docs/checker-compared.md.

    MLPGEN_UPSTREAM=DIR tests/submission/compare_verdicts.py

DIR/inference is a checkout of mlcommons/inference at the commit that the rounds name. The trees are
those of cases_check.py; its cases, cases_closed's and cases_text's stand beside the damage that is
made here: every odd value in every key that a rule reads. Exit code 1 where mlpgen accepts what the
official checker refuses.
"""
import collections
import contextlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from places import ROOT, TOOL, need_upstream  # noqa: E402
from submission import cases_check, cases_closed, cases_power, cases_text  # noqa: E402
# noqa: E402
from submission.bench import MEASUREMENTS, SUBMITTER, SYSTEM_JSON, Bench, edit_json, edit_log

PAGE = ROOT / "docs/checker-compared.md"
VALUES = [None, 0, -1, 2.5, "", "x", "0", True, False, [], [1], {}, 10**18]
BASES = ["retinanet", "stream", "server", "closed", "closed flat"]
KEYS = [
    "effective_scenario", "effective_qsl_rng_seed", "effective_sample_index_rng_seed",
    "effective_schedule_rng_seed", "effective_min_duration_ms", "effective_min_query_count",
    "effective_samples_per_query", "effective_performance_sample_count",
    "effective_target_latency_ns", "early_stopping_met", "result_samples_per_second",
    "result_completed_samples_per_sec", "early_stopping_latency_ss",
    "result_99.00_percentile_latency_ns", "sut_name", "result_validity"
]
# The rule by which mlpgen refuses what the official checker accepts -> why.
REASONS = {
    "result": "a result of 0 is none; the official checker counts it as refused, too, and yet "
    "lists it",
    "missing-value": "a value that LoadGen always writes is missing or no number",
    "wrong-type": "text is text in every submission; the official checker takes what Python takes",
    "not-a-log": "LoadGen writes no such line; the official checker looks only at the messages "
    "that its rules read",
    "early-stopping": "early_stopping_met is true or false; Python takes any list that is not "
    "empty for true",
    "latency": "a latency is a number; Python takes true for 1",
    "not-json": "no JSON by its standard; Python reads NaN and Infinity, too",
    "accuracy": "digits of another script, which Python takes for digits",
    "whole-number": "a number of nodes is a whole number",
    "inferred": "a result is inferred only from the two scenarios that the rules name",
}


def damage():
    """(name, base, change) of everything that is tried."""
    for module in (cases_check, cases_closed, cases_text, cases_power):
        for name, base, change, *_ in module.CASES:
            yield name, base, change
    for base in BASES:
        for value in VALUES:
            for key in KEYS:
                yield f"{key} = {json.dumps(value)}", base, lambda t, k=key, v=value: edit_log(
                    t.log, **{k: v})
    for value in VALUES:
        for key in ("effective_accuracy_sample_count", "effective_scenario"):
            yield (f"accuracy run: {key} = {json.dumps(value)}", "retinanet",
                   lambda t, k=key, v=value: edit_log(t.accuracy_log, **{k: v}))
        for key in ("division", "submitter", "status", "system_type", "number_of_nodes",
                    "accelerators_per_node", "framework", "hw_notes", "is_network"):
            for base in ("retinanet", "closed"):
                yield (f"system: {key} = {json.dumps(value)}", base, lambda t, k=key, v=value: t.
                       system.write_text(json.dumps({**json.loads(t.system.read_text()), k: v})))
        for key in ("weight_data_types", "retraining"):
            yield (f"measurements: {key} = {json.dumps(value)}", "retinanet", lambda t, k=key, v=
                   value: t.measurements_json.write_text(json.dumps({**MEASUREMENTS, k: v})))
    for key in SYSTEM_JSON:
        yield f"system without {key}", "retinanet", lambda t, k=key: edit_json(
            t.system, **{k: None})
    for base in ("closed", "closed flat"):
        for name in ("TEST01", "TEST04"):
            for key in KEYS[1:9]:
                for value in (None, 0, "x"):
                    yield (f"{name}: {key} = {json.dumps(value)}", base,
                           lambda t, n=name, k=key, v=value: edit_log(
                               t.tests / n / "performance/run_1/mlperf_log_detail.txt", **{k: v}))


class Official:
    """The modular checker in this process; each question runs in a child, so that none touches
    another."""
    def __init__(self, checkout):
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(checkout / "tools/submission"))
        import submission_checker.main as main
        self.main = main.main

    def accepts(self, tree, version, csv):
        child = os.fork()
        if child == 0:
            code = 2
            sys.argv = [
                "main.py", "--input",
                str(tree), "--version", version, "--submitter", SUBMITTER, "--csv",
                str(csv), "--skip-dataset-size-check"
            ]
            with open(os.devnull, "w") as nothing, contextlib.redirect_stderr(
                    nothing), contextlib.redirect_stdout(io.StringIO()):
                os.dup2(nothing.fileno(), 2)
                try:
                    code = self.main()
                except BaseException:
                    code = 3
            os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return {0: "accepts", 1: "refuses"}.get(code, "crashes")


def own_verdict(tree, version, out):
    done = subprocess.run([
        TOOL, "check", "--tree", tree, "--round", ROOT / f"recipes/rounds/{version}.yaml",
        "--submitter", SUBMITTER, "--out", out, "--part-of-dataset"
    ], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        return "crashes", done.stderr.strip()[-200:]
    rules = [
        b["rule"] for b in json.loads((out / "check.json").read_text())["breaches"]
        if b["severity"] == "error"
    ]
    return "refuses" if done.returncode else "accepts", ", ".join(sorted(set(rules)))


def compare(scratch):
    official, trees, rows, seen = Official(need_upstream("inference")), {}, [], set()
    for name, base, change in damage():
        if (name, base) in seen:
            continue
        seen.add((name, base))
        if base not in trees:
            (scratch / base).mkdir()
            trees[base] = cases_check.base_tree(Bench(TOOL, scratch / base, HERE), base)
        tree = scratch / "tree"
        shutil.rmtree(tree, ignore_errors=True)
        shutil.copytree(trees[base], tree, symlinks=True)
        if change:
            change(cases_check.Tree(tree, base))
        version = cases_check.BASES[base][0]
        ours, rules = own_verdict(tree, version, scratch / "ours")
        rows.append(
            (name, base, version, ours, official.accepts(tree, version,
                                                         scratch / "official.csv"), rules))
    return rows


def page(rows):
    counts = collections.Counter((version, ours, theirs) for _, _, version, ours, theirs, _ in rows)
    lines = [
        "<!-- Made by tests/submission/compare_verdicts.py. -->",
        "# mlpgen's checker beside the official one", "",
        f"{len(rows)} trees, each good but for one fault at most, judged by both: the modular "
        f"checker of mlcommons/inference at b66003e1, with", "`--skip-dataset-size-check`. Made by",
        "", "    MLPGEN_UPSTREAM=DIR tests/submission/compare_verdicts.py", "",
        "| round | mlpgen | official | trees |", "|---|---|---|---|"
    ]
    lines += [f"| {v} | {o} | {t} | {n} |" for (v, o, t), n in sorted(counts.items())]
    lines += [
        "", "## What the official checker accepts and mlpgen refuses", "",
        "| rule | trees | for example | why |", "|---|---|---|---|"
    ]
    stricter = collections.defaultdict(list)
    for name, base, _, ours, theirs, rules in rows:
        if ours == "refuses" and theirs == "accepts":
            stricter[rules].append(f"{base}: {name}")
    for rules, names in sorted(stricter.items()):
        why = "; ".join(REASONS.get(r, "**not explained**") for r in rules.split(", "))
        lines.append(f"| {rules} | {len(names)} | `{names[0][:110]}` | {why} |")
    return "\n".join(lines) + "\n"


def main():
    with tempfile.TemporaryDirectory() as folder:
        rows = compare(pathlib.Path(folder))
    PAGE.write_text(page(rows))
    wrong = [r for r in rows if r[3] != "refuses" and r[4] != "accepts"]
    for row in wrong:
        print("accepted wrongly: " + " | ".join(row))
    print(f"{len(rows)} trees, {len(wrong)} accepted wrongly")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
