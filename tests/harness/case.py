"""What the cases of the harness tests share: the programs, their inputs and how they are run."""
import dataclasses
import json
import pathlib
import shutil
import subprocess
import tempfile
import time

# Round v5.1's (submission.md 5.2): not those that LoadGen has by itself.
SEEDS = (1780908523862526354, 14771362308971278857, 18209322760996052031)
SCENARIOS = ("Offline", "SingleStream", "MultiStream", "Server")
# Short runs in the form of the test mode, shorter still: min_duration stays LoadGen's 600 s.
USER_CONF = """# a test run
retinanet.Offline.target_qps = 0.001
retinanet.Offline.min_query_count = 200
retinanet.SingleStream.max_query_count = 100
retinanet.SingleStream.target_latency = 1
retinanet.MultiStream.max_query_count = 70
retinanet.MultiStream.target_latency = 8
retinanet.Server.max_query_count = 300
retinanet.Server.target_qps = 200
"""


@dataclasses.dataclass
class Bench:
    scratch: pathlib.Path
    programs: dict  # build.build()
    libraries: dict  # ONNX Runtime version -> shared library, oldest first
    python: pathlib.Path  # with numpy, onnx, onnxruntime, pycocotools
    inputs: pathlib.Path  # make_models.py and make_images.py wrote here

    def folder(self, name):
        """An empty folder for one case."""
        path = self.scratch / "cases" / name
        shutil.rmtree(path, ignore_errors=True)
        path.mkdir(parents=True)
        return path

    def harness(self, out, *words, **flags):
        """Runs the harness on the small detector; `flags` replace or add, None drops one."""
        conf = out.parent / f"{out.name}.conf"
        conf.write_text(flags.pop("conf", USER_CONF))
        line = {
            "model": self.inputs / "detector.onnx", "data": self.tensors("NCHW"),
            "onnxruntime": list(self.libraries.values())[-1], "task": "detection",
            "model_name": "retinanet", "scenario": "Offline", "mode": "accuracy", "user_conf": conf,
            "warmup": 1, "out": out, "seeds": ",".join(str(s) for s in SEEDS)
        } | flags
        command = [self.programs["harness"]]
        for flag, value in line.items():
            name = "--num_threads" if flag == "num_threads" else "--" + flag.replace("_", "-")
            for one in value if isinstance(value, list) else [value]:
                command += [] if one is None else [name, one]
        return run(command + list(words))

    def tensors(self, layout):
        """The preprocessed images of the inputs; made once."""
        path = self.inputs / f"images-{layout}.npy"
        program = self.programs["preprocess"]
        if not path.exists() or path.stat().st_mtime < program.stat().st_mtime:
            done = self.preprocess(path, "--layout", layout)
            assert done.returncode == 0, done.stderr
        return path

    def preprocess(self, out, *words, dataset=None, annotations=None):
        return run([
            self.programs["preprocess"], "--dataset", dataset or self.inputs / "images",
            "--annotations", annotations or self.inputs / "annotations.json", "--out", out,
            "--list",
            out.with_suffix(".json"), *words
        ])


@dataclasses.dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str
    peak_mib: float  # resident memory at its highest


def peak_so_far(pid):
    """VmHWM in MiB. What wait4 tells would count the memory of this Python before exec, too."""
    try:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass  # it has just ended
    return 0.0


def run(command):
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen([str(w) for w in command], stdout=out, stderr=err)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, peak_so_far(process.pid))
            time.sleep(0.003)
        out.seek(0)
        err.seek(0)
        return Done(process.returncode, out.read(), err.read(), peak)


def refused(done, code, *texts):
    """The program ended with `code` and said all of `texts` on standard error."""
    assert done.returncode == code, f"exit {done.returncode}, not {code}: {done.stderr}"
    for text in texts:
        assert text in done.stderr, f"{text!r} is not in: {done.stderr}"


def accuracy_log(out):
    """{sample: hex of its response}; the same sample must have the same response every time."""
    log = {}
    for entry in json.loads((out / "mlperf_log_accuracy.json").read_text()):
        assert log.setdefault(entry["qsl_idx"], entry["data"]) == entry["data"], entry["qsl_idx"]
    return log


def detail(out):
    """{key: value} of LoadGen's detail log, the last one of each key."""
    lines = (out / "mlperf_log_detail.txt").read_text().splitlines()
    entries = [json.loads(line.removeprefix(":::MLLOG ")) for line in lines]
    return {entry["key"]: entry["value"] for entry in entries}
