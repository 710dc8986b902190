"""MLPerf's ResNet50 from ImageNet, end to end, with small stand-ins served at the real URLs' paths.

The stand-in of the model names the background 0 and then the brightness of the image: class 1 +
brightness of 1001, which the log must hold as the brightness. The images are of one colour each, so
that no decoder or resizing changes it.
"""
import hashlib
import io
import json
import subprocess
import tarfile

from fetch.file_server import FileServer
from classification.jobs import CPP

BRIGHTNESS = [10 + 23 * i for i in range(10)]
WRONG = {3: 500, 7: 0}  # the labels of these images are not what the model finds
MEAN_RED = 123.68  # what the preprocessing subtracts
MODELS = {
    "NCHW": "https://zenodo.org/record/4735647/files/resnet50_v1.onnx",
    "NHWC": "https://drive.usercontent.google.com/download?id=15wZ_8Vt12cb10IEBsln8wksD1zGwlbOM&confirm=t"
}
IMAGES = "http://cKnowledge.org/ai/data/ILSVRC2012_img_val_500.tar"
LABELS = "https://armi.in/files/caffe_ilsvrc12.tar.gz"

MAKE_MODEL = """
import sys, numpy as np, onnx
from onnx import TensorProto, helper, numpy_helper
layout, path = sys.argv[1:]
axes, shape = ([2, 3], ["n", 3, 224, 224]) if layout == "NCHW" else ([1, 2], ["n", 224, 224, 3])
# -(x - c)^2 is largest for the class whose brightness c is nearest; x^2 is the same for all.
centre = np.arange(1001, dtype=np.float32) - 1 - np.float32(%s)
weights = np.stack([2 * centre, 0 * centre, 0 * centre])
constants = {"first": np.array([0], np.int64), "weights": weights, "bias": -centre * centre}
port = ":0" if layout == "NCHW" else ""
inputs, outputs = "input_tensor" + port, "softmax_tensor" + port
nodes = [helper.make_node("ReduceMean", [inputs], ["colour"], axes=axes, keepdims=0),
         helper.make_node("Gemm", ["colour", "weights", "bias"], ["scores"]),
         helper.make_node("ArgMax", ["scores"], ["ArgMax:0"], axis=1, keepdims=0),
         helper.make_node("Softmax", ["scores"], [outputs], axis=1)]
value = helper.make_tensor_value_info
graph = helper.make_graph(nodes, "stand-in", [value(inputs, TensorProto.FLOAT, shape)],
                          [value("ArgMax:0", TensorProto.INT64, ["n"]),
                           value(outputs, TensorProto.FLOAT, ["n", 1001])],
                          [numpy_helper.from_array(v, k) for k, v in constants.items()])
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
""" % MEAN_RED
MAKE_IMAGES = """
import sys, cv2, numpy
for i, brightness in enumerate(map(int, sys.argv[2:])):
    picture = numpy.full((300 + 20 * i, 400, 3), brightness, numpy.uint8)
    cv2.imwrite(f"{sys.argv[1]}/ILSVRC2012_val_{i + 1:08}.JPEG", picture,
                [cv2.IMWRITE_JPEG_QUALITY, 100])
"""


def tar(files, mode):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            archive.addfile(info, io.BytesIO(body))
    return stream.getvalue()


def call(*words):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def stand_ins(jobs, layout):
    """{URL: bytes}; the Python that makes the model is the one of EfficientNet's conversion."""
    python = jobs.submitted("efficientnet").made(
        "get-ml-model-efficientnet/environment/environment") / "venv/bin/python"
    folder = jobs.folder / "stand-ins"
    folder.mkdir(parents=True, exist_ok=True)
    call("/usr/bin/python3", "-c", MAKE_IMAGES, folder, *BRIGHTNESS)
    call(python, "-c", MAKE_MODEL, layout, folder / f"{layout}.onnx")
    images = {path.name: path.read_bytes() for path in sorted(folder.glob("*.JPEG"))}
    labels = [WRONG.get(i, brightness) for i, brightness in enumerate(BRIGHTNESS)]
    text = "".join(f"{name} {label}\n" for name, label in zip(images, labels))
    return {
        MODELS[layout]: (folder / f"{layout}.onnx").read_bytes(), IMAGES: tar(images, "w"),
        LABELS: tar({"val.txt": text.encode()}, "w:gz")
    }


def run_resnet50(jobs, layout, *words):
    """The run directory of ResNet50 with ten stand-ins of images, its accuracy scored."""
    files = stand_ins(jobs, layout)
    job, lock = jobs.directory(f"resnet50-{layout}"), jobs.folder / f"{layout}.lock"
    entries = {
        f"file {url}": {
            "file_name": url.rsplit("/", 1)[1], "sha256": hashlib.sha256(body).hexdigest(),
            "size": str(len(body)), "stand_in": True
        }
        for url, body in files.items()
    }
    lock.write_text(json.dumps({"format": 1, "entries": entries}))
    with FileServer({url.split("://")[1]: body for url, body in files.items()}) as server:
        mirror = {
            "MLPGEN_MIRROR": f"https://={server.url}/ "
            f"http://cKnowledge.org={server.url}/cKnowledge.org"
        }
        told = job.configure("--model=resnet50", "--implementation=cpp",
                             "--adr.imagenet-preprocessed.tags=_size.10",
                             "--adr.original-dataset.tags=_size.500", "--lock", lock, *words,
                             **mirror)
        assert "stand-in" in told, told
        job.ninja("accuracy", "performance", stand_ins=True, **mirror)
        assert "no work to do" in job.ninja("accuracy", "performance", **mirror)
    return job


def check(jobs, job):
    assert job.classes() == dict(enumerate(map(float, BRIGHTNESS)))
    line, told = job.score()
    assert line == "accuracy=80.000%, good=8, total=10", line
    assert [(w["class"], w["found"])
            for w in told["wrong"]] == [(label, BRIGHTNESS[i]) for i, label in WRONG.items()], told
    if jobs.checkout:
        assert jobs.upstream_score(job) == line
    harness = json.loads((job.made(f"{CPP}/accuracy") / "harness.json").read_text())
    assert harness["test"]["model_name"] == "resnet50" and harness["test"][
        "label_offset"] == -1, harness["test"]
    return harness


def case_resnet50_runs_from_imagenet_and_class_0_is_the_background(jobs):
    harness = check(jobs, run_resnet50(jobs, "NCHW"))
    assert harness["model"]["inputs"] == [{
        "name": "input_tensor:0", "tensor": "float32[?,3,224,224]"
    }], harness["model"]


def case_a_model_that_takes_channels_last_gets_them(jobs):
    """TensorFlow's ResNet50 as ONNX: the layout of the samples follows the model's."""
    harness = check(jobs, run_resnet50(jobs, "NHWC", "--adr.resnet50-model.tags=_from-tf"))
    assert harness["model"]["inputs"] == [{
        "name": "input_tensor", "tensor": "float32[?,224,224,3]"
    }], harness["model"]
