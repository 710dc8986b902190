"""All places of Intel's vision harnesses on the loopback interface: Git repositories of the stand-ins in vision/, files, a conda package."""
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile

import conda_channel
from git_server import GitServer, Repository
from job import INFERENCE, Job, packed

HERE = pathlib.Path(__file__).resolve().parent / "vision"
DEMO = HERE.parents[2] / "recipes/dataset/get-dataset-openimages/demo"
RESULTS = "mlcommons/inference_results_v3.1"
CODE = "closed/Intel/code"
PATCHES = {
    "pytorch-76869.diff": "https://github.com/pytorch/pytorch/pull/76869.diff",
    "pytorch-78cad998.patch": "https://github.com/pytorch/pytorch/commit/78cad998e505b667d25ac42f8aaa24409f5031e1.patch",
    "input_output_aligned_scales.patch": f"https://raw.githubusercontent.com/{RESULTS}/b0e57561e433763d365c17362dd5ce8449259926/{CODE}/resnet50/pytorch-cpu/input_output_aligned_scales.patch",
    "runtime_ignore_dequant_check.patch": f"https://raw.githubusercontent.com/{RESULTS}/b0e57561e433763d365c17362dd5ce8449259926/{CODE}/retinanet/pytorch-cpu/runtime_ignore_dequant_check.patch",
}
# The commits that the recipes name, by repository.
COMMITS = {
    "pytorch/pytorch": ["67ece03c8cd632cce9523cd96efde6f2d1cc8121"],
    "pytorch/vision": ["da3794e90c7cf69348f5446471926729c55f243e", "8e078971b8aebdeb1746fea58851e3754f103053"],
    "intel/intel-extension-for-pytorch": ["1279c5824f1bcb61cd8990f4148abcadf3f214a4", "8bf7cc85a756719851ae85dd20552a76b8903116"],
    "Tencent/rapidjson": ["e4bde977440d4a00f820b6586899e48a972d2493"],
    "gflags/gflags": ["a738fdf9338412f83ab3f26f31ac11ed3f3ec4bd"],
    "opencv/opencv": ["f9a59f2592993d3dcc080e495f4f5e02dd8ec7ef"],
    "oneapi-src/oneDNN": ["52b5f107dd9cf10910aaa19cb47f3abf9b349815"],
    "mlcommons/inference": ["ce189bda3e3519b3b363e9f7ecf533c1cb0ab57e"],  # v3.1
    RESULTS: ["b0e57561e433763d365c17362dd5ce8449259926"],
}
CONDA = "https://conda.anaconda.org/conda-forge/linux-64/stand-in-1.0-0.tar.bz2"
IMAGES = 1024  # of ImageNet; as many as the rules want in memory
LOADGEN = "4.0.1"  # the newest package whose LoadGen reads mlperf.conf and user.conf
AUX = "https://armi.in/files/caffe_ilsvrc12.tar.gz"
BUCKET = "open-images-dataset.s3.amazonaws.com"
ZIP = "https://github.com/mlcommons/inference/releases/download/v2.1/openimages-mlperf_annotations_2.1.json.zip"


def image_name(number):
    return f"ILSVRC2012_val_{number:08}.JPEG"


def loadgen_files(cache):
    """{name: bytes} of LoadGen's own sources, out of its package."""
    folder = cache / f"mlcommons_loadgen-{LOADGEN}"
    if not (folder / "loadgen.h").exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", cache, f"mlcommons-loadgen=={LOADGEN}"], check=True)
        with tarfile.open(cache / f"mlcommons_loadgen-{LOADGEN}.tar.gz") as archive:
            archive.extractall(cache, filter="data")
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    return files | {"CMakeLists.txt": (HERE / "both/CMakeLists.txt").read_bytes()}


def mlperf_conf():
    """The seeds of v3.1, and a run that is long after a second instead of ten minutes."""
    seeds = re.findall(r"^  (\w+_rng_seed): (\d+)$", (HERE.parents[2] / "recipes/rounds/v3.1.yaml").read_text(), re.M)
    lines = [f"*.*.{name} = {value}" for name, value in seeds]
    lines += ["resnet50.*.performance_sample_count_override = 1024", "retinanet.*.performance_sample_count_override = 64",
              "*.Offline.min_duration = 1000", "*.Offline.min_query_count = 1"]
    return ("\n".join(lines) + "\n").encode()


def conda_files(folder):
    """Of an environment what the steps use: the system's Python by another name, and libraries of machine code."""
    source, library = folder / "library.cc", folder / "library.so"
    source.write_text('extern "C" int stand_in() { return 1; }\n')
    files = {"bin/python": b'#!/bin/sh\nexec /usr/bin/python3 "$@"\n'}
    for name in ("jemalloc", "iomp5", "mkl_intel_lp64"):
        subprocess.run(["g++", "-shared", "-fPIC", f"-Wl,-soname,lib{name}.so", "-o", library, source], check=True)
        files[f"lib/lib{name}.so"] = library.read_bytes()
    return files


