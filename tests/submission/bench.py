"""A scratch folder, the program under test, and good trees to start from."""
import json
import pathlib
import shutil
import subprocess

SUBMITTER = "me"
SYSTEM = "box"
IMPLEMENTATION = "mlcommons-cpp"

SYSTEM_JSON = {
    "division": "open",
    "submitter": SUBMITTER,
    "status": "available",
    "system_type": "edge",
    "system_type_detail": "edge server",
    "system_name": "a box",
    "number_of_nodes": "1",
    "host_processor_model_name": "cpu",
    "host_processors_per_node": "1",
    "host_processor_core_count": "2",
    "host_processor_frequency": "",
    "host_processor_caches": "",
    "host_processor_interconnect": "",
    "host_memory_capacity": "8 GB",
    "host_memory_configuration": "undefined",
    "host_storage_capacity": "10 GB",
    "host_storage_type": "SSD",
    "host_networking": "Gig Ethernet",
    "host_networking_topology": "N/A",
    "host_network_card_count": "1",
    "accelerators_per_node": "0",
    "accelerator_model_name": "N/A",
    "accelerator_memory_capacity": "N/A",
    "accelerator_frequency": "",
    "accelerator_host_interconnect": "N/A",
    "accelerator_interconnect": "N/A",
    "accelerator_interconnect_topology": "",
    "accelerator_memory_configuration": "N/A",
    "accelerator_on-chip_memories": "",
    "cooling": "air",
    "framework": "ONNX Runtime",
    "operating_system": "Linux",
    "other_software_stack": "none",
    "hw_notes": "",
    "sw_notes": "",
}
MEASUREMENTS = {
    "starting_weights_filename": "m.onnx", "retraining": "no", "input_data_types": "fp32",
    "weight_data_types": "fp32", "weight_transformations": "none"
}
ACCURACY = "v5.1-retinanet-offline/accuracy"


def edit_json(path, **changes):
    """Sets keys of a JSON file; a value of None removes the key."""
    values = json.loads(path.read_text())
    for key, value in changes.items():
        if value is None:
            values.pop(key, None)
        else:
            values[key] = value
    path.write_text(json.dumps(values))


def edit_log(path, error=None, **changes):
    """Sets values in a detail log of LoadGen; None removes the line, a new key is appended; `error`
    adds an error."""
    lines, last = [], None
    for line in path.read_text().splitlines():
        last = json.loads(line.removeprefix(":::MLLOG"))
        if last["key"] in changes:
            last["value"] = changes[last["key"]]
            changes[last["key"]] = ...
            if last["value"] is None:
                continue
            line = ":::MLLOG " + json.dumps(last)
        lines.append(line)
    for key, value in changes.items():
        if value is not ... and value is not None:
            lines.append(":::MLLOG " + json.dumps({**last, "key": key, "value": value}))
    if error:
        lines.append(":::MLLOG " + json.dumps({
            **last, "key": "error_runtime", "value": error,
            "metadata": {**last["metadata"], "is_error": True}
        }))
    path.write_text("\n".join(lines) + "\n")


