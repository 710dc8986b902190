"""Images of ImageNet -> float32 tensors of 224x224 pixels, as the reference's classifiers take
them.

    python3 preprocess_imagenet.py --images DIR --list val.txt --count 500 --layout NCHW --means
        "123.68 116.78 103.94" --out OUT

The list has one image a line, `NAME` or `NAME LABEL`; DIR holds the files, in whatever folders
below it. Makes OUT/images.npy, float32[n,3,224,224] (NHWC: [n,224,224,3]) in the order of the list,
OUT/images.json with the names, and OUT/val_map.txt, the lines of the list that were taken. The
operations are those of mlcommons/inference (vision/classification_and_detection, dataset.py) in the
same order, so the same OpenCV gives the same bits: the shorter side becomes side * 100 / 87.5
pixels, the middle is cut out, then either the means are subtracted (for EfficientNet-Lite, which
the reference does not have, the rest is divided, too) or, without means, 0..255 becomes -1..1; with
`--order BGR` blue comes first. With deviations they are torchvision's: Pillow resizes, 0..255
becomes 0..1, then the means are subtracted and each colour is divided by its deviation.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import sys

import cv2
import numpy

BATCH = 256  # images in memory at a time
INTERPOLATION = {"area": cv2.INTER_AREA, "cubic": cv2.INTER_CUBIC, "linear": cv2.INTER_LINEAR}


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def read_options():
    parser = argparse.ArgumentParser(
        description=
        "Images of ImageNet -> float32 tensors, as the reference's classifiers take them.")
    parser.add_argument("--images", required=True, help="folder of the images")
    parser.add_argument("--list", required=True, help="one image a line: NAME or NAME LABEL")
    parser.add_argument("--count", type=int, required=True,
                        help="how many images from the beginning of the list")
    parser.add_argument("--layout", choices=["NCHW", "NHWC"], required=True)
    parser.add_argument("--side", type=int, default=224, help="height and width in pixels (224)")
    parser.add_argument("--crop", type=float, default=87.5,
                        help="percent of the shorter side that stay (87.5)")
    parser.add_argument("--interpolation", choices=sorted(INTERPOLATION), default="area")
    parser.add_argument("--means", default="",
                        help="of red, green and blue; empty: 0..255 becomes -1..1")
    parser.add_argument("--divisor", type=float, default=1,
                        help="of what is left when the means are subtracted (1)")
    parser.add_argument(
        "--deviations", default="",
        help="of red, green and blue, from 0 to 1: as torchvision does, resized by Pillow")
    parser.add_argument("--order", choices=["RGB", "BGR"], default="RGB",
                        help="of the colours in a tensor (RGB)")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    return parser.parse_args()


def read_list(path, count):
    lines = [line.strip() for line in pathlib.Path(path).read_text().splitlines() if line.strip()]
    if not 0 < count <= len(lines):
        fail(f"{path} lists {len(lines)} images, not {count}",
             f"take a number from 1 to {len(lines)}")
    return lines[:count]


def find_images(folder, names):
    """The path of each name; a name that lies in no folder is an error."""
    wanted, found = set(names), {}
    for parent, _, files in os.walk(folder, followlinks=True):
        for name in wanted.intersection(files):
            found[name] = os.path.join(parent, name)
    missing = [name for name in names if name not in found]
    if missing:
        fail(
            f"{len(missing)} of {len(names)} images are not in {folder}, the first is {missing[0]}",
            "give a folder that holds them all, or take fewer")
    return [found[name] for name in names]


def resize_and_crop(image, side, crop, interpolation):
    height, width, _ = image.shape
    target = int(100.0 * side / crop)
    if height > width:
        size = (target, int(target * height / width))
    else:
        size = (int(target * width / height), target)
    image = cv2.resize(image, size, interpolation=interpolation)
    top, left = int((image.shape[0] - side) / 2), int((image.shape[1] - side) / 2)
    return image[top:top + side, left:left + side]


def resize_and_crop_by_pillow(image, side, crop):
    from PIL import Image

    height, width, _ = image.shape
    target, short = int(100.0 * side / crop), min(height, width)
    size = tuple(target if edge == short else int(target * edge / short)
                 for edge in (width, height))
    left, top = (int(round((edge - side) / 2.0)) for edge in size)
    return numpy.asarray(Image.fromarray(image).resize(size, Image.BILINEAR))[top:top + side,
                                                                              left:left + side]


def numbers(text):
    """Three numbers as float32, or nothing."""
    return numpy.array(text.split(), dtype=numpy.float32) if text.split() else None


def transform(path, options, means, deviations):
    image = cv2.imread(path)
    if image is None:
        fail(f"{path} is no image that OpenCV can read", "fetch it again")
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    if deviations is None:
        image = resize_and_crop(image, options.side, options.crop,
                                INTERPOLATION[options.interpolation])
    else:
        image = resize_and_crop_by_pillow(image, options.side, options.crop)
    image = image.astype("float32")
    if deviations is not None:
        image = (image / numpy.float32(255) - means) / deviations
    elif means is None:
        image /= 255.0
        image -= 0.5
        image *= 2
    else:
        image -= means
        image /= numpy.float32(options.divisor)
    if options.order == "BGR":
        image = image[..., ::-1]
    return image.transpose([2, 0, 1]) if options.layout == "NCHW" else image


def write_tensors(paths, options):
    means, deviations = numbers(options.means), numbers(options.deviations)
    side = options.side
    shape = (len(paths), 3, side, side) if options.layout == "NCHW" else (len(paths), side, side, 3)
    with open(options.out / "images.npy",
              "xb") as file, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        numpy.lib.format.write_array_header_1_0(
            file, {"descr": "<f4", "fortran_order": False, "shape": shape})
        for first in range(0, len(paths), BATCH):
            for tensor in pool.map(lambda path: transform(path, options, means, deviations),
                                   paths[first:first + BATCH]):
                file.write(numpy.ascontiguousarray(tensor, dtype="<f4").tobytes())
            print(f"preprocess: {min(first + BATCH, len(paths))} of {len(paths)} images",
                  flush=True)


def main():
    options = read_options()
    cv2.setNumThreads(1)  # one image, one thread
    lines = read_list(options.list, options.count)
    names = [line.split()[0] for line in lines]
    paths = find_images(options.images, names)
    options.out.mkdir(parents=True)
    write_tensors(paths, options)
    samples = [{"index": i, "file_name": name} for i, name in enumerate(names)]
    document = {
        "format": 1, "layout": options.layout, "dtype": "float32", "opencv": cv2.__version__,
        "samples": samples
    }
    (options.out / "images.json").write_text(json.dumps(document, indent=1) + "\n")
    (options.out / "val_map.txt").write_text("".join(line + "\n" for line in lines))


if __name__ == "__main__":
    main()
