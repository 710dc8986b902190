"""The tensors of the real pipeline against the reference's preprocessing, and what each mistake
would cost."""
import subprocess

from places import CACHE, ROOT
from registry import python_with

PACKAGES = ("onnxruntime==1.31.1", "opencv-python-headless", "pycocotools", "numpy"
            )  # what preprocessing_faults.py needs


def case_preprocessing_is_the_reference_s_and_its_faults_are_noticed(bench):
    python = python_with(CACHE / "faults", *PACKAGES)
    performance = bench.main.steps_of("mlcommons-cpp/performance", "measure")[0]["argv"]
    shards = [
        bench.main.path / performance[at + 1] for at, word in enumerate(performance)
        if word == "--data"
    ]
    done = subprocess.run([
        python, ROOT / "tests/demo/preprocessing_faults.py", bench.main.path /
        "model/retinanet/model.onnx", bench.main.path / "dataset/openimages", "--tensors", *shards
    ], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
