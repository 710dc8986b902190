"""Cases of the preprocessing and of the scoring, and both with the harness on the demo data set."""
import json
import random
import struct

from harness.build import HERE, SCORE
from harness.case import SCENARIOS, refused, run
from places import ROOT, Skip, need_upstream

DEMO_DATA = ROOT / "recipes/dataset/get-dataset-openimages/demo"
DEMO_MODEL = ROOT / "recipes/model/get-ml-model-retinanet/demo/model.onnx"
DEBIAN_PYTHON = "/usr/bin/python3"  # the one that python3-opencv is for
LEAST_DEMO_MAP = 75.0  # percent


def upstream(path):
    """A file of a checkout of mlcommons/inference."""
    return need_upstream("inference") / "vision/classification_and_detection" / path


def demo_data():
    annotations = DEMO_DATA / "annotations/openimages-mlperf.json"
    if not annotations.exists():
        raise Skip("the demo data set is not there")
    return annotations


def same_arrays(annotations, dataset, tensors, layout, *reference):
    done = run([
        DEBIAN_PYTHON, HERE / "compare_arrays.py", annotations, dataset, tensors, layout, *reference
    ])
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def case_tensors_are_the_references_bit_for_bit(bench):
    return "; ".join(
        same_arrays(bench.inputs / "annotations.json", bench.inputs /
                    "images", bench.tensors(layout), layout) for layout in ("NCHW", "NHWC"))


def case_tensors_are_those_of_upstreams_own_function(bench):
    return same_arrays(bench.inputs / "annotations.json", bench.inputs / "images",
                       bench.tensors("NCHW"), "NCHW", upstream("python/dataset.py"))


def case_tensors_of_20_demo_images_are_the_references(bench):
    annotations = demo_data()
    out = bench.folder("demo-tensors") / "t.npy"
    done = bench.preprocess(out, "--limit", 20, dataset=DEMO_DATA, annotations=annotations)
    assert done.returncode == 0, done.stderr
    return same_arrays(annotations, DEMO_DATA, out, "NCHW")


def case_shards_hold_what_the_whole_holds(bench):
    folder = bench.folder("shards")
    sample = 3 * 800 * 800 * 4
    whole = bench.tensors("NCHW").read_bytes()[-22 * sample:]
    parts, names = b"", []
    for shard in range(3):
        out = folder / f"{shard}.npy"
        done = bench.preprocess(out, "--shard", shard, "--shards", 3)
        assert done.returncode == 0, done.stderr
        listed = json.loads(out.with_suffix(".json").read_text())["samples"]
        parts += out.read_bytes()[-len(listed) * sample:]
        names += [(s["index"], s["file_name"]) for s in listed]
    images = json.loads((bench.inputs / "annotations.json").read_text())["images"]
    assert parts == whole
    assert names == [(i, image["file_name"]) for i, image in enumerate(images)]
    log = bench.harness(folder / "run", data=[folder / f"{i}.npy" for i in range(3)])
    assert log.returncode == 0, log.stderr


def case_a_missing_or_broken_image_is_named_and_nothing_is_left(bench):
    folder = bench.folder("broken")
    (folder / "images").mkdir()
    for image in (bench.inputs / "images").iterdir():
        if image.name != "002.jpg":
            (folder / "images" / image.name).symlink_to(image)
    out = folder / "out" / "t.npy"
    out.parent.mkdir()
    refused(bench.preprocess(out, dataset=folder / "images"), 1, "002.jpg is missing or broken")
    (folder / "images/002.jpg").write_text("no picture")
    refused(bench.preprocess(out, dataset=folder / "images"), 1, "002.jpg is missing or broken")
    assert not list(out.parent.iterdir())
    refused(bench.preprocess(out, "--shard", 3, "--shards", 3), 2, "there is no shard 3 of 3")
    refused(bench.preprocess(out, "--layout", "HWC"), 2, "--layout is NCHW or NHWC")
    refused(bench.preprocess(out, "--limit", "5", "--limit", "6"), 2, "given twice")
    refused(bench.preprocess(out, annotations=folder / "absent"), 1, "cannot open the annotations")


def write_log(path, annotations, jitter, keep=1.0, shift=0, extra=0):
    """A log whose detections are the true boxes, moved by up to `jitter` of their size."""
    chance = random.Random(5)
    lines = []
    for index, image in enumerate(annotations["images"]):
        data = b""
        for box in annotations["annotations"]:
            if box["image_id"] != image["id"] or chance.random() >= keep:
                continue
            x, y, w, h = box["bbox"]
            x, y = x + w * chance.uniform(-jitter, jitter), y + h * chance.uniform(-jitter, jitter)
            data += struct.pack("<7f", index, y / image["height"], x / image["width"],
                                (y + h) / image["height"], (x + w) / image["width"],
                                chance.uniform(.1, 1), (box["category_id"] + shift - 1) % 10 + 1)
        for _ in range(extra if data else 0):
            data += struct.pack("<7f", index, .1, .1, .4, .5, chance.uniform(.05, .6),
                                chance.randint(1, 10))
        number = f'"seq_id" : {index}, "qsl_idx" : {index}'
        lines.append(f'{{ {number}, "data" : "{data.hex().upper()}" }}')
    lines.append(lines[0])  # LoadGen may ask twice for a sample
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n")
    return path


