"""Intel's BERT whole: conda, LLVM, PyTorch, transformers and oneDNN from sources, the harness, the
traced model, both runs, score, submission."""
import json
import os
import re
import subprocess

from intel.bert_site import QUESTIONS, BertSite
from intel.cases_projects import need_builders
from fetch.file_server import FileServer

REQUEST = ["--implementation=intel", "--model=bert-99"]
SAMPLES = 24576  # that the checker of v3.1 asks of one query of Offline, in the open division too
FEW_CORES = "--adr.intel-harness.env.WORKERS_PER_PROC=1"  # as on a machine with one core a socket


def argv_of(job, name):
    edges = [json.loads(line) for line in (job.run_dir / ".mlpgen/plan").read_text().splitlines()]
    [argv] = [edge["argv"] for edge in edges if edge["name"] == name]
    return argv


def words(argv):
    return [word.removeprefix("--word=") for word in argv if word.startswith("--word=")]


def case_bert_is_built_traced_run_scored_and_submitted(bench):
    need_builders()
    with FileServer({}) as files, BertSite(bench, files, loadgen=True) as site:
        site.make("run,mlperf,inference,_submission,_r3.1", *REQUEST, FEW_CORES,
                  f"--test_query_count={SAMPLES}", targets=["submission"])
        summary = json.loads((site.job.run_dir / "summary.json").read_text())["mlpgen"]
        assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary["checkers"]
        assert (site.job.run_dir / "open.tar.gz").stat().st_size > 1000
        assert json.loads(
            site.out("process-mlperf-accuracy/*/accuracy.txt").read_text().splitlines()[-1]) == {
                "exact_match": 100.0, "f1": 100.0
            }
        check_runs(site)
        check_tree(site.job.run_dir / "submission/open/CTuning")
        site.configure("run,mlperf,inference,_submission,_r3.1", *REQUEST, FEW_CORES,
                       "--scenario=Server", "--target_qps=200", "--category=datacenter")
        site.job.ninja("performance")
        assert "--test_scenario=Server" in words(
            argv_of(site.job, "benchmark-program-mlperf/vendor-performance"))
        print(f"    {QUESTIONS} questions; {len(site.git.requests)} requests to the loopback Git "
              f"server")


def check_runs(site):
    """The program got Intel's options with the numbers of this machine, and was alone with
    jemalloc."""
    argv = argv_of(site.job, "benchmark-program-mlperf/vendor-performance")
    said = (site.job.run_dir /
            "results/bert-99-Offline/performance/mlperf_log_detail.txt").read_text()
    shown = dict(word.split("=", 1) for word in words(argv) if "=" in word)
    nodes = len(re.findall(r"^node\d+$", "\n".join(os.listdir("/sys/devices/system/node")),
                           re.M)) if os.path.isdir("/sys/devices/system/node") else 1
    lscpu = subprocess.run(["lscpu", "-b", "-p=Core,Socket"], capture_output=True, text=True).stdout
    cores = len({line for line in lscpu.splitlines() if not line.startswith("#")})
    assert shown["-n"] == str(
        nodes) and int(shown["-i"]) * int(shown["-j"]) <= cores and shown["-w"] == "1300", shown
    assert "--warmup" in words(argv) and "--accuracy" not in words(argv) and "--accuracy" in words(
        argv_of(site.job, "benchmark-program-mlperf/vendor-accuracy"))
    assert '"effective_scenario", "value": "Offline"' in said and '"key": "error' not in said, said[
        -2000:]
    log = json.loads((site.job.run_dir /
                      "results/bert-99-Offline/accuracy/mlperf_log_accuracy.json").read_text())
    assert len(log) == QUESTIONS and len({entry["qsl_idx"] for entry in log}) == QUESTIONS
    told = site.job.call(site.bench.tool.with_name("mlpgen"), "explain", "CM_INTEL_INSTANCES", "-C",
                         site.job.run_dir)
    assert f"\n    = {shown['-i']}\n" in told, told


def check_tree(submitter):
    [measured] = submitter.glob("measurements/*/bert-99/Offline")
    names = {path.name for path in measured.iterdir()}
    assert {"mlperf.conf", "user.conf", "README.md"} <= names, names
    [told] = [json.loads(path.read_text()) for path in measured.glob("*.json")]
    assert told["weight_data_types"] == "int8" and told[
        "weight_transformations"] == "quantization", told
    assert "bert.Offline" in (measured / "user.conf").read_text()


def refused(site, step, *request):
    """What configure says: nothing is measured."""
    told = site.configure("run,mlperf,inference", *REQUEST, *request, code=1)
    assert "[cannot-run]" in told and f"- id: {step}" in told, told
    return told


def case_what_intel_s_bert_cannot_run_is_said_before_anything_is_measured(bench):
    with FileServer({}) as files, BertSite(bench, files) as site:
        assert "choose the round of Intel's code: _r3.1" in refused(site, "no-round", FEW_CORES)
        assert "not in SingleStream" in refused(site, "no-scenario", "_r3.1", FEW_CORES,
                                                "--scenario=SingleStream")
        assert "--adr.intel-harness.env.WORKERS_PER_PROC=1" in refused(
            site, "no-cores", "_r3.1", "--adr.intel-harness.env.WORKERS_PER_PROC=60000")
