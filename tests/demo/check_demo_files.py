#!/usr/bin/env python3
"""Turns the committed demo data set and model into a list of what is wrong with them.

    check_demo_files.py [REPOSITORY]

Checks SHA-256 sums, sizes, the annotation format, and that every box lies inside its image.
Needs the standard library only. Exit code 1 when something is wrong.
"""
import hashlib
import json
import struct
import sys
from pathlib import Path

DATA = "recipes/dataset/get-dataset-openimages/demo"
MODEL = "recipes/model/get-ml-model-retinanet/demo"
IMAGES, CLASSES = 64, 10
DATA_BYTES_MAX, MODEL_BYTES_MAX = 3_000_000, 2_000_000
IMAGE_KEYS = {"id", "file_name", "width", "height", "license", "v3_url"}
BOX_KEYS = {
    "id", "image_id", "category_id", "bbox", "area", "iscrowd", "IsOccluded", "IsInside",
    "IsDepiction", "IsTruncated", "IsGroupOf"
}
SIZE_MARKERS = {0xC0, 0xC1, 0xC2}  # JPEG segments that hold height and width


def check_sums(folder, report):
    """Every file is listed with its sum, and every listed file is there."""
    listed = {}
    if not (folder / "SHA256SUMS").is_file():
        return report(f"{folder / 'SHA256SUMS'} is not there")
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    present = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS" and "__pycache__" not in path.parts
    }
    for name in sorted(present ^ listed.keys()):
        report(f"{folder / name} is {'not listed' if name in present else 'not there'}")
    for name in sorted(present & listed.keys()):
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != listed[name]:
            report(f"{folder / name} has another SHA-256")


def jpeg_size(path):
    """(width, height) from the frame header, or None."""
    data, at = path.read_bytes(), 2
    while data[:2] == b"\xff\xd8" and at + 9 <= len(data) and data[at] == 0xFF:
        if data[at + 1] in SIZE_MARKERS:
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width, height
        at += 2 + struct.unpack(">H", data[at + 2:at + 4])[0]
    return None


def check_images(folder, images, report):
    for image in images:
        path = folder / image["file_name"]
        if set(image) != IMAGE_KEYS:
            report(f"image {image['id']} has the keys {sorted(image)}")
        if not path.is_file():
            report(f"{image['file_name']} is not there")
        elif jpeg_size(path) != (image["width"], image["height"]):
            report(f"{image['file_name']} has the size {jpeg_size(path)}")
    if [image["id"] for image in images] != list(range(1, IMAGES + 1)):
        report(f"the images are not numbered 1 to {IMAGES}")
    if len({(image["width"], image["height"]) for image in images}) < 3:
        report("the images have fewer than three sizes")


def check_boxes(document, report):
    sizes = {image["id"]: (image["width"], image["height"]) for image in document["images"]}
    for box in document["annotations"]:
        x, y, width, height = box["bbox"]
        right, bottom = sizes[box["image_id"]]
        if set(box) != BOX_KEYS:
            report(f"box {box['id']} has the keys {sorted(box)}")
        if min(x, y) < 0 or min(width, height) <= 0 or x + width > right or y + height > bottom:
            report(f"box {box['id']} is not inside its image")
        if box["area"] != width * height:
            report(f"box {box['id']} has a wrong area")
    if {box["image_id"] for box in document["annotations"]} != set(sizes):
        report("an image has no box")
    if {box["category_id"] for box in document["annotations"]} != set(range(1, CLASSES + 1)):
        report("a class has no box")
    if [category["id"] for category in document["categories"]] != list(range(1, CLASSES + 1)):
        report("the categories are not numbered 1 to 10")
    if len({box["id"] for box in document["annotations"]}) != len(document["annotations"]):
        report("two boxes have one id")


def bytes_under(folder):
    return sum(path.stat().st_size for path in folder.rglob("*")
               if path.is_file() and "__pycache__" not in path.parts)


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
    data, model, faults = root / DATA, root / MODEL, []
    for folder in (data, model):
        check_sums(folder, faults.append)
    document = json.loads((data / "annotations/openimages-mlperf.json").read_text())
    check_images(data, document["images"], faults.append)
    check_boxes(document, faults.append)
    if bytes_under(data) > DATA_BYTES_MAX:
        faults.append(f"the data set has {bytes_under(data)} bytes")
    onnx = model / "model.onnx"
    if not onnx.is_file() or not 0 < onnx.stat().st_size <= MODEL_BYTES_MAX:
        faults.append(f"{onnx} is not there, empty, or larger than {MODEL_BYTES_MAX} bytes")
    for fault in faults:
        print(f"error: {fault}")
    print(f"{len(document['images'])} images, {len(document['annotations'])} boxes, "
          f"{bytes_under(data)} + {bytes_under(model)} bytes, {len(faults)} faults")
    sys.exit(1 if faults else 0)


main()
