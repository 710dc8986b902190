"""Slow cases of RetinaNet with the real architecture and drawn weights: make_retinanet.py's files
under the published model's URLs."""
import hashlib
import json
import pathlib

from places import TOOL
from store.bench import Bench
from fetch.cases_openimages import BUCKET, ZIP, annotations, pictures
from fetch.file_server import FileServer
from reference.cases_implementation import run
from fetch.job import Job

MAKE = pathlib.Path(__file__).resolve().parent / "make_retinanet.py"
DEBIAN_PYTHON = "/usr/bin/python3"  # of python3-torch and python3-torchvision
MODEL = "https://zenodo.org/record/6617879/files/resnext50_32x4d_fpn.onnx"
PUBLISHED_BYTES = 148_688_824  # of the file under that URL
QUERIES = 4


def model_files(cache):
    """Folder with the model for ONNX Runtime and for PyTorch, made once for each version of the
    script."""
    folder = cache / f"retinanet-{hashlib.sha256(MAKE.read_bytes()).hexdigest()[:12]}"
    if not (folder / ".ready").exists():
        run(DEBIAN_PYTHON, "-B", MAKE, folder)
        (folder / ".ready").touch()
    return folder


class RealSize:
    """A run directory whose Open Images and model come from a server of the test, under the real
    URLs' paths."""
    def __init__(self, scratch, cache):
        self.server = FileServer({})
        self.job = Job(Bench(TOOL, scratch / "real-size", scratch / "cache"), self.server)
        images = dict(list(pictures().items())[:QUERIES])
        for name, body in images.items():
            self.server.bytes[f"{BUCKET.removeprefix('https://')}validation/{name}"] = body
        self.model = (model_files(cache) / pathlib.Path(MODEL).name).read_bytes()
        self.job.file(ZIP, annotations(list(images)))
        self.job.file(MODEL, self.model)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        self.job.bench.remove()

    def result(self, kind, name):
        return (self.job.run_dir /
                f"results/retinanet-Offline/{kind}/mlperf_log_{name}").read_text()


def case_retinanet_of_the_real_size_goes_through_the_whole_pipeline(real):
    said = real.job.configure("run-mlperf-inference-app,_submission", "--model=retinanet",
                              "--implementation=cpp", "--backend=onnxruntime", "--device=cpu",
                              "--scenario=Offline", "--division=open", "--category=edge",
                              "--execution_mode=test", f"--test_query_count={QUERIES}",
                              f"--adr.openimages-preprocessed.tags=_size.{QUERIES}",
                              "--submitter=mlpgen", "--hw_name=tests")
    assert "[stand-in]" in said, said
    real.job.ninja("submission")
    found = [
        len(entry["data"]) // (2 * 28)
        for entry in json.loads(real.result("accuracy", "accuracy.json"))
    ]
    assert len(found) == QUERIES and all(found), found
    summary = json.loads((real.job.run_dir / "summary.json").read_text())["mlpgen"]
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary["checkers"]
    rate = next(line for line in real.result("performance", "summary.txt").splitlines()
                if line.startswith("Samples per second"))
    print(f"    a model of {len(real.model):,} bytes (published: {PUBLISHED_BYTES:,}), {QUERIES} "
          f"images, {sum(found)} detections; {rate}")


def case_a_second_ninja_measures_nothing_again_of_the_real_size(real):
    assert "no work to do" in real.job.ninja("submission")
