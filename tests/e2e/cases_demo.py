"""The tensors of the real pipeline against the reference's preprocessing, and what each mistake would cost."""
import subprocess
import sys

from e2e.bench import CACHE, ROOT
from places import Skip

PACKAGES = ("onnxruntime==1.31.1", "opencv-python-headless", "pycocotools", "numpy")


def environment():
    """A Python environment with what preprocessing_faults.py needs; made once in the cache."""
    python, ready = CACHE / "faults/bin/python", CACHE / "faults/.ready"
    if not ready.exists() or ready.read_text() != repr(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE / "faults"], check=True, capture_output=True)
        done = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES], capture_output=True, text=True)
        if done.returncode:
            raise Skip("packages from pip: " + done.stderr.strip().splitlines()[-1])
        ready.write_text(repr(PACKAGES))
    return python


def case_preprocessing_is_the_reference_s_and_its_faults_are_noticed(bench):
    python = environment()
    performance = bench.main.steps_of("mlcommons-cpp/performance", "measure")[0]["argv"]
    shards = [bench.main.path / performance[at + 1] for at, word in enumerate(performance) if word == "--data"]
    done = subprocess.run([python, ROOT / "tests/demo/preprocessing_faults.py", bench.main.path / "model/retinanet/model.onnx",
                           bench.main.path / "dataset/openimages", "--tensors", *shards], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
