"""make_images.py DIR: 22 images of many sizes and their annotations, always the same.

DIR/images/ and DIR/annotations.json (Open Images' format). Image 3 is too dark for any detection,
image 5 has one channel in its file, images 6, 13 and 20 are PNG. Needs python3-opencv.
"""
import json
import pathlib
import sys

import cv2
import numpy as np

OUT = pathlib.Path(sys.argv[1])
RANDOM = np.random.default_rng(2)
DARK, GREY = 3, 5


def picture(i, height, width):
    coarse = RANDOM.integers(0, 256, size=(9, 9, 3)).astype(np.uint8)
    image = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    image = cv2.add(image, RANDOM.integers(0, 40, size=image.shape).astype(np.uint8))
    if i == DARK:
        image[:] = 4
    return image[:, :, 0] if i == GREY else image


def main():
    (OUT / "images").mkdir(parents=True, exist_ok=True)
    images, annotations = [], []
    for i in range(22):
        height, width = (int(n) for n in RANDOM.integers(120, 1100, size=2))
        name = f"{i:03}{'.png' if i % 7 == 6 else '.jpg'}"
        cv2.imwrite(str(OUT / "images" / name), picture(i, height, width))
        images.append({
            "id": 900 + 7 * i, "file_name": name, "height": height, "width": width, "coco_url": ""
        })
        for _ in range(int(RANDOM.integers(1, 5))):
            w, h = width * RANDOM.uniform(.1, .3), height * RANDOM.uniform(.1, .3)
            x, y = RANDOM.uniform(0, width - w), RANDOM.uniform(0, height - h)
            annotations.append({
                "id": len(annotations) + 1, "image_id": 900 + 7 * i, "iscrowd": 0,
                "category_id": int(RANDOM.integers(1, 11)), "area": w * h, "bbox": [x, y, w, h]
            })
    categories = [{"id": c, "name": f"class {c}"} for c in range(1, 11)]
    (OUT / "annotations.json").write_text(
        json.dumps({"images": images, "annotations": annotations, "categories": categories}))


main()
