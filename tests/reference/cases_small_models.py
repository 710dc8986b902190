"""Cases of upstream's own programs, unmodified, started by mlpgen for ResNet50, BERT and 3D U-Net:
small models and data under the real URLs' paths."""
import json
import pathlib
import re
import shutil
import struct

from places import MLPGEN, ROOT, TOOL
from store.bench import Bench
from fetch.file_server import FileServer
from reference.cases_implementation import run
from fetch.job import Job, packed

MAKE = pathlib.Path(__file__).resolve().parent / "make_small_models.py"
TENSORS = MAKE.with_name("imagenet_tensors.py")
PREPROCESS = ROOT / "recipes/dataset/get-preprocessed-dataset-imagenet/src/preprocess_imagenet.py"
DEBIAN_PYTHON = "/usr/bin/python3"
PICTURES = ROOT / "recipes/dataset/get-dataset-openimages/demo/validation/data"
IMAGES = 12
ZENODO = "https://zenodo.org/record"
LABELS = "https://armi.in/files/caffe_ilsvrc12.tar.gz"
SQUAD = "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/master/dataset/dev-v1.1.json"
UNET = f"{ZENODO}/5597155/files/3dunet_kits19_128x128x128_dynbatch.onnx?download=1"
F1 = r'"f1": \d+(\.\d+)?}'
LENGTH = 384  # tokens of a BERT sample
CLASSES = """
import json, onnxruntime as rt, sys, numpy as np
s = rt.InferenceSession(sys.argv[1])
best = lambda f: s.run(['ArgMax:0'], {'input_tensor:0': np.load(f)[None]})[0][0]
print(json.dumps([int(best(f)) - 1 for f in sys.argv[2:]]))
"""


class Reference:
    """A job of the reference on what a server of the test serves, with the sources of `upstream`.
    """
    def __init__(self, upstream, scratch, name, files):
        self.upstream, self.name = upstream, name
        self.server = FileServer({})
        bench = Bench(TOOL, scratch / "small", scratch / "cache")
        self.job = Job(bench, self.server, run=name)
        for url, body in files.items():
            self.job.file(url, body)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        self.job.bench.remove()

    def configure(self, *words):
        request = [
            "run-mlperf-inference-app", "--implementation=reference", "--scenario=Offline",
            "--execution_mode=test", f"--with_inference_src={self.upstream.checkout}", *words
        ]
        self.job.call(MLPGEN, "lock", "-C", self.job.run_dir, *request)
        self.job.configure(*request)

    def edges(self):
        return [
            json.loads(line)
            for line in (self.job.run_dir / ".mlpgen/plan").read_text().splitlines()
        ]

    def score(self, pattern):
        """The line of the reference's own program on the accuracy run that has the score."""
        self.job.ninja("accuracy")
        [edge
         ] = [edge for edge in self.edges() if edge["name"] == "process-mlperf-accuracy/reference"]
        text = (self.job.run_dir / edge["directory"] / "accuracy.txt").read_text()
        [line] = [line for line in text.splitlines() if re.search(pattern, line)]
        return line

    def make(self, *words):
        """Both runs; {sample: bytes} of the accuracy run."""
        self.configure(*words)
        [accuracy
         ] = [edge for edge in self.edges() if edge["name"] == "benchmark-program-mlperf/accuracy"]
        self.job.ninja("performance", f"{accuracy['directory']}/mlperf_log_accuracy.json")
        log = json.loads(
            (self.job.run_dir / accuracy["directory"] / "mlperf_log_accuracy.json").read_text())
        return {entry["qsl_idx"]: bytes.fromhex(entry["data"]) for entry in log}

    def rate(self):
        [text] = self.job.run_dir.glob("results/*/performance/mlperf_log_summary.txt")
        return next(line for line in text.read_text().splitlines()
                    if line.startswith("Samples per second"))


def small_models(scratch):
    folder = scratch / "small-models"
    if not folder.exists():
        run(DEBIAN_PYTHON, "-B", MAKE, folder)
    return folder


def imagenet(scratch):
    """A folder with IMAGES pictures under ImageNet's names, and the archive of their labels."""
    folder = scratch / "imagenet"
    folder.mkdir(exist_ok=True)
    lines = []
    for number, picture in enumerate(sorted(PICTURES.glob("*.jpg"))[:IMAGES], 1):
        name = f"ILSVRC2012_val_{number:08}.JPEG"
        (folder / name).write_bytes(picture.read_bytes())
        lines.append(f"{name} {number}\n")
    return folder, packed(
        "labels.tar.gz",
        {"val.txt": "".join(lines).encode(), "synset_words.txt": b"n00000000 thing\n"})


