"""Scripts of the recipes: what they refuse, and that training is repeatable."""
import json
import pathlib
import pickle
import struct
import subprocess

from places import ROOT

SCORE = ROOT / "recipes/accuracy/process-mlperf-accuracy/src/score_imagenet.py"
MAKE_ONNX = ROOT / "recipes/model/get-ml-model-efficientnet/src/make_onnx.py"
MAKE_MODEL = ROOT / "recipes/model/get-ml-model-resnet50/fashion-mnist/make_model.py"
IDX_FILE = ROOT / "recipes/dataset/get-dataset-fashion-mnist/src"
FASHION_MNIST = pathlib.Path("/usr/share/datasets/fashion-mnist")


def run(*words, **more):
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, **more)
    return done.returncode, done.stdout + done.stderr


def score(jobs, log, labels):
    """Exit code and words of the script for a log [(index, class or bytes)] and the labels."""
    folder = jobs.folder / "score"
    folder.mkdir(parents=True, exist_ok=True)
    entries = [{
        "seq_id": i, "qsl_idx": index,
        "data": (found if isinstance(found, bytes) else struct.pack("<f", found)).hex().upper()
    } for i, (index, found) in enumerate(log)]
    (folder / "log.json").write_text(json.dumps(entries))
    (folder / "labels.txt").write_text(labels)
    return run("python3", "-E", "-s", "-B", SCORE, "--log", folder / "log.json", "--labels",
               folder / "labels.txt", "--out", folder / "out")


def case_a_sample_is_scored_once_and_only_what_the_log_has(jobs):
    labels = "a.jpg 3\nb.jpg 0\nc.jpg 999\nd.jpg 7\n"
    assert score(jobs, [(2, 999), (0, 3), (1, 1), (0, 5), (2, 999)],
                 labels) == (0, "accuracy=66.667%, good=2, total=3\n")
    told = json.loads((jobs.folder / "score/out/results.json").read_text())
    assert told["repeated_responses"] == 2 and told["wrong"] == [{
        "index": 1, "name": "b.jpg", "class": 0, "found": 1
    }], told


def case_a_class_may_be_an_integer(jobs):
    """Eight bytes are one, as accuracy-imagenet.py reads them with --dtype int64."""
    assert score(jobs, [(0, struct.pack("<q", 3)), (1, struct.pack("<q", 999))],
                 "a 3\nb 998\n") == (0, "accuracy=50.000%, good=1, total=2\n")


def case_a_log_that_does_not_fit_is_refused(jobs):
    for log, labels, why in (([(4, 1)], "a 1\n", "sample 4 is not among the 1 labels"), ([
        (0, b"\0\0")
    ], "a 1\n", "2 bytes are not one float32"), ([], "a 1\n", "holds no responses"),
                             ([(0, 1)], "a 1\nb\n", "labels.txt:2 is not `NAME CLASS`")):
        code, said = score(jobs, log, labels)
        assert code == 1 and why in said, (code, said)


def legacy(weights, cut=0):
    """A file as PyTorch wrote it before version 1.6; `weights` is pickled in place of the tensors.
    """
    head = [pickle.dumps(part, 2) for part in (0x1950A86A20F9469CFC6C, 1001, {})]
    data = b"".join(head) + weights + pickle.dumps([], 2)
    return data[:len(data) - cut]


def case_a_file_of_weights_runs_no_code_and_may_not_be_damaged(jobs):
    """The published file, cut; a file that calls the shell; a file of something else."""
    job = jobs.submitted("efficientnet")
    python = job.made("get-ml-model-efficientnet/environment/environment") / "venv/bin/python"
    [published] = (job.made("get-ml-model-efficientnet/weights") / "files").glob("*.pth")
    folder = jobs.folder / "weights"
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / "ran"
    shell = b"cos\nsystem\n(S'touch " + str(mark).encode() + b"'\ntR."
    for body, why in ((published.read_bytes()[:-1000], "the file is cut short"),
                      (legacy(shell), "asks for os.system"), (b"no pickle", "no file of weights"),
                      (pickle.dumps(5, 2), "no file that PyTorch saved"), (legacy(b"", cut=1),
                                                                           "no file of weights")):
        (folder / "w.pth").write_bytes(body)
        code, said = run(python, "-E", "-s", "-B", MAKE_ONNX, "--weights", folder / "w.pth",
                         "--out", folder / "out")
        assert code == 1 and f"error: {folder}/w.pth: " in said and why in said and not (
            folder / "out").exists(), (why, said)
    assert not mark.exists(), "the file's own code ran"
    assert run(python, "-E", "-s", "-B", MAKE_ONNX, "--weights", published, "--out",
               folder / "again")[0] == 0
    made = job.made("get-ml-model-efficientnet/onnx") / "tree/efficientnet-lite0.onnx"
    assert (folder / "again/efficientnet-lite0.onnx"
            ).read_bytes() == made.read_bytes(), "the same weights gave another model"


def case_training_gives_the_same_bytes_again(jobs):
    """40 of its 2,400 steps."""
    jobs.submitted("fashion-mnist")  # skips where Debian's packages are missing
    files = [
        FASHION_MNIST / "train-images-idx3-ubyte.gz", FASHION_MNIST / "train-labels-idx1-ubyte.gz"
    ]
    models = []
    for name in ("once", "twice"):
        out = jobs.folder / "training" / name
        code, said = run("/usr/bin/python3", "-s", "-B", MAKE_MODEL, *files, "--steps", 40, "--out",
                         out, env={"PYTHONPATH": str(IDX_FILE), "PATH": "/usr/bin:/bin"})
        assert code == 0 and "step 40/40" in said, said
        models.append((out / "model.onnx").read_bytes())
    assert models[0] == models[1]
