"""What the variations that make the demo anew make: the data set's committed bytes; the model's, or
its mAP.

Each case is a function of a scratch folder that raises AssertionError, or Skip where this machine
cannot run it.
"""
import json
import os
import re
import subprocess

import ran
from places import MLPGEN, ROOT, Skip
from reference.upstream import python_environment

DATASET = ROOT / "recipes/dataset/get-dataset-openimages/demo"
MODEL = ROOT / "recipes/model/get-ml-model-retinanet/demo"
MAP_TOLERANCE = 0.03  # of a model that another processor, thread count or version trained


def environment(scratch):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLPGEN_", "CM_"))}
    return kept | {
        "MLPGEN_STORE": str(scratch / "store"), "MLPGEN_MACHINE_LOCK": str(scratch / "lock/machine")
    }


def run(words, scratch):
    done = subprocess.run([str(w) for w in words], env=environment(scratch),
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    return done.returncode, done.stdout


def configure(scratch, name, *words):
    """A run directory of that request, unless a Debian package is missing that the request needs.
    """
    directory = scratch / name
    code, text = run([MLPGEN, "configure", *words, "-C", directory], scratch)
    if code == 1 and "[tool-not-found]" in text:
        raise Skip(", ".join(sorted(set(re.findall(r"apt-get install .*", text)))))
    assert code == 0, text
    return directory


def build(directory, scratch):
    code, text = run(["ninja", "-C", directory], scratch)
    assert code == 0, text
    code, text = run(["ninja", "-C", directory], scratch)
    assert code == 0 and "no work to do" in text, text
    ran.note(directory)


def made_by(directory, step):
    """The folder that the step of that name fills."""
    plan = [json.loads(line) for line in (directory / ".mlpgen/plan").read_text().splitlines()]
    return directory / next(s["directory"] for s in plan if s["name"] == step) / "tree"


def files(folder):
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in folder.rglob("*") if p.is_file()
    }


def the_variation_demo_made_makes_the_committed_images(scratch):
    directory = configure(scratch, "data", "get,dataset,openimages,original,_demo-made")
    build(directory, scratch)
    committed = {
        f"{part}/{name}": data
        for part in ("validation", "annotations") for name, data in files(DATASET / part).items()
    }
    made = files(made_by(directory, "get-dataset-openimages/scenes"))
    assert made.keys() == committed.keys(), sorted(made.keys() ^ committed.keys())[:5]
    assert made == committed, [name for name in made if made[name] != committed[name]][:5]


def the_preset_demo_made_makes_images_and_model(scratch):
    directory = configure(scratch, "preset", "--preset=demo-made")
    plan = (directory / ".mlpgen/plan").read_text()
    images, model = (made_by(directory, step).relative_to(directory).as_posix()
                     for step in ("get-dataset-openimages/scenes",
                                  "get-ml-model-retinanet/training"))
    runs = [
        s for s in map(json.loads, plan.splitlines())
        if "mlcommons-cpp/" in s["name"] and s["name"].endswith("accuracy")
    ]
    assert len(runs) == 1 and f"{model}/model.onnx" in runs[0]["argv"], runs
    assert any(images in word for s in map(json.loads, plan.splitlines())
               if "preprocessed" in s["name"]
               for word in s["argv"]), "the preprocessing reads other images"


def the_variation_demo_trained_trains_the_committed_model(scratch):
    """Ten minutes on one idle core."""
    directory = configure(scratch, "model", "get,ml-model,retinanet,_demo-trained")
    build(directory, scratch)
    made = made_by(directory, "get-ml-model-retinanet/training") / "model.onnx"
    if made.read_bytes() == (MODEL / "model.onnx").read_bytes():
        print("    the same bytes as the committed model", flush=True)
        return
    trained, committed = mean_precision(made), mean_precision(MODEL / "model.onnx")
    print(f"    other bytes than the committed model; mAP {trained}, committed {committed}",
          flush=True)
    assert abs(trained - committed) <= MAP_TOLERANCE, (trained, committed)


def mean_precision(model):
    done = subprocess.run([python_environment(), "-B", MODEL / "evaluate.py", model, DATASET],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return float(re.search(r"mAP (\d\.\d+)", done.stdout)[1])