def case_resnet50_with_onnxruntime(bench):
    model = small_models(bench.scratch) / "resnet50_v1.onnx"
    images, labels = imagenet(bench.scratch)
    with Reference(
            bench.upstream, bench.scratch, "resnet50-onnxruntime",
        {f"{ZENODO}/4735647/files/resnet50_v1.onnx": model.read_bytes(), LABELS: labels}) as job:
        found = job.make("--model=resnet50", "--backend=onnxruntime",
                         f"--env.IMAGENET_PATH={images}",
                         f"--adr.imagenet-preprocessed.tags=_size.{IMAGES}")
        [samples] = job.job.run_dir.glob("out/get-mlperf-reference-samples/*/samples")
        files = sorted(samples.glob("*.npy"))
        wanted = json.loads(run(bench.upstream.python, "-c", CLASSES, model, *files))
        classes = [int(struct.unpack("<f", found[index])[0]) for index in range(IMAGES)]
        assert classes == wanted and len(set(wanted)) > 1, (classes, wanted)
        print(f"    {IMAGES} images, {len(set(classes))} classes, those of the model; {job.rate()}")


def case_imagenets_tensors_are_those_of_upstreams_functions(bench):
    """The two preprocessings that ResNet50's rows take; the shared OpenCV is Debian's."""
    images, _ = imagenet(bench.scratch)
    listed = bench.scratch / "val.txt"
    listed.write_text("".join(f"{path.name} {number}\n"
                              for number, path in enumerate(sorted(images.iterdir()))))
    ways = {
        "pre_process_vgg": ["--layout", "NCHW", "--means", "123.68 116.78 103.94"],
        "pre_process_imagenet_tflite_tpu": [
            "--layout", "NHWC", "--means", "123.68 116.779 103.939", "--interpolation", "linear",
            "--order", "BGR"
        ]
    }
    compared = []
    for function, words in ways.items():
        out = bench.scratch / function
        shutil.rmtree(out, ignore_errors=True)
        run(DEBIAN_PYTHON, "-B", PREPROCESS, "--images", images, "--list", listed, "--count",
            IMAGES, "--out", out, *words)
        compared.append(f"{function}={out}")
    dataset = bench.upstream.checkout / "vision/classification_and_detection/python/dataset.py"
    print("    " + run(DEBIAN_PYTHON, "-B", TENSORS, dataset, listed, images, *
                       compared).strip().replace("\n", "\n    "))


def squad():
    """A data set of three questions, and a vocabulary of letters."""
    text = "the mill by the river was built in the year of the flood and it grinds corn"
    questions = ["when was the mill built", "what does it grind", "where is the mill"]
    answers = [[{"text": "the year of the flood", "answer_start": text.index("the year")}],
               [{"text": "corn", "answer_start": text.index("corn")}],
               [{"text": "by the river", "answer_start": text.index("by the river")}]]
    asked = [{"id": f"q{i}", "question": q, "answers": a}
             for i, (q, a) in enumerate(zip(questions, answers))]
    letters = [chr(c) for c in range(ord("a"), ord("z") + 1)]
    words = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters,
        *(f"##{letter}" for letter in letters)
    ]
    document = {
        "version": "1.1",
        "data": [{"title": "mill", "paragraphs": [{"context": text, "qas": asked}]}]
    }
    return {
        SQUAD: json.dumps(document).encode(),
        f"{ZENODO}/3733868/files/vocab.txt": "".join(f"{word}\n" for word in words).encode()
    }


def check_logits(found):
    """Two float32 a token, start and end, for each of the questions; not the same for all."""
    assert len(found) == 3 and all(len(data) == 2 * 4 * LENGTH for data in found.values()), {
        k: len(v)
        for k, v in found.items()
    }
    assert len(set(found.values())) == 3


def case_bert_with_onnxruntime(bench):
    model = small_models(bench.scratch) / "model.onnx"
    with Reference(bench.upstream, bench.scratch, "bert-onnxruntime",
                   {f"{ZENODO}/3733910/files/model.onnx": model.read_bytes(), **squad()}) as job:
        check_logits(
            job.make("--model=bert-99", "--backend=onnxruntime", "--adr.pytorch.tags=_debian"))
        print(f"    3 questions; {job.rate()}; accuracy-squad.py: {job.score(F1)}")


def case_3d_unet_with_onnxruntime(bench):
    """The model finds in each voxel what its brightness is, so the Dice is known before."""
    model, volumes = small_models(bench.scratch) / "3dunet.onnx", bench.scratch / "volumes"
    shutil.rmtree(volumes, ignore_errors=True)
    kidney, tumor = json.loads(run(DEBIAN_PYTHON, "-B", MAKE.with_name("make_volumes.py"), volumes))
    with Reference(bench.upstream, bench.scratch, "3d-unet-onnxruntime",
                   {UNET: model.read_bytes()}) as job:
        found = job.make("--model=3d-unet-99", "--backend=onnxruntime",
                         f"--env.KITS19_PREPROCESSED_PATH={volumes}")
        assert [len(data) for data in found.values()] == [128**3] * 2
        line = job.score("^Accuracy:")
        assert line == (f"Accuracy: mean = {(kidney + tumor) / 2:.5f}, kidney = {kidney:.4f}, "
                        f"tumor = {tumor:.4f}"), (line, kidney, tumor)
        print(f"    2 volumes; {job.rate()}; accuracy_kits.py: {line}")
