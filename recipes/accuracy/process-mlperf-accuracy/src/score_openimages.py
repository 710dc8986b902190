"""LoadGen's accuracy log of an Open Images run -> mAP.

    score_openimages.py --log mlperf_log_accuracy.json --annotations FILE --out DIR

Reads for each sample the detections that the harness logged: 7 float32 each, namely sample index,
ymin, xmin, ymax, xmax as fractions of the image, score, label. A sample's index is its place in the
`images` of the annotation file. Only the samples in the log are scored, each once.

Writes DIR/accuracy.txt, whose last line `mAP=12.345%` is the one that mlcommons/inference's
tools/accuracy-openimages.py prints for the same log, and DIR/results.json (format 1; fractions from
0 to 1, -1 where there is nothing to measure). Needs numpy and pycocotools.

Exit code: 0 done, 1 the log does not fit the annotations, 2 usage.
"""
import argparse
import contextlib
import io
import json
import pathlib
import re
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

from accuracy_log import LogError, read_responses

FIELDS = 7  # float32 a detection
METRICS = ("mAP", "AP50", "AP75", "AP_small", "AP_medium", "AP_large", "AR_1", "AR_10", "AR_100",
           "AR_small", "AR_medium", "AR_large")  # COCOeval.stats


def detections_of(index, data, image):
    """The detections in one response, as pycocotools wants them: x, y, width, height in pixels."""
    if len(data) % (4 * FIELDS):
        raise LogError(f"sample {index}: {len(data)} bytes are no whole number of detections")
    rows = np.frombuffer(data, np.float32).reshape(-1, FIELDS)
    if (rows[:, 0] != index).any():
        raise LogError(f"sample {index}: its detections name sample {int(rows[0, 0])}")
    # float32 throughout: the reference rounds here, too.
    height, width = np.float32(image["height"]), np.float32(image["width"])
    top, left = rows[:, 1] * height, rows[:, 2] * width
    boxes = np.stack([left, top, rows[:, 4] * width - left, rows[:, 3] * height - top], axis=1)
    return [{
        "image_id": image["id"], "category_id": int(row[6]), "score": float(row[5]),
        "bbox": [float(v) for v in box]
    } for row, box in zip(rows, boxes)]


def collect(responses, images):
    """All detections, and the ids of the images that the log is about."""
    detections, ids = [], []
    for index, data in responses.items():
        if not 0 <= index < len(images):
            raise LogError(f"sample {index} is not among the {len(images)} annotated images")
        detections += detections_of(index, data, images[index])
        ids.append(images[index]["id"])
    return detections, ids


def evaluate(truth, detections, ids):
    """COCOeval's 12 numbers; without any detection all that can be measured is 0."""
    if not detections:
        print("no detections at all")
        return [0.0] * len(METRICS)
    evaluation = COCOeval(truth, truth.loadRes(detections), iouType="bbox")
    evaluation.params.imgIds = ids
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
    return [float(value) for value in evaluation.stats]


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--log", required=True, help="mlperf_log_accuracy.json")
    parser.add_argument("--annotations", required=True, help="annotations of the data set, JSON")
    parser.add_argument("--out", required=True, help="folder for accuracy.txt and results.json")
    args = parser.parse_args()
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        responses, repeated = read_responses(args.log)
        truth = COCO(args.annotations)
        detections, ids = collect(responses, truth.dataset["images"])
        stats = evaluate(truth, detections, ids)
        empty = sum(not data for data in responses.values())
        print(f"{len(ids)} images, {empty} without detections, {len(detections)} detections")
        print(f"mAP={100.0 * stats[0]:.3f}%")
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    # pycocotools says how long it took; the same log must give the same bytes.
    said = re.sub(r" ?\(t=\d+\.\d+s\)", "", text.getvalue())
    (out / "accuracy.txt").write_text(said)
    results = {
        "format": 1, "images": len(ids), "images_without_detections": empty,
        "repeated_responses": repeated, "detections": len(detections),
        "metrics": dict(zip(METRICS, stats))
    }
    (out / "results.json").write_text(json.dumps(results, indent=2) + "\n")
    print(said, end="")


if __name__ == "__main__":
    try:
        main()
    except (LogError, OSError) as problem:
        sys.exit(f"error: {problem}")
