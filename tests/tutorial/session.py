"""One user's machine for the rows of the tutorial: a store, servers with stand-ins, and a run
directory for each request."""
import functools
import io
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tarfile
import zipfile

import ran
from places import ROOT
from store.bench import PROXIES, sha256
from fetch.file_server import FileServer
from fetch.git_server import GitServer, Repository

DEMO = ROOT / "recipes/dataset/get-dataset-openimages/demo"
MODEL = ROOT / "recipes/model/get-ml-model-retinanet/demo/model.onnx"
REFERENCE = ROOT / "tests/reference/stand_in"
SOURCES = "https://github.com/mlcommons/inference"
ANNOTATIONS = f"{SOURCES}/releases/download/v2.1/openimages-mlperf_annotations_2.1.json.zip"
BUCKET = "https://open-images-dataset.s3.amazonaws.com/validation/"
ONNX = "https://zenodo.org/record/6617879/files/resnext50_32x4d_fpn.onnx"
PYTHON = "https://www.python.org/ftp/python/3.10.8/Python-3.10.8.tgz"
PYTORCH = "https://zenodo.org/record/6617981/files/resnext50_32x4d_fpn.pth"
IMAGES = 500  # as many as the tutorial's `_500` takes


def annotation_file():
    """(bytes of the zip, {name: JPEG}): the demo's images under 500 names, each with its boxes."""
    document = json.loads((DEMO / "annotations/openimages-mlperf.json").read_text())
    first, images, boxes, files = document["images"], [], [], {}
    for number in range(IMAGES):
        image = first[number % len(first)]
        name = f"{number:016x}.jpg"
        files[name] = (DEMO / "validation/data" /
                       pathlib.Path(image["file_name"]).name).read_bytes()
        images.append(image | {"id": number + 1, "file_name": name})
        boxes += [
            box | {"image_id": number + 1} for box in document["annotations"]
            if box["image_id"] == image["id"]
        ]
    boxes = [box | {"id": i + 1} for i, box in enumerate(boxes)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("openimages-mlperf.json",
                         json.dumps(document | {"images": images, "annotations": boxes}))
    return out.getvalue(), files


def python_sources():
    """A stand-in for the sources of Python 3.10.8: what they install says its version, and passes
    all else to the Python that runs the tests."""
    program = (f'#!/bin/sh\n[ "$1" = --version ] && echo Python 3.10.8 && exit 0\n'
               f'exec {sys.executable} "$@"\n')
    make = ('all:\n\tcp python.in python3\ninstall:\n\tmkdir -p $(DESTDIR)@PREFIX@/bin\n'
            '\tinstall -m 755 python3 $(DESTDIR)@PREFIX@/bin/python3\n')
    configure = ('#!/bin/sh\nset -e\nsource=$(dirname "$0")\n'
                 'for word; do case $word in --prefix=*) prefix=${word#--prefix=};; esac; done\n'
                 'sed "s|@PREFIX@|$prefix|" "$source/Makefile.in" > Makefile\n'
                 'cp "$source/python.in" python.in\n: > config.log\n')
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, text, mode in (("configure", configure, 0o755), ("Makefile.in", make, 0o644),
                                 ("python.in", program, 0o644)):
            member = tarfile.TarInfo(f"Python-3.10.8/{name}")
            member.size, member.mode = len(text.encode()), mode
            archive.addfile(member, io.BytesIO(text.encode()))
    return out.getvalue()


class Session:
    """`cache` keeps what came from package registries; all else is in `folder`."""
    def __init__(self, build, folder, cache):
        self.build, self.folder, self.cache = build, folder, cache
        self.count, self.run_dir = 0, None
        self.files = FileServer({})
        (folder / "served/mlcommons").mkdir(parents=True)
        self.git = GitServer(folder / "served")
        self.lock = folder / "stand-ins.lock"
        self.serve()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.files.__exit__()
        self.git.__exit__()

    def serve(self):
        archive, images = annotation_file()
        entries = {}
        for url, body in ((ANNOTATIONS, archive), (ONNX, MODEL.read_bytes()),
                          (PYTORCH, b"no model of PyTorch: a stand-in\n"), (PYTHON,
                                                                            python_sources())):
            self.files.bytes[url.removeprefix("https://")] = body
            entries[f"file {url}"] = {
                "file_name": url.rsplit("/", 1)[1], "sha256": sha256(body), "size": str(len(body)),
                "stand_in": True
            }
        for name, body in images.items():
            self.files.bytes[BUCKET.removeprefix("https://") + name] = body
        self.lock.write_text(json.dumps({"format": 1, "entries": entries}))

    @functools.cached_property
    def commit(self):
        """Of a repository that stands in for mlcommons/inference
        (tests/reference/stand_in/README.md)."""
        repository = Repository(self.folder, self.folder / "served/mlcommons", "inference")
        files = [
            path for path in sorted(REFERENCE.rglob("*"))
            if path.is_file() and "__pycache__" not in path.parts
        ]
        return repository.commit(
            {path.relative_to(REFERENCE).as_posix(): path.read_bytes()
             for path in files})

    @functools.cached_property
    def bundle(self):
        """The packages of the demo's job, kept: what comes from a registry is fetched once."""
        folder = self.cache / "bundle"
        done = subprocess.run(
            [self.build / "mlpgen", "vendor", folder, "_dashboard", "--preset=demo"],
            cwd=self.folder, env=self.here(), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return folder

    @functools.cached_property
    def own_copies(self):
        """(folder of images, model): what a person has already, beside the run directories."""
        data = self.folder / "openimages/validation/data"
        data.mkdir(parents=True)
        for name, body in annotation_file()[1].items():
            (data / name).write_bytes(body)
        shutil.copy(MODEL, self.folder / pathlib.Path(ONNX).name)
        return data.parents[1], self.folder / pathlib.Path(ONNX).name

    def env(self, **more):
        env = {
            key: value
            for key, value in os.environ.items()
            if key not in PROXIES and not key.startswith("MLPGEN_")
        }
        mirrors = [
            f"{SOURCES}/releases/={self.files.url}/github.com/mlcommons/inference/releases/",
            f"{SOURCES}={self.git.url}/smart/mlcommons/inference", f"https://={self.files.url}/"
        ]
        return env | {
            "MLPGEN_HOME": str(ROOT), "HOME": str(self.folder / "home"), "MLPGEN_MACHINE_LOCK": str(
                self.folder / "lock/machine"), "MLPGEN_STORE": str(self.folder / "store"),
            "PATH": f"{self.build}:{env['PATH']}", "MLPGEN_MIRROR": " ".join(mirrors)
        } | more

    def here(self):
        """The environment in which no stand-in can be had."""
        env = self.env(MLPGEN_STORE=str(self.cache / "store"))
        del env["MLPGEN_MIRROR"]
        return env

    def enter(self, name):
        self.run_dir = self.folder / name
        self.run_dir.mkdir(exist_ok=True)

    def new_run_dir(self):
        self.count += 1
        self.enter(f"run{self.count}")

    def call(self, line, env, more=(), code=0):
        """A line as it is typed, in the run directory; what it said."""
        words = [*shlex.split(line), *map(str, more)]
        words[0] = {"mlpgen": str(self.build / "mlpgen")}.get(words[0], words[0])
        done = subprocess.run(words, cwd=self.run_dir, env=env, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        said = done.stdout + done.stderr
        assert done.returncode == code, f"`{line}` ended with {done.returncode}:\n{said[-6000:]}"
        return said

    def note(self, stand_ins):
        ran.note(self.run_dir, stand_ins=stand_ins)
