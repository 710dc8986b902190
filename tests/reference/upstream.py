"""A checkout of mlcommons/inference -> its Python reference and its accuracy script, run unmodified
in a Python of their own."""
import hashlib
import os
import pathlib
import re
import subprocess

from places import CACHE, Skip
from registry import python_with

COMMIT = "b66003e10e2db4b8c36a448b0545ec90fcc6e9e9"
FOLDER = "vision/classification_and_detection"
USED = (f"{FOLDER}/python", f"{FOLDER}/tools")  # what runs here
PACKAGES = ("onnxruntime==1.31.1", "mlcommons_loadgen==6.0.17", "numpy==2.4.6",
            "opencv-python-headless==5.0.0.93", "pycocotools==2.0.11")


def python_environment():
    """The Python with the packages that the reference imports."""
    return python_with(CACHE / "python-reference", *PACKAGES)


class Upstream:
    def __init__(self, checkout, python):
        self.checkout, self.python = pathlib.Path(checkout).resolve(), python
        if not (self.checkout / FOLDER / "python/main.py").is_file():
            raise Skip(
                f"{checkout} is no checkout of mlcommons/inference: {FOLDER}/python/main.py is not "
                f"there")

    def git(self, *words):
        return subprocess.run(["git", "-c", "safe.directory=*", "-C", self.checkout, *words],
                              check=True, capture_output=True, text=True).stdout

    def changed_files(self):
        """Files of USED that differ from the commit, and files that it does not have."""
        listed = {}
        for line in self.git("ls-tree", "-r", COMMIT, "--", *USED).splitlines():
            fields, name = line.split("\t")
            mode, kind, digest = fields.split()
            if kind == "blob" and mode != "120000":
                listed[name] = digest
        there = {
            p.relative_to(self.checkout).as_posix(): p
            for folder in USED for p in (self.checkout / folder).rglob("*")
            if p.is_file() and not p.is_symlink()
        }
        changed = [
            name for name, digest in listed.items()
            if name not in there or blob_digest(there[name]) != digest
        ]
        return changed + sorted(set(there) - set(listed))

    def run(self, *words):
        kept = {k: v
                for k, v in os.environ.items()
                if k != "DATASET_ANNOTATIONS_FILE_PATH"}  # it would beat our flag
        done = subprocess.run([str(w) for w in (self.python, "-B", *words)],
                              cwd=self.checkout / FOLDER / "python",
                              env=kept | {"PYTHONDONTWRITEBYTECODE": "1"}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert done.returncode == 0, (f"{' '.join(map(str, words))}: {done.returncode}\n"
                                      f"{done.stdout[-4000:]}")
        return done.stdout

    def main(self, model, dataset, out, user_conf, *words):
        """main.py in Offline with two threads; what it printed. The preprocessed images stay beside
        `out`."""
        return self.run("main.py", "--profile", "retinanet-onnxruntime", "--backend", "onnxruntime",
                        "--model", model, "--dataset-path", dataset, "--dataset-list",
                        dataset / "annotations/openimages-mlperf.json", "--output", out,
                        "--cache_dir", out.parent / "cache", "--user_conf", user_conf, "--scenario",
                        "Offline", "--threads", "2", *words)

    def score(self, log, dataset, out):
        """What tools/accuracy-openimages.py says about an accuracy log, in percent with three
        decimals."""
        text = self.run("../tools/accuracy-openimages.py", "--mlperf-accuracy-file", log,
                        "--openimages-dir", dataset, "--output-file", out)
        return percent(text)


def percent(text):
    found = re.findall(r"mAP=(\d+\.\d{3})%", text)
    assert found, f"no mAP in:\n{text[-2000:]}"
    return found[-1]


def blob_digest(path):
    data = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
