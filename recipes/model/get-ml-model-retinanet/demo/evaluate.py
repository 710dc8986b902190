#!/usr/bin/env python3
"""Turns a model with RetinaNet's contract and a data set in Open Images' format into a mAP.

    evaluate.py MODEL.onnx DATASET_ROOT      prints: mAP 0.7943  AP50 0.9021  boxes 300

Needs onnxruntime, opencv-python-headless, pycocotools and numpy. The preprocessing is that of
MLPerf's reference implementation (decode, RGB, bilinear resize to 800x800, /255, planes).
"""
import contextlib
import io
import os
import sys

import cv2
import numpy as np
import onnxruntime
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

SIDE = 800
SCORE_MIN = 0.05  # the reference's threshold
ANNOTATIONS = "annotations/openimages-mlperf.json"


class Benchmark:
    """The images and annotations under `root`."""
    def __init__(self, root):
        with contextlib.redirect_stdout(io.StringIO()):
            self.truth = COCO(os.path.join(root, ANNOTATIONS))
        self.images = self.truth.dataset["images"]
        self.paths = [os.path.join(root, image["file_name"]) for image in self.images]

    def score(self, session, tensors):
        """mAP, AP50 and number of boxes for float32 tensors [3,800,800], in the images' order."""
        rows = []
        for image, tensor in zip(self.images, tensors, strict=True):
            rows += detections(session, image, tensor)
        if not rows:
            return 0.0, 0.0, 0
        with contextlib.redirect_stdout(io.StringIO()):
            scorer = COCOeval(self.truth, self.truth.loadRes(np.array(rows, float)), "bbox")
            scorer.evaluate()
            scorer.accumulate()
            scorer.summarize()
        return float(scorer.stats[0]), float(scorer.stats[1]), len(rows)


def detections(session, image, tensor):
    """COCO rows [image, x, y, width, height, score, class] in pixels of the original image."""
    boxes, labels, scores = session.run(["boxes", "labels", "scores"], {"images": tensor[None]})
    if np.any(np.diff(scores) > 0):
        sys.exit("error: the scores do not descend\nhelp: the model breaks RetinaNet's contract")
    fx, fy = image["width"] / SIDE, image["height"] / SIDE
    return [[image["id"], x1 * fx, y1 * fy, (x2 - x1) * fx, (y2 - y1) * fy, score, label]
            for (x1, y1, x2, y2), label, score in zip(boxes.astype(float), labels, scores)
            if score >= SCORE_MIN]


def open_model(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def decode(path):
    """-> float32 [height,width,3], red green blue, 0..255."""
    bgr = cv2.imread(path, cv2.IMREAD_COLOR)
    if bgr is None:
        sys.exit(f"error: {path} is not an image\nhelp: compare the data set with its SHA256SUMS")
    return cv2.cvtColor(bgr.astype(np.float32), cv2.COLOR_BGR2RGB)


def preprocess(rgb, interpolation=cv2.INTER_LINEAR):
    """-> float32 [3,800,800], red green blue, 0..1."""
    resized = cv2.resize(rgb, (SIDE, SIDE), interpolation=interpolation) / np.float32(255)
    return np.ascontiguousarray(resized.transpose(2, 0, 1))


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: evaluate.py MODEL.onnx DATASET_ROOT")
    benchmark = Benchmark(sys.argv[2])
    tensors = (preprocess(decode(path)) for path in benchmark.paths)
    total, half, count = benchmark.score(open_model(sys.argv[1]), tensors)
    print(f"mAP {total:.4f}  AP50 {half:.4f}  boxes {count}")


if __name__ == "__main__":
    main()
