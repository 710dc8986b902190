"""A stand-in for PyTorch: models are JSON files."""
import ctypes
import json
import pathlib

PICKED = False


def load(path):
    return json.loads(pathlib.Path(path).read_text())


def save(model, path):
    pathlib.Path(path).write_text(json.dumps(model) + "\n")


def threads_of_cat():
    return ctypes.CDLL(str(pathlib.Path(__file__).parent / "lib/libtorch_cpu.so")).threads_of_cat()
