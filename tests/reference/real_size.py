"""Slow cases of RetinaNet with the real architecture and random weights: make_retinanet.py's files under the published model's URLs."""
import hashlib
import json
import os
import pathlib
import subprocess

import ran
from cases_openimages import BUCKET, ZIP, annotations, pictures
from file_server import FileServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAKE = pathlib.Path(__file__).resolve().parent / "make_retinanet.py"
DEBIAN_PYTHON = "/usr/bin/python3"  # of python3-torch and python3-torchvision
MODEL = "https://zenodo.org/record/6617879/files/resnext50_32x4d_fpn.onnx"
PUBLISHED_BYTES = 148_688_824  # of the file under that URL
QUERIES = 4


def model_files(cache):
    """Folder with the model for ONNX Runtime and for PyTorch, made once for each version of the script."""
    folder = cache / f"retinanet-{hashlib.sha256(MAKE.read_bytes()).hexdigest()[:12]}"
    if not (folder / ".ready").exists():
        done = subprocess.run([DEBIAN_PYTHON, "-B", MAKE, folder], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        (folder / ".ready").touch()
    return folder


class RealSize:
    """The tutorial's request on QUERIES images: everything from a mirror on this machine, under the real URLs' paths."""

    def __init__(self, scratch, cache):
        self.folder = scratch / "real-size"
        subprocess.run(["rm", "-rf", self.folder], check=True)
        self.folder.mkdir(parents=True)
        self.run_dir = self.folder / "run"
        images = dict(list(pictures().items())[:QUERIES])
        self.model = (model_files(cache) / pathlib.Path(MODEL).name).read_bytes()
        files = {ZIP: annotations(list(images)), MODEL: self.model} | {f"{BUCKET}validation/{name}": body for name, body in images.items()}
        self.server = FileServer({url.removeprefix("https://"): body for url, body in files.items()})
        entries = {f"file {url}": {"file_name": pathlib.Path(url).name, "sha256": hashlib.sha256(files[url]).hexdigest(),
                                   "size": str(len(files[url])), "stand_in": True} for url in (ZIP, MODEL)}
        self.lock = self.folder / "stand-in.lock"
        self.lock.write_text(json.dumps({"format": 1, "entries": entries}))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()

    def call(self, *words):
        env = {k: v for k, v in os.environ.items() if not k.startswith("MLPGEN_") or k.startswith("MLPGEN_TESTS")}
        env |= {"MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(self.folder / "store"), "MLPGEN_MACHINE_LOCK": str(self.folder / "lock/machine"),
                "MLPGEN_MIRROR": f"https://={self.server.url}/"}
        done = subprocess.run([str(w) for w in words], cwd=self.folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert done.returncode == 0, f"{' '.join(map(str, words))}: {done.returncode}\n{(done.stdout + done.stderr)[-4000:]}"
        return done.stdout + done.stderr


def case_retinanet_of_the_real_size_goes_through_the_whole_pipeline(job):
    said = job.call(ROOT / "build/mlpgen", "configure", "run-mlperf-inference-app,_submission", "-C", job.run_dir, "--lock", job.lock,
                    "--model=retinanet", "--implementation=cpp", "--backend=onnxruntime", "--device=cpu", "--scenario=Offline",
                    "--division=open", "--category=edge", "--execution_mode=test", f"--test_query_count={QUERIES}",
                    f"--adr.openimages-preprocessed.tags=_size.{QUERIES}", "--submitter=mlpgen", "--hw_name=tests")
    assert "[stand-in]" in said, said
    job.call("ninja", "-C", job.run_dir, "submission")
    ran.note(job.run_dir, stand_ins=True)
    log = json.loads((job.run_dir / "results/retinanet-Offline/accuracy/mlperf_log_accuracy.json").read_text())
    found = [len(entry["data"]) // (2 * 28) for entry in log]
    assert len(log) == QUERIES and all(found), found
    summary = json.loads((job.run_dir / "summary.json").read_text())["mlpgen"]
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary["checkers"]
    rate = next(line for line in (job.run_dir / "results/retinanet-Offline/performance/mlperf_log_summary.txt").read_text().splitlines()
                if line.startswith("Samples per second"))
    print(f"    a model of {len(job.model):,} bytes (published: {PUBLISHED_BYTES:,}), {QUERIES} images, {sum(found)} detections; {rate}")


def case_a_second_ninja_measures_nothing_again_of_the_real_size(job):
    assert "no work to do" in job.call("ninja", "-C", job.run_dir, "submission")