class VisionSite:
    """The servers, and a run directory whose mirrors and lock lead to them."""

    def __init__(self, bench, files):
        self.bench, self.files, served = bench, files, bench.dir / "served"
        served.mkdir()
        self.git = GitServer(served)
        github = [f"https://github.com/{place}/={files.url}/github.com/{place}/" for place in ("pytorch/pytorch/pull", "pytorch/pytorch/commit", "mlcommons/inference/releases")]
        self.job = Job(bench, files, [*github, f"https://github.com/={self.git.url}/smart/"])
        self.repositories = {}
        for name in ("oneapi-src/oneDNN", *(n for n in COMMITS if n != "oneapi-src/oneDNN")):
            self.serve(name, served)
        for name, url in PATCHES.items():
            self.job.file(url, (HERE / "patches" / name).read_bytes())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.git.__exit__()

    def serve(self, name, served):
        """The stand-in of a repository at its real path; each commit that a recipe names is one of its."""
        (served / name).parent.mkdir(exist_ok=True)
        repository = self.repositories[name] = Repository(self.bench.dir, served, name)
        files = {str(p.relative_to(HERE / name)): p.read_bytes() for p in (HERE / name).rglob("*") if p.is_file()}
        if name == RESULTS:
            files |= {f"{CODE}/{model}/pytorch-cpu/src/include/runner.hpp": (HERE / "both/runner.hpp").read_bytes() for model in ("resnet50", "retinanet")}
        if name == "mlcommons/inference":
            files = {"mlperf.conf": mlperf_conf()} | {f"loadgen/{path}": body for path, body in loadgen_files(self.bench.cache / "loadgen").items()}
        commit = repository.commit(files)
        if name == "intel/intel-extension-for-pytorch":
            repository.git("submodule", "add", "-q", self.repositories["oneapi-src/oneDNN"].bare, "third_party/llga")
            repository.git("config", "-f", ".gitmodules", "submodule.third_party/llga.url", "https://github.com/oneapi-src/oneDNN")
            commit = repository.commit({})
        for named in COMMITS[name]:
            self.job.entries[f"commit {named} of https://github.com/{name}"] = {"commit": commit, "stand_in": True}

    def conda(self):
        """One package stands in for every conda environment that a request asks for."""
        _, body = conda_channel.package("stand-in", "1.0", "linux-64", [], conda_files(self.bench.dir))
        self.files.bytes[CONDA.removeprefix("https://")] = body
        return {"lines": [f"{CONDA} {hashlib.sha256(body).hexdigest()} {len(body)}"]}

    def configure(self, *request):
        """The locks of conda environments are asked for by what they should have; here all have the one package."""
        try:
            return self.job.configure(*request)
        except AssertionError as why:
            missing = re.findall(r"no entry for: (conda-environment .*?)  \[not-locked\]", str(why))
            if not missing:
                raise
            entry = self.conda()
            self.job.entries.update({key: entry for key in missing})
            return self.job.configure(*request)

    def imagenet(self):
        """The images of the run and three others for calibration, in a folder of the user; the file of an image holds its class."""
        folder, job = self.bench.dir / "imagenet", self.job
        folder.mkdir()
        calibration = {40000 + n: n for n in range(3)}
        for number, label in {**{n: n % 3 for n in range(1, IMAGES + 1)}, **calibration}.items():
            (folder / image_name(number)).write_text(f"{label}\n")
        # The program is right about all images but the last.
        labels = {n: n % 3 for n in range(1, IMAGES)} | {IMAGES: 2, **calibration}
        val = "".join(f"{image_name(n)} {label}\n" for n, label in labels.items())
        aux = packed("a.tar.gz", {"val.txt": val.encode(), "synsets.txt": b"n01440764\nn01443537\nn01484850\n"})
        job.file(AUX, aux)
        job.file(f"{INFERENCE}/calibration/ImageNet/cal_image_list_option_2.txt", "".join(f"{image_name(n)} {c}\n" for n, c in calibration.items()).encode())
        job.file("https://zenodo.org/record/4588417/files/resnet50-19c8e357.pth", b'{"weights": "resnet50"}\n')
        return folder

    def openimages(self):
        """The demo's images at the places of Open Images: all to run, and two of them as those of the training set."""
        job, document = self.job, json.loads((DEMO / "annotations/openimages-mlperf.json").read_text())
        names = [pathlib.PurePosixPath(image["file_name"]).name for image in document["images"]]
        for name in names:
            self.files.bytes[f"{BUCKET}/validation/{name}"] = self.files.bytes[f"{BUCKET}/train/{name}"] = (DEMO / "validation/data" / name).read_bytes()
        for image, name in zip(document["images"], names):
            image["file_name"] = name
        job.file(ZIP, packed("a.zip", {"openimages-mlperf.json": json.dumps(document).encode()}))
        job.file(f"{INFERENCE}/calibration/openimages/openimages_cal_images_list.txt", "".join(f"{name}\n" for name in names[8:10]).encode())
        job.file("https://storage.googleapis.com/openimages/v5/class-descriptions-boxable.csv", f"/m/1,{document['categories'][0]['name']}\n".encode())
        rows = [f"{pathlib.PurePosixPath(name).stem},xclick,/m/1,1,0.25,0.75,0.25,0.75,0,0,0,0,0" for name in names[8:10]]
        head = "ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepiction,IsInside"
        job.file("https://storage.googleapis.com/openimages/v6/oidv6-train-annotations-bbox.csv", "\n".join([head, *rows, ""]).encode())
        job.file("https://zenodo.org/record/6617981/files/resnext50_32x4d_fpn.pth", b'{"weights": "retinanet"}\n')
        return names
