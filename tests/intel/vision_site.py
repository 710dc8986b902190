"""All places of Intel's vision harnesses: the repositories of the stand-ins in vision/, ImageNet,
Open Images and weights."""
import json
import pathlib

from fetch.job import INFERENCE, packed
from intel.site_of_intel import (CODE, HERE, RESULTS, RESULTS_COMMIT, Site, loadgen_files,
                                 mlperf_conf)
from places import ROOT

DEMO = ROOT / "recipes/dataset/get-dataset-openimages/demo"
ALIGNED, UNCHECKED = "input_output_aligned_scales.patch", "runtime_ignore_dequant_check.patch"
PATCHES = {
    "pytorch-76869.diff": "https://github.com/pytorch/pytorch/pull/76869.diff",
    "pytorch-78cad998.patch": "https://github.com/pytorch/pytorch/commit/78cad998e505b667d25ac42f8aaa24409f5031e1.patch",
    ALIGNED: f"{CODE}/resnet50/pytorch-cpu/{ALIGNED}",
    UNCHECKED: f"{CODE}/retinanet/pytorch-cpu/{UNCHECKED}",
}
# The commits that the recipes name, by repository.
COMMITS = {
    "pytorch/pytorch": ["67ece03c8cd632cce9523cd96efde6f2d1cc8121"],
    "pytorch/vision": [
        "da3794e90c7cf69348f5446471926729c55f243e", "8e078971b8aebdeb1746fea58851e3754f103053"
    ],
    "intel/intel-extension-for-pytorch": [
        "1279c5824f1bcb61cd8990f4148abcadf3f214a4", "8bf7cc85a756719851ae85dd20552a76b8903116"
    ],
    "Tencent/rapidjson": ["e4bde977440d4a00f820b6586899e48a972d2493"],
    "gflags/gflags": ["a738fdf9338412f83ab3f26f31ac11ed3f3ec4bd"],
    "opencv/opencv": ["f9a59f2592993d3dcc080e495f4f5e02dd8ec7ef"],
    "oneapi-src/oneDNN": ["52b5f107dd9cf10910aaa19cb47f3abf9b349815"],
    "mlcommons/inference": ["ce189bda3e3519b3b363e9f7ecf533c1cb0ab57e"],  # v3.1
    RESULTS: [RESULTS_COMMIT],
}
IMAGES = 1024  # of ImageNet; as many as the rules want in memory
AUX = "https://armi.in/files/caffe_ilsvrc12.tar.gz"
BUCKET = "open-images-dataset.s3.amazonaws.com"
ZIP = "https://github.com/mlcommons/inference/releases/download/v2.1/openimages-mlperf_annotations_2.1.json.zip"


def image_name(number):
    return f"ILSVRC2012_val_{number:08}.JPEG"


# A run that is long after a second instead of ten minutes.
SETTINGS = [
    "resnet50.*.performance_sample_count_override = 1024",
    "retinanet.*.performance_sample_count_override = 64", "*.Offline.min_duration = 1000",
    "*.Offline.min_query_count = 1"
]
SUBMODULES = {"intel/intel-extension-for-pytorch": {"third_party/llga": "oneapi-src/oneDNN"}}


class VisionSite(Site):
    def __init__(self, bench, files):
        places = ("pytorch/pytorch/pull", "pytorch/pytorch/commit", "mlcommons/inference/releases")
        super().__init__(
            bench, files, HERE / "vision",
            [f"https://github.com/{place}/={files.url}/github.com/{place}/" for place in places])
        runner = (self.folder / "both/runner.hpp").read_bytes()
        more = {
            RESULTS: {
                f"closed/Intel/code/{model}/pytorch-cpu/src/include/runner.hpp": runner
                for model in ("resnet50", "retinanet")
            }, "mlcommons/inference": {
                "mlperf.conf": mlperf_conf(*SETTINGS), **loadgen_files(bench.cache / "loadgen")
            }
        }
        for name in ("oneapi-src/oneDNN", *(n for n in COMMITS if n != "oneapi-src/oneDNN")):
            self.serve(name, COMMITS[name], more.get(name), SUBMODULES.get(name))
        for name, url in PATCHES.items():
            self.job.file(url, (self.folder / "patches" / name).read_bytes())

    def imagenet(self):
        """The images of the run and three others for calibration, in a folder of the user; the file
        of an image holds its class."""
        folder, job = self.bench.dir / "imagenet", self.job
        folder.mkdir()
        calibration = {40000 + n: n for n in range(3)}
        for number, label in {**{n: n % 3 for n in range(1, IMAGES + 1)}, **calibration}.items():
            (folder / image_name(number)).write_text(f"{label}\n")
        # The program is right about all images but the last.
        labels = {n: n % 3 for n in range(1, IMAGES)} | {IMAGES: 2, **calibration}
        val = "".join(f"{image_name(n)} {label}\n" for n, label in labels.items())
        aux = packed("a.tar.gz",
                     {"val.txt": val.encode(), "synsets.txt": b"n01440764\nn01443537\nn01484850\n"})
        job.file(AUX, aux)
        job.file(f"{INFERENCE}/calibration/ImageNet/cal_image_list_option_2.txt",
                 "".join(f"{image_name(n)} {c}\n" for n, c in calibration.items()).encode())
        job.file("https://zenodo.org/record/4588417/files/resnet50-19c8e357.pth",
                 b'{"weights": "resnet50"}\n')
        return folder

    def openimages(self):
        """The demo's images at the places of Open Images: all to run, and two of them as those of
        the training set."""
        job, document = self.job, json.loads(
            (DEMO / "annotations/openimages-mlperf.json").read_text())
        names = [pathlib.PurePosixPath(image["file_name"]).name for image in document["images"]]
        for name in names:
            self.files.bytes[f"{BUCKET}/validation/{name}"] = self.files.bytes[
                f"{BUCKET}/train/{name}"] = (DEMO / "validation/data" / name).read_bytes()
        for image, name in zip(document["images"], names):
            image["file_name"] = name
        job.file(ZIP, packed("a.zip", {"openimages-mlperf.json": json.dumps(document).encode()}))
        job.file(f"{INFERENCE}/calibration/openimages/openimages_cal_images_list.txt",
                 "".join(f"{name}\n" for name in names[8:10]).encode())
        job.file("https://storage.googleapis.com/openimages/v5/class-descriptions-boxable.csv",
                 f"/m/1,{document['categories'][0]['name']}\n".encode())
        rows = [
            f"{pathlib.PurePosixPath(name).stem},xclick,/m/1,1,0.25,0.75,0.25,0.75,0,0,0,0,0"
            for name in names[8:10]
        ]
        head = ("ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,"
                "IsGroupOf,IsDepiction,IsInside")
        job.file("https://storage.googleapis.com/openimages/v6/oidv6-train-annotations-bbox.csv",
                 "\n".join([head, *rows, ""]).encode())
        job.file("https://zenodo.org/record/6617981/files/resnext50_32x4d_fpn.pth",
                 b'{"weights": "retinanet"}\n')
        return names
