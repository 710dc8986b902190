"""What configure prints: about ten lines, the next command from where the user stands, and every
default with its location where it is asked for; JSON of each command."""
import json
import os
import shlex

from commands.bench import has, has_not
from places import ROOT


def configure(bench, *words, **env):
    return bench.run([bench.mlpgen, "configure", *words], MLPGEN_HOME=str(ROOT), **env)


def case_the_demo_is_summed_up_in_ten_lines(bench):
    said = configure(bench, "--preset=demo").stdout
    assert said.count("\n") <= 12, said
    has(said, "retinanet Offline, round v5.1, open division, edge\n",
        "  implementation  cpp, onnxruntime, cpu", "  run length      test: ",
        "a valid one takes at least 10 min", "  fetch           ", "-v lists them",
        "Next: ninja submission ")
    has_not(said, "(empty)", "Defaults (")


def case_verbose_lists_each_default_with_its_location(bench):
    said = configure(bench, "--preset=demo", "-v").stdout
    has(said, "Defaults (not set by the request", "recipes/app/",
        "  locks           recipes/mlpgen.lock")
    plain = json.loads(configure(bench, "--preset=demo", "--format=json").stdout)
    listed = said.split("Defaults (")[1].count(" = ")
    assert len(plain["defaults"]) == listed, "as many as in the JSON"
    assert all(d["place"] and d["set_by"] for d in plain["defaults"])
    chosen = {c["name"]: c for c in plain["chosen"]}
    assert chosen["model"]["value"] == "retinanet" and chosen["round"]["value"] == "v5.1"
    has(chosen["model"]["location"], "recipes/presets.yaml:")
    assert configure(bench, "--preset=demo", "-q").stdout == ""


def case_the_next_command_is_typed_from_where_the_user_stands(bench):
    said = configure(bench, "--preset=demo", "-C", "a b").stdout
    has(said, "Next: ninja -C 'a b' submission ", "`ninja -C 'a b' help`")
    next_line = said.splitlines()[-1]
    words = shlex.split(next_line.removeprefix("Next: ").split("     ")[0])
    has(
        bench.run([*words[:-1], "-t", "targets", "all"], MLPGEN_HOME=str(ROOT)).stdout,
        "submission:")
    has(
        configure(bench, "--preset=demo", "-C", "a b", "-q").stdout +
        configure(bench, "--preset=demo", "-C", "./a b").stdout,
        "Next: ninja -C './a b' submission ")


def case_what_cannot_run_is_in_the_summary_with_its_reason(bench):
    said = configure(bench, "--model=retinanet", "--division=closed", "--execution_mode=valid",
                     "--target_qps=1").stdout
    has(said, "closed division", "  cannot run      ", "valid", "at least 10 min")


def case_what_is_measured_is_no_longer_announced(bench):
    has(bench.configure("app"), "  least time      1 measurement: ")
    bench.ninja()
    has(bench.configure("app"), "  least time      1 measurement, done")


def case_every_command_prints_one_json_document(bench):
    bench.configure("app")
    edges = bench.ask_json("log")["edges"]
    assert edges and {e["state"] for e in edges} == {"never run"}
    bench.ninja()
    name = bench.ask_json("log")["edges"][0]["edge"]
    log = bench.ask_json("log", name)
    assert log["edge"] == name and log["of_present_inputs"] and log["text"].startswith("$ "), log
    assert os.path.exists(bench.run_directory / bench.ask_json("log", name, "--path")["log"])
    assert bench.ask_json("repro", name)["script"].startswith("#!/bin/sh")
    assert bench.ask_json("lock")["entries"] == []
    assert bench.ask_json("help", "cannot-run")["kind"] == "diagnostic"
    assert bench.ask_json("help", "log")["text"] == bench.ask("help", "log")
    assert bench.ask_json("help", "app")["recipe"] == "app"
    assert bench.ask_json("help")["kind"] == "overview"
    assert bench.ask_json("help", "diagnostics")["diagnostics"]


def case_diagnostics_are_json_lines(bench):
    for words in (["configure", "ap"], ["configure", "app", "-X"], ["confgure"], ["log", "nothing"],
                  ["help", "nothing-at-all"], ["dump", "--stage=none"]):
        done = bench.run([bench.mlpgen, *words, "--format=json"], None)
        assert done.returncode != 0 and done.stdout == "", (words, done)
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        assert lines and all({"id", "severity", "message"} <= set(d) for d in lines), (words, lines)
