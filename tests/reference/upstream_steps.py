#!/usr/bin/env python3
"""Open Images preprocessed as MLPerf's reference does it, with this Python's OpenCV: for
comparison, or to be timed.

    upstream_steps.py compare ANNOTATIONS DATASET TENSORS.npy COUNT [CHECKOUT]
    upstream_steps.py write ANNOTATIONS DATASET OUT [CHECKOUT]

`compare` looks at the first COUNT images of ANNOTATIONS, which TENSORS begins with [n,3,800,800],
and prints one JSON object: images, opencv (its version), differing (numbers whose bits differ),
largest (difference of two numbers, in a range of 0..1), decoded (SHA-256 of all decoded pixels).
`write` saves one .npy file an image below OUT, as upstream's script does.

With CHECKOUT, of mlcommons/inference, its own pre_process_openimages_retinanet works, and in
`write` its class OpenImages; without one the same steps stand here in other words. Needs cv2 and
numpy, and `write` with CHECKOUT also pycocotools.
"""
import hashlib
import json
import os
import sys

import cv2
import numpy as np

SIDE = 800  # pixels of the model's input
FOLDER = "vision/classification_and_detection/python"


def steps(image, need_transpose=True, dims=None):
    """Blue, green, red bytes -> float32 from 0 to 1, red first, stretched to the model's size;
    resized as floats, as the reference does."""
    tensor = cv2.cvtColor(image.astype(np.float32), cv2.COLOR_BGR2RGB)
    tensor = cv2.resize(tensor, (SIDE, SIDE), interpolation=cv2.INTER_LINEAR) / np.float32(255)
    return tensor.transpose(2, 0, 1) if need_transpose else tensor


def function_of(checkout):
    if not checkout:
        return steps
    sys.path.insert(0, os.path.join(checkout, FOLDER))
    import dataset
    return dataset.pre_process_openimages_retinanet


def listed(annotations):
    with open(annotations) as file:
        return [image["file_name"] for image in json.load(file)["images"]]


def compare(annotations, folder, tensors, count, checkout=""):
    made = np.load(tensors, mmap_mode="r")[:int(count)]
    preprocess, decoded = function_of(checkout), hashlib.sha256()
    differing, largest = 0, 0.0
    for name, tensor in zip(listed(annotations), made):
        image = cv2.imread(os.path.join(folder, name))
        decoded.update(image.tobytes())
        wanted = np.ascontiguousarray(preprocess(image, need_transpose=True, dims=[SIDE, SIDE, 3]))
        differing += int(np.count_nonzero(wanted.view(np.uint32) != tensor.view(np.uint32)))
        largest = max(largest, float(np.abs(wanted - tensor).max()))
    print(
        json.dumps({
            "images": len(made), "opencv": cv2.__version__, "differing": differing,
            "largest": largest, "decoded": decoded.hexdigest()
        }))


def write(annotations, folder, out, checkout=""):
    if checkout:
        preprocess = function_of(checkout)
        import openimages
        openimages.OpenImages(data_path=folder, image_list=annotations,
                              name="openimages-800-retinanet", image_format="NCHW",
                              pre_process=preprocess, use_cache=True, image_size=[SIDE, SIDE, 3],
                              preprocessed_dir=out)
        return
    for name in listed(annotations):
        place = os.path.join(out, name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        np.save(place, steps(cv2.imread(os.path.join(folder, name))))


if __name__ == "__main__":
    {"compare": compare, "write": write}[sys.argv[1]](*sys.argv[2:])
