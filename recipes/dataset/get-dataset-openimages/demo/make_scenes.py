#!/usr/bin/python3
"""Turns the Fashion-MNIST test objects into a data set in the layout and format of Open Images.

In:  --fashion-mnist DIR  the four IDX files of the Debian package dataset-fashion-mnist
Out: --out DIR            DIR/validation/data/sceneNNN.jpg, DIR/annotations/openimages-mlperf.json
The same command gives the same bytes on one machine; nothing else is written. Exit code 1 and an
error line when something lacks.
"""
import sys

sys.dont_write_bytecode = True  # nothing is written beside the scripts

import argparse
import json
from pathlib import Path

import needs

JPEG_QUALITY = 92
IMAGES = "validation/data"
ANNOTATIONS = "annotations/openimages-mlperf.json"
# Flags that Open Images gives each box; here every object is whole and real.
BOX_FLAGS = {
    "iscrowd": 0, "IsOccluded": 0, "IsInside": 0, "IsDepiction": 0, "IsTruncated": 0, "IsGroupOf": 0
}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--count", type=int, default=64, help="number of scenes (64)")
    parser.add_argument("--fashion-mnist", metavar="DIR", help="folder of the IDX files "
                        "(where dataset-fashion-mnist puts them)")
    return parser.parse_args()


def image_record(number, name, image):
    height, width = image.shape[:2]
    return {
        "id": number, "file_name": f"{IMAGES}/{name}", "height": height, "width": width,
        "license": None, "v3_url": None
    }


def box_record(number, image_id, box):
    return {
        "id": number, "image_id": image_id, "category_id": box.label + 1,
        "bbox": [float(v) for v in (box.x, box.y, box.width, box.height)],
        "area": float(box.width * box.height), **BOX_FLAGS
    }


def annotation_text(images, boxes, classes):
    """COCO's format as MLPerf's Open Images annotations use it, one record a line."""
    lists = {
        "images": images,
        "categories": [{"id": number, "name": name, "supercategory": "clothing"}
                       for number, name in enumerate(classes, 1)],
        "annotations": boxes,
    }
    parts = [
        '"info": {"description": "scenes of Fashion-MNIST test objects; not Open Images"}',
        '"licenses": []'
    ]
    for key, records in lists.items():
        parts.append(f'"{key}": [\n' + ",\n".join(json.dumps(r) for r in records) + "\n]")
    return "{" + ",\n".join(parts) + "}\n"


def main():
    options = arguments()
    needs.need_modules("numpy", "cv2")
    import cv2
    import scenes

    cv2.setNumThreads(1)
    for used in (options.out / "validation", options.out / "annotations"):
        if used.exists():
            needs.stop(f"{used} exists already", "remove it or name another folder with --out")
    if not 1 <= options.count <= 1000:
        needs.stop(f"--count={options.count} is not between 1 and 1000", "use --count=64")
    objects = scenes.read_objects(scenes.TEST, options.fashion_mnist or scenes.FASHION_MNIST)
    (options.out / IMAGES).mkdir(parents=True)
    (options.out / ANNOTATIONS).parent.mkdir()
    images, boxes, size = [], [], 0
    for index in range(options.count):
        scene = scenes.compose(objects, scenes.BENCHMARK_SEED, index)
        name = f"scene{index:03d}.jpg"
        jpeg = cv2.imencode(".jpg", scene.image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
        size += (options.out / IMAGES / name).write_bytes(jpeg.tobytes())
        images.append(image_record(index + 1, name, scene.image))
        for box in scene.boxes:
            boxes.append(box_record(len(boxes) + 1, index + 1, box))
    (options.out / ANNOTATIONS).write_text(annotation_text(images, boxes, scenes.CLASSES))
    print(f"{len(images)} images, {len(boxes)} boxes, {size} bytes of JPEG")


main()