class Bench:
    made = {}  # trees that several cases start from, by name

    def __init__(self, tool, scratch, here, inference_src=None, python=None, seed=0):
        self.tool, self.scratch, self.data = tool, scratch, here / "data"
        self.rounds = here.parent.parent / "recipes" / "rounds"
        self.inference_src, self.python, self.seed = inference_src, python, seed

    def copy_of(self, name, make):
        """A copy of a tree that `make(bench)` builds once."""
        if name not in self.made:
            folder = self.scratch.parent / f"made-{name}"
            folder.mkdir()
            self.made[name] = make(Bench(self.tool, folder, self.data.parent))
        return pathlib.Path(shutil.copytree(self.made[name], self.scratch / "tree", symlinks=True))

    def run(self, *words, code=0):
        done = subprocess.run([str(self.tool), *map(str, words)], cwd=self.scratch,
                              capture_output=True, text=True)
        text = done.stdout + done.stderr
        assert done.returncode == code, (f"exit code {done.returncode}, not {code}, from "
                                         f"{' '.join(map(str, words))}\n{text}")
        return text

    def write(self, name, text):
        path = self.scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def result(self, round_name, logs, model, scenario, division="open",
               accuracy_txt="mAP=37.572%\n", out="result", extra=(), code=0, category="edge"):
        """mlpgen-tool truncate-accuracy-log and result-tree; returns the folder."""
        self.write("accuracy.txt", accuracy_txt)
        self.write("measurements.json", json.dumps(MEASUREMENTS))
        self.write("user.conf", f"{model}.{scenario}.target_qps = 1\n")
        self.write("README.md", "# A result\n")
        self.run("truncate-accuracy-log", "--log",
                 self.data / ACCURACY / "mlperf_log_accuracy.json", "--accuracy", "accuracy.txt",
                 "--out", "truncated")
        self.text = self.run("result-tree", "--round", self.rounds / f"{round_name}.yaml",
                             "--division", division, "--category", category, "--submitter",
                             SUBMITTER, "--system", SYSTEM, "--implementation", IMPLEMENTATION,
                             "--model", model, "--scenario", scenario, "--performance",
                             self.data / logs / "performance", "--accuracy", self.data / ACCURACY,
                             "--truncated", "truncated", "--measurements", "measurements.json",
                             "--user-conf", "user.conf", "--readme", "README.md", "--out", out,
                             *extra, code=code)
        return self.scratch / out

    def tree(self, round_name, logs, model, scenario, division="open", extra=(), result_extra=(),
             **more):
        """A good submission tree; returns its folder."""
        self.result(round_name, logs, model, scenario, division, extra=result_extra, **more)
        system = {**SYSTEM_JSON, "division": division}
        self.write("system.json", json.dumps(system, indent=2))
        self.write("code.md", "# Code\n")
        self.run("submission-tree", "--results", "result", "--system", "system.json",
                 "--system-name", SYSTEM, "--submitter", SUBMITTER, "--division", division,
                 "--readme", "README.md", "--code-readme", "code.md", "--out", "tree", *extra)
        return self.scratch / "tree"

    def check(self, round_name, flags=("--part-of-dataset", ), submitter=SUBMITTER):
        """mlpgen's checker on `tree`: (exit code, check.json, bytes of summary.csv)."""
        done = subprocess.run([
            str(self.tool), "check", "--tree", "tree", "--round",
            str(self.rounds / f"{round_name}.yaml"), "--submitter", submitter, "--out", "ours",
            *flags
        ], cwd=self.scratch, capture_output=True, text=True)
        self.text = done.stdout + done.stderr
        assert done.returncode in (0, 1), f"exit code {done.returncode}\n{self.text}"
        return done.returncode, json.loads(
            (self.scratch / "ours/check.json").read_text()), (self.scratch /
                                                              "ours/summary.csv").read_bytes()

    def official(self, round_name, flags=("--part-of-dataset", ), submitter=SUBMITTER):
        """The official checker on `tree`: (exit code, bytes of summary.csv or None)."""
        (self.scratch / "official/summary.csv").unlink(missing_ok=True)
        done = subprocess.run([
            str(self.tool), "official-check", "--inference-src", self.inference_src, "--python",
            self.python, "--tree", "tree", "--round", round_name, "--round-file", self.rounds /
            f"{round_name}.yaml", "--submitter", submitter, "--out", "official", *flags
        ], cwd=self.scratch, capture_output=True, text=True)
        self.official_text = done.stdout + done.stderr
        assert (self.scratch / "official/official.json").exists(), self.official_text
        csv = self.scratch / "official/summary.csv"
        return done.returncode, csv.read_bytes() if csv.exists() else None


def remove(path: pathlib.Path):
    shutil.rmtree(path) if path.is_dir() else path.unlink()
