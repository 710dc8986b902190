"""MLPerf's calibration images of Open Images and the boxes of its training set -> an annotation
file in COCO's format.

    calibration_annotations.py --list LIST --images DIR --boxes oidv6-train-annotations-bbox.csv
                               --names class-descriptions-boxable.csv --classes
                               openimages-mlperf.json --out OUT

Makes OUT/openimages-calibration-mlperf.json: classes, images and boxes, their numbers and their
order are those that vision/classification_and_detection/tools/openimages_calibration.py of
mlcommons/inference gives with the pandas of its time (before 2.2, whose joins follow another
order): boxes of one label stand together. --classes is the annotation file of the validation set,
which names MLPerf's classes; images that show none of them are left out.
"""
import argparse
import csv
import json
import pathlib
import sys

import cv2

FLAGS = ("IsOccluded", "IsInside", "IsDepiction", "IsTruncated", "IsGroupOf")


def classes_of(options):
    """{label of Open Images: number of MLPerf's class}"""
    numbers = {c["name"]: c["id"] for c in json.loads(options.classes.read_text())["categories"]}
    with open(options.names, newline="") as file:
        return {label: numbers[name] for label, name in csv.reader(file) if name in numbers}


def boxes_of(options, wanted, classes):
    """The rows of the wanted images and MLPerf's classes: label by label, as they first stand in
    the file of all training images."""
    by_label = {}
    with open(options.boxes, newline="") as file:
        for row in csv.DictReader(file):
            if row["ImageID"] in wanted and row["LabelName"] in classes:
                by_label.setdefault(row["LabelName"], []).append(row)
    return [row for rows in by_label.values() for row in rows]


def add_image(images, name, folder):
    picture = cv2.imread(str(folder / f"{name}.jpg"))
    if picture is None:
        sys.exit(f"error: {folder / name}.jpg is no picture\n"
                 f"help: remove it and run `ninja` again, which fetches it anew")
    height, width = picture.shape[:2]
    images[name] = {
        "id": len(images) + 1, "file_name": f"{name}.jpg", "height": height, "width": width,
        "license": None, "coco_url": None
    }


def annotation(number, row, image, category):
    left, right, top, bottom = (float(row[key]) for key in ("XMin", "XMax", "YMin", "YMax"))
    box = [
        left * image["width"], top * image["height"], (right - left) * image["width"],
        (bottom - top) * image["height"]
    ]
    flags = {key: int(row[key]) for key in FLAGS}
    return {
        "id": number, "image_id": image["id"], "category_id": category, "bbox": box,
        "area": box[2] * box[3], "iscrowd": flags["IsGroupOf"], **flags
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    for option, about in {
            "list": "one ID.jpg a line", "images": "folder of the images",
            "boxes": "boxes of the training set", "names": "names of the labels",
            "classes": "annotation file of the validation set", "out": "the folder to make"
    }.items():
        parser.add_argument(f"--{option}", required=True, type=pathlib.Path, help=about)
    options = parser.parse_args()
    wanted = {line.split(".")[0] for line in options.list.read_text().split()}
    classes, images, annotations = classes_of(options), {}, []
    for row in boxes_of(options, wanted, classes):
        if row["ImageID"] not in images:
            add_image(images, row["ImageID"], options.images)
        annotations.append(
            annotation(
                len(annotations) + 1, row, images[row["ImageID"]], classes[row["LabelName"]]))
    if not images:
        sys.exit(f"error: {options.boxes} has no box of MLPerf's classes in these images\n"
                 f"help: it must be that of the training set")
    document = {
        "info": {"dataset": "openimages_mlperf", "version": "v6"}, "licenses": [],
        "categories": [{"id": n, "name": name, "supercategory": None} for n, name in sorted(
            (c["id"], c["name"]) for c in json.loads(options.classes.read_text())["categories"])],
        "images": list(images.values()), "annotations": annotations
    }
    options.out.mkdir(parents=True)
    (options.out / "openimages-calibration-mlperf.json").write_text(json.dumps(document) + "\n")
    print(f"{len(images)} of {len(wanted)} images, {len(annotations)} boxes")


main()
