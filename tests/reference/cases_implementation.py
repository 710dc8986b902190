"""Cases of the implementation `reference`: the demo's main job with upstream's program in place of
the C++ harness."""
import json
import os
import struct
import subprocess

import ran
from places import MLPGEN, ROOT
from reference.cases_command_lines import ROWS, VISION

SPLIT = ROOT / "recipes/python/get-mlperf-reference-samples/src/split_samples.py"
BOX_TOLERANCE = 1e-5  # of the image's side: mlpgen's OpenCV and the reference's are two versions
SCORE_TOLERANCE = 1e-4


def detections(log):
    """{sample index: [(index, ymin, xmin, ymax, xmax, score, label), ...]}"""
    return {
        entry["qsl_idx"]: list(struct.iter_unpack("<7f", bytes.fromhex(entry["data"])))
        for entry in json.loads(log.read_text())
    }


def largest_difference(ours, theirs):
    """(of a box's side, of a score) of two runs that must have the same labels in the same order.
    """
    assert ours.keys() == theirs.keys() and ours, (len(ours), len(theirs))
    box = score = 0.0
    for index, found in ours.items():
        assert [(d[0], d[6]) for d in found] == [(d[0], d[6]) for d in theirs[index]
                                                 ], f"sample {index}: other labels"
        for mine, other in zip(found, theirs[index]):
            box = max(box, *(abs(a - b) for a, b in zip(mine[1:5], other[1:5])))
            score = max(score, abs(mine[5] - other[5]))
    return box, score


def run(*words, cwd=None):
    done = subprocess.run([str(w) for w in words], cwd=cwd, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, (f"{' '.join(map(str, words))}: {done.returncode}\n"
                                  f"{done.stdout[-4000:]}")
    return done.stdout


def reference_job(bench):
    """The run directory of the demo with --implementation=reference, configured and built once."""
    directory = bench.scratch / "implementation"
    if not (directory / "open.tar.gz").exists():
        run(MLPGEN, "configure", "-C", directory, "--preset=demo", "--implementation=reference",
            f"--with_inference_src={bench.upstream.checkout}")
        run("ninja", "-C", directory, "submission")
        ran.note(directory)
    return directory


def case_the_demo_is_submitted_with_the_reference(bench):
    said = json.loads((reference_job(bench) / "summary.json").read_text())["mlpgen"]
    assert said["checkers"]["official"]["verdict"] == "ok", said["checkers"]
    print(f"    the official checker on the reference's tree: "
          f"{said['checkers']['official']['verdict']}")


def case_the_implementation_detects_what_the_program_by_hand_does(bench):
    log = reference_job(bench) / "results/retinanet-Offline/accuracy/mlperf_log_accuracy.json"
    box, score = largest_difference(detections(log), detections(bench.reference_log))
    assert box <= BOX_TOLERANCE and score <= SCORE_TOLERANCE, (box, score)
    by_hand = bench.upstream.score(bench.reference_log, bench.dataset,
                                   bench.scratch / "by-hand.json")
    ours = bench.upstream.score(log, bench.dataset, bench.scratch / "implementation.json")
    assert ours == by_hand, (ours, by_hand)
    print(f"    mAP={ours}% both; largest difference: boxes {box:.1e}, scores {score:.1e}")


def case_a_second_ninja_measures_nothing_again(bench):
    assert "no work to do" in run("ninja", "-C", reference_job(bench), "submission")


def case_samples_keep_their_names_and_values(bench):
    folder = bench.scratch / "split"
    make = (
        "import numpy as np, sys; np.save('a.npy', np.arange(12, dtype='f4').reshape(2, 2, 3)); "
        "np.save('b.npy', np.ones((1, 2, 3), 'f4')); "
        "open('list.txt', 'w').write('x/a.jpg 3\\nb.jpg 4\\nc.jpg 5\\nd.jpg 6\\n'); "
        "open('out.txt', 'w').write('../a.jpg 3\\n')")
    look = ("import numpy as np; print([np.load('s/' + n + '.npy').ravel().tolist() for n in "
            "('x/a.jpg', 'b.jpg', 'c.jpg')])")
    folder.mkdir(exist_ok=True)
    python = bench.upstream.python
    run(python, "-c", make, cwd=folder)
    run(python, "-B", SPLIT, "--list", "list.txt", "--data", "a.npy", "--data", "b.npy", "--out",
        "s", cwd=folder)
    wanted = [[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], [6.0, 7.0, 8.0, 9.0, 10.0, 11.0], [1.0] * 6]
    assert run(python, "-c", look, cwd=folder).strip() == str(wanted)
    refused = subprocess.run(
        [python, "-B", SPLIT, "--list", "out.txt", "--data", "a.npy", "--out", "t"], cwd=folder,
        capture_output=True, text=True)
    assert refused.returncode == 1 and "outside" in refused.stderr and not (
        bench.scratch / "a.jpg.npy").exists(), refused


def case_upstreams_own_parser_takes_each_row(bench):
    """What main.py makes of the words: which backend, which data set."""
    wanted = {("retinanet", "onnxruntime"): "onnxruntime openimages-800-retinanet-onnx",
              ("retinanet", "pytorch"): "pytorch-native openimages-800-retinanet",
              ("resnet50", "onnxruntime"): "onnxruntime imagenet",
              ("resnet50", "tf"): "tensorflow imagenet",
              ("resnet50", "tflite"): "tflite imagenet_tflite_tpu"}
    tells = "import main; args = main.get_args(); print(args.backend, args.dataset)"
    found = {
        row: bench.upstream.run("-c", tells,
                                *(word.replace("CORES", "2") for word in words)).splitlines()[-1]
        for row, (program, words, _) in ROWS.items() if program == VISION
    }
    assert found == wanted, found
