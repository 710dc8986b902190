"""Run directories of the suite, each configured and built once, and what their edges made."""
import json
import os
import re
import struct
import subprocess

import ran
from places import MLPGEN, Skip, need_upstream, upstream

CPP = "app-mlperf-inference-mlcommons-cpp"


class RunDirectory:
    def __init__(self, path, environment):
        self.path, self.environment = path, environment

    def call(self, *words, code=0, **more):
        done = subprocess.run([str(w) for w in words],
                              env=self.environment | {k: str(v)
                                                      for k, v in more.items()},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        assert done.returncode == code, (f"{' '.join(map(str, words))}: {done.returncode}\n"
                                         f"{done.stdout[-4000:]}")
        return done.stdout

    def configure(self, *words, **more):
        """A request of this run directory, unless a Debian package is missing that it needs."""
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            return self.call(MLPGEN, "configure", *words, "-C", self.path, **more)
        except AssertionError as why:
            if "[tool-not-found]" in str(why):
                raise Skip(", ".join(sorted(set(re.findall(r"apt-get install .*",
                                                           str(why)))))) from why
            raise

    def ninja(self, *targets, code=0, stand_ins=False, **more):
        said = self.call("ninja", "-C", self.path, *targets, code=code, **more)
        ran.note(self.path, stand_ins)
        return said

    def steps(self, name):
        """The planned edges of that name."""
        edges = [json.loads(line) for line in (self.path / ".mlpgen/plan").read_text().splitlines()]
        return [edge for edge in edges if edge["name"] == name]

    def made(self, name):
        """The folder that the one edge of that name filled."""
        [edge] = self.steps(name)
        return self.path / edge["directory"]

    def after(self, name, flag):
        """The path behind a flag of an edge's command."""
        [edge] = self.steps(name)
        return self.path / edge["argv"][edge["argv"].index(flag) + 1]

    def classes(self):
        """{sample: class} of LoadGen's accuracy log."""
        log = json.loads((self.made(f"{CPP}/accuracy") / "mlperf_log_accuracy.json").read_text())
        return {
            entry["qsl_idx"]: struct.unpack("<f", bytes.fromhex(entry["data"]))[0]
            for entry in log
        }

    def summary(self):
        return json.loads((self.path / "summary.json").read_text())["mlpgen"]

    def score(self):
        """The line of the score, and what results.json says beside it."""
        made = self.made("process-mlperf-accuracy/classes")
        [line] = (made / "accuracy.txt").read_text().splitlines()
        return line, json.loads((made / "results.json").read_text())


class Jobs:
    def __init__(self, folder, cache, slow):
        self.folder, self.slow = folder, slow
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLPGEN_", "CM_"))}
        ours = {
            "MLPGEN_STORE": str(cache / "store"),
            "MLPGEN_MACHINE_LOCK": str(folder / "lock/machine")
        }
        told = {k: v for k, v in os.environ.items() if k == "MLPGEN_TESTS_RAN"}
        self.environment = kept | ours | told
        self.checkout = upstream("inference")
        self.done = {}

    def directory(self, name, start="efficientnet"):
        """A run directory that begins as a copy of another, so that LoadGen and the harness are
        compiled once."""
        path = self.folder / name
        if not path.exists() and (self.folder / start).exists():
            subprocess.run(["cp", "-a", self.folder / start, path], check=True)
        return RunDirectory(path, self.environment)

    def submitted(self, preset):
        """The run directory of the preset with its submission, made once; with the official checker
        where a checkout is given."""
        if preset not in self.done:
            job = self.directory(preset)
            job.configure(f"--preset={preset}",
                          *([f"--with_inference_src={self.checkout}"] if self.checkout else []))
            job.ninja("submission")
            self.done[preset] = job
        return self.done[preset]

    def upstream_score(self, job):
        """What tools/accuracy-imagenet.py of the checkout prints for the accuracy log of the job.
        """
        script = need_upstream(
            "inference") / "vision/classification_and_detection/tools/accuracy-imagenet.py"
        return job.call("/usr/bin/python3", "-B", script, "--mlperf-accuracy-file",
                        job.after("process-mlperf-accuracy/classes",
                                  "--log"), "--imagenet-val-file",
                        job.after("process-mlperf-accuracy/classes", "--labels"), "--dtype",
                        "float32").strip()
