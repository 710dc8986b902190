"""The run directory of the suite, and the harness that it built, run by hand."""
import fcntl
import json
import os
import re
import subprocess

from classification.jobs import RunDirectory

APP = "app-mlperf-inference-llama-cpp"
SEEDS = "1,2,3"
# Short runs: LoadGen's own settings of this model are one pass over all prompts and 600 s.
USER_CONF = """# a test run
llama3_1-8b.*.sample_concatenate_permutation = 0
llama3_1-8b.*.accuracy_sample_count_override = 12
llama3_1-8b.Offline.target_qps = 0.001
llama3_1-8b.Offline.min_query_count = 12
llama3_1-8b.SingleStream.max_query_count = 8
llama3_1-8b.Server.target_qps = 4
llama3_1-8b.Server.max_query_count = 12
llama3_1-8b-interactive.*.sample_concatenate_permutation = 0
llama3_1-8b-interactive.Server.target_qps = 4
llama3_1-8b-interactive.Server.max_query_count = 12
"""


class Bench:
    """llama.cpp takes minutes, so the run directory outlives the run; what changed since is made
    anew."""
    def __init__(self, scratch, cache):
        self.scratch = scratch
        cache.mkdir(parents=True, exist_ok=True)
        self.lock = open(cache / "lock", "w")  # another run of this suite waits
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLPGEN_", "CM_"))}
        ours = {
            "MLPGEN_STORE": str(cache / "store"),
            "MLPGEN_MACHINE_LOCK": str(scratch / "lock/machine")
        }
        told = {k: v for k, v in os.environ.items() if k == "MLPGEN_TESTS_RAN"}
        self.job = RunDirectory(cache / "run", kept | ours | told)
        self.configure()
        self.job.ninja("harness", "model", "dataset")

    def configure(self, *words):
        return self.job.configure(APP, *words)

    @property
    def program(self):
        [edge] = self.job.steps(f"{APP}/accuracy")
        return self.job.path / edge["argv"][0]

    def given(self, flag):
        """The path that the accuracy run is given by a flag."""
        return self.job.after(f"{APP}/accuracy", flag)

    def harness(self, name, *words, code=0, **flags):
        """Runs the harness into a new folder; (folder, what it said). `flags` replace or add."""
        out = self.scratch / name
        conf = self.scratch / f"{name}.conf"
        conf.write_text(flags.pop("conf", USER_CONF))
        line = {
            "model": self.given("--model"), "prompts": self.given("--prompts"),
            "model_name": "llama3_1-8b", "scenario": "Offline", "mode": "accuracy",
            "user_conf": conf, "seeds": SEEDS, "max_tokens": 8, "num_threads": 1, "warmup": 0,
            "out": out
        } | flags
        command = [str(self.program)]
        for flag, value in line.items():
            command += [
                "--num_threads" if flag == "num_threads" else "--" + flag.replace("_", "-"),
                str(value)
            ]
        done = subprocess.run(command + [str(w) for w in words], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True)
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stderr}"
        return out, done.stderr


def answers(folder):
    """{prompt: tokens} of LoadGen's accuracy log."""
    log = json.loads((folder / "mlperf_log_accuracy.json").read_text())
    return {
        entry["qsl_idx"]: [
            int.from_bytes(bytes.fromhex(entry["data"])[i:i + 8], "little")
            for i in range(0,
                           len(entry["data"]) // 2, 8)
        ]
        for entry in log
    }


def detail(folder):
    """{key: value} of LoadGen's detail log, the last one of each key."""
    lines = re.findall(r":::MLLOG (.*)", (folder / "mlperf_log_detail.txt").read_text())
    return {entry["key"]: entry["value"] for entry in map(json.loads, lines)}


def report(folder):
    return json.loads((folder / "harness.json").read_text())
