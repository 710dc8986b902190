"""The reference's accuracy run and the main job of mlpgen, each done once."""
import json
import shutil
import subprocess

from places import ROOT

MODEL = ROOT / "recipes/model/get-ml-model-retinanet/demo/model.onnx"
DATASET = ROOT / "recipes/dataset/get-dataset-openimages/demo"


class Bench:
    def __init__(self, upstream, scratch):
        self.upstream, self.scratch, self.dataset = upstream, scratch, DATASET
        self.harness_log, self.harness_score = main_job(scratch)
        user_conf = scratch / "user.conf"
        user_conf.write_text("# LoadGen's own settings\n")
        for made in ("accuracy", "cache"):
            shutil.rmtree(scratch / made, ignore_errors=True)
        self.said = upstream.main(MODEL, DATASET, scratch / "accuracy", user_conf, "--accuracy")
        self.reference_log = scratch / "accuracy/mlperf_log_accuracy.json"


def main_job(scratch):
    """LoadGen's accuracy log of the C++ harness, and what mlpgen's script made of it."""
    directory = scratch / "main"
    if not (directory / "open.tar.gz").exists():
        done = subprocess.run([ROOT / "examples/quickstart/run", directory],
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 0, done.stdout[-4000:]
    steps = [json.loads(line) for line in (directory / ".mlpgen/plan").read_text().splitlines()]
    score = next(s for s in steps if s["name"] == "process-mlperf-accuracy/score")
    return (directory / score["argv"][score["argv"].index("--log") + 1],
            (directory / score["directory"] / "accuracy.txt").read_text())