def score(bench, log, annotations, out):
    return run([bench.python, SCORE, "--log", log, "--annotations", annotations, "--out", out])


def scored(bench, log, out):
    done = score(bench, log, bench.inputs / "annotations.json", out)
    assert done.returncode == 0, done.stderr
    text = (out / "accuracy.txt").read_text()
    results = json.loads((out / "results.json").read_text())
    line = text.splitlines()[-1]
    assert line == f"mAP={100 * results['metrics']['mAP']:.3f}%", (line, results)
    return line, results


def case_scores_of_known_logs(bench):
    folder = bench.folder("score")
    truth = json.loads((bench.inputs / "annotations.json").read_text())
    perfect = write_log(folder / "perfect.json", truth, 0)
    line, results = scored(bench, perfect, folder / "perfect")
    assert line == "mAP=100.000%" and results["repeated_responses"] == 1, (line, results)
    line, _ = scored(bench, write_log(folder / "wrong.json", truth, 0, shift=1), folder / "wrong")
    assert line == "mAP=0.000%", line
    none = write_log(folder / "none.json", truth, 0, keep=0)
    line, results = scored(bench, none, folder / "none")
    assert line == "mAP=0.000%" and results["images_without_detections"] == 22, (line, results)
    line, _ = scored(bench, write_log(folder / "some.json", truth, .08, extra=3), folder / "some")
    assert 5 < float(line[4:-1]) < 95, line


def case_logs_that_do_not_fit_are_refused(bench):
    folder = bench.folder("score-refused")
    log = folder / "log.json"
    for text, words in {
            "[\n]\n": "holds no responses", "{": "is no accuracy log",
            '[{"qsl_idx": 99, "data": ""}]': "sample 99 is not among the 22",
            '[{"qsl_idx": 1, "data": "00"}]': "no whole number of detections",
            f'[{{"qsl_idx": 1, "data": "{"00" * 28}"}}]': "name sample 0"
    }.items():
        log.write_text(text)
        refused(score(bench, log, bench.inputs / "annotations.json", folder / "out"), 1, words)
    assert not (folder / "out").exists()


def case_scores_are_those_of_upstreams_own_script(bench):
    script = upstream("tools/accuracy-openimages.py")
    folder = bench.folder("score-upstream")
    (folder / "annotations").mkdir()
    text = (bench.inputs / "annotations.json").read_text()
    (folder / "annotations/openimages-mlperf.json").write_text(text)
    said = []
    for jitter, keep, extra in ((.03, 1, 2), (.08, .9, 0), (.15, .6, 5)):
        log = write_log(folder / f"{jitter}.json", json.loads(text), jitter, keep, extra=extra)
        ours, _ = scored(bench, log, folder / "ours")
        done = run([
            bench.python, script, "--mlperf-accuracy-file", log, "--openimages-dir", folder,
            "--output-file", folder / "r.json"
        ])
        theirs = done.stdout.splitlines()[-1]
        assert ours == theirs, f"ours {ours}, theirs {theirs} {done.stderr}"
        said.append(ours)
    return "both: " + ", ".join(said)


def case_the_demo_reaches_its_accuracy_in_every_scenario(bench):
    annotations = demo_data()
    if not DEMO_MODEL.exists():
        raise Skip("the demo model is not there")
    folder = bench.folder("demo")
    done = bench.preprocess(folder / "t.npy", dataset=DEMO_DATA, annotations=annotations)
    assert done.returncode == 0, done.stderr
    said = []
    for scenario in SCENARIOS:
        for mode in ("accuracy", "performance"):
            out = folder / f"{scenario}-{mode}"
            done = bench.harness(out, model=DEMO_MODEL, data=folder / "t.npy", mode=mode,
                                 scenario=scenario, streams=2)
            assert done.returncode == 0, done.stderr
        done = score(bench, folder / f"{scenario}-accuracy/mlperf_log_accuracy.json", annotations,
                     folder / f"{scenario}-score")
        assert done.returncode == 0, done.stderr
        said.append(done.stdout.splitlines()[-1])
    assert len(set(said)) == 1 and float(said[0][4:-1]) >= LEAST_DEMO_MAP, said
    return said[0]
