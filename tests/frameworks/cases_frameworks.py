"""Every framework that installs here: its locked environment is made by mlpgen and runs one model.
"""
import json
import pathlib

import pytest

from frameworks.run_directory import RunDirectory
from places import Skip

ANSWER = [8.0, 0.0]  # of recipes/test/check-framework/src/answer.py, worked out by hand
TORCH = pathlib.Path("/usr/lib/python3/dist-packages/torch/version.py")
# The word of check-framework, and what is in its environment; the last three are 140, 75 and 270 MB
# of packages.
FRAMEWORKS = [("onnxruntime", "onnxruntime"), ("tflite", "tflite-runtime"), ("ncnn", "ncnn"),
              ("torch", "torch"), ("tvm", "apache-tvm"), ("ray", "ray"),
              ("tensorflow", "tensorflow-cpu")]


def locked_version(run, package):
    """The version that uv was told for a package of the environment: the lines that the lock gave
    it, each with its hashes."""
    lines = [
        line for file in run.path.glob("out/get-python-environment/*/requirements.txt")
        for line in file.read_text().splitlines() if "==" in line
    ]
    found = {line.split("==")[1].split()[0] for line in lines if line.startswith(package + "==")}
    assert len(found) == 1 and all("--hash=sha256:" in line for line in lines), (package, found)
    return found.pop()


@pytest.mark.parametrize("word, package", FRAMEWORKS)
def case_an_inference_in(word, package, folder, build, cache):
    if word == "torch" and not TORCH.exists():
        raise Skip("Debian's python3-torch is not on this machine")
    run = RunDirectory(folder, build, cache)
    run.make(f"check-framework,_{word}")
    told = json.loads(next(run.path.glob("out/check-framework/*/tree/answer.json")).read_text())
    assert told["answer"] == ANSWER, told
    if word == "torch":
        return seen_of_the_system(run, told)
    assert told["version"].split(".post")[0] == locked_version(run, package).split(".post")[0], told


def seen_of_the_system(run, told):
    """PyTorch is Debian's; the lock says so, and has the files of the other packages only."""
    lock = json.loads((run.path / "mlpgen.lock").read_text())["entries"]
    key = next(k for k in lock if k.startswith("python-environment"))
    assert "with the system's" in key and f"torch=={told['version'].removesuffix('a0')}" in key, key
    assert [line.split("==")[0] for line in lock[key]["lines"]] == ["einops"], lock[key]
    packages = json.loads(
        next(run.path.glob("out/get-python-environment/*/packages.json")).read_text())["packages"]
    assert {p["name"]
            for p in packages if p.get("system")} == {"torch", "numpy"} and any(
                p["name"] == "einops" and p["hashes"] for p in packages), packages
