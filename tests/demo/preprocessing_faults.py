#!/usr/bin/env python3
"""Turns the demo model and data set into a table of what each mistake of a preprocessing costs.

    preprocessing_faults.py MODEL.onnx DATASET_ROOT [--tensors SHARD.npy ...]

Without --tensors it preprocesses the images itself, as MLPerf's reference does. With --tensors it
takes the output of another preprocessing, shards float32 [n,3,800,800] in the order of the
annotations' images, and also compares them with its own, number by number.
Exit code 1 unless the right tensors reach mAP 0.75, each named mistake costs at least 0.3 mAP,
and the tensors show every wrong interpolation, which the mAP does not notice.
Needs onnxruntime, opencv-python-headless, pycocotools and numpy.
"""
import argparse
import sys
from pathlib import Path

sys.dont_write_bytecode = True
REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "recipes/model/get-ml-model-retinanet/demo"))

import cv2
import numpy as np

import evaluate

MAP_MIN, COST_MIN = 0.75, 0.3
# Largest difference between two right preprocessings, in a range of 0..1: far below 1/255.
TOLERANCE = 1e-3

# Mistakes that the mAP must notice: right tensor [3,800,800] -> wrong one.
NOTICED = {
    "red and blue swapped": lambda t: t[::-1],
    "no scaling by 255": lambda t: t * np.float32(255),
    "rows of pixels read as planes": lambda t: t.transpose(1, 2, 0).reshape(t.shape),
    "width and height swapped": lambda t: t.transpose(0, 2, 1),
}
# Mistakes that only a comparison of tensors notices: decoded image -> wrong tensor.
UNNOTICED = {
    "nearest pixel": lambda rgb: evaluate.preprocess(rgb, cv2.INTER_NEAREST),
    "bicubic": lambda rgb: evaluate.preprocess(rgb, cv2.INTER_CUBIC),
    "corners aligned": lambda rgb: corners_aligned(rgb),
    "resized as bytes": lambda rgb: evaluate.preprocess(
        cv2.resize(rgb.astype(np.uint8), (800, 800)).astype(np.float32)),
}


def corners_aligned(rgb):
    """Bilinear, but with the centres of the corner pixels laid on the corners."""
    height, width = rgb.shape[:2]
    u, v = np.meshgrid(np.linspace(0, width - 1, 800, dtype=np.float32),
                       np.linspace(0, height - 1, 800, dtype=np.float32))
    return evaluate.preprocess(cv2.remap(rgb, u, v, cv2.INTER_LINEAR))


class Table:
    """Prints a line a check and remembers whether one failed."""
    def __init__(self):
        self.failed = False

    def line(self, good, name, text):
        self.failed |= not good
        print(f"{'ok  ' if good else 'FAIL'} {name:30} {text}", flush=True)


def read_shards(paths, count):
    """-> list of [3,800,800] float32, mapped, not read at once."""
    tensors = []
    for path in paths:
        shard = np.load(path, mmap_mode="r")
        if shard.dtype != np.float32 or shard.ndim != 4 or shard.shape[1:] != (3, 800, 800):
            sys.exit(f"error: {path} holds {shard.dtype} {list(shard.shape)}, "
                     "not float32 [n,3,800,800]\nhelp: name shards of the preprocessing")
        tensors += [np.asarray(tensor) for tensor in shard]
    if len(tensors) != count:
        sys.exit(f"error: the shards hold {len(tensors)} tensors, the annotations {count} images\n"
                 "help: name every shard of the data set, in order")
    return tensors


def largest_difference(tensors, others):
    return max(float(np.abs(a - b).max()) for a, b in zip(tensors, others, strict=True))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("model")
    parser.add_argument("dataset_root")
    parser.add_argument("--tensors", nargs="+", metavar="SHARD.npy")
    options = parser.parse_args()
    benchmark = evaluate.Benchmark(options.dataset_root)
    session = evaluate.open_model(options.model)
    decoded = [evaluate.decode(path) for path in benchmark.paths]
    reference = [evaluate.preprocess(rgb) for rgb in decoded]
    table, tensors = Table(), reference
    if options.tensors:
        tensors = read_shards(options.tensors, len(decoded))
        difference = largest_difference(tensors, reference)
        table.line(difference <= TOLERANCE, "tensors as the reference's",
                   f"largest difference {difference:.6f}")
    right = benchmark.score(session, tensors)[0]
    table.line(right >= MAP_MIN, "right", f"mAP {right:.4f}")
    for name, fault in NOTICED.items():
        wrong = benchmark.score(session, (np.ascontiguousarray(fault(t)) for t in tensors))[0]
        table.line(right - wrong >= COST_MIN, name, f"mAP {wrong:.4f}")
    for name, fault in UNNOTICED.items():
        faulty = [fault(rgb) for rgb in decoded]
        difference = largest_difference(tensors, faulty)
        table.line(
            difference > TOLERANCE, name, f"mAP {benchmark.score(session, faulty)[0]:.4f}, "
            f"largest difference {difference:.4f}")
    sys.exit(1 if table.failed else 0)


main()
