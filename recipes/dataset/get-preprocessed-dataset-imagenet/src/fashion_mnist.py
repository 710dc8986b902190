"""Test pictures of Fashion-MNIST -> the files that preprocess_imagenet.py makes of ImageNet.

    fashion_mnist.py t10k-images-idx3-ubyte.gz t10k-labels-idx1-ubyte.gz --count 10000 --layout NCHW
        --out OUT

Makes OUT/images.npy, float32[n,1,28,28] (NHWC: [n,28,28,1]) from 0 to 1 in the order of the data
set, OUT/images.json with the names, and OUT/val_map.txt, `NAME CLASS` a line; a name is
test-NUMBER.
"""
import sys

sys.dont_write_bytecode = True  # nothing is written beside the scripts

import argparse
import json
import pathlib

import numpy

from idx_file import read_idx


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("pictures", help="IDX, gzip")
    parser.add_argument("classes", help="IDX, gzip")
    parser.add_argument("--count", type=int, required=True,
                        help="how many pictures from the beginning")
    parser.add_argument("--layout", choices=["NCHW", "NHWC"], required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    return parser.parse_args()


def main():
    options = read_options()
    pictures, classes = read_idx(options.pictures, 3), read_idx(options.classes, 1)
    if not 0 < options.count <= len(pictures):
        sys.exit(f"error: Fashion-MNIST has {len(pictures)} test pictures, not {options.count}\n"
                 f"help: take a number from 1 to {len(pictures)}")
    pictures = pictures[:options.count].astype("<f4") / numpy.float32(255)
    names = [f"test-{i:05}" for i in range(options.count)]
    options.out.mkdir(parents=True)
    numpy.save(options.out / "images.npy",
               pictures[:, None] if options.layout == "NCHW" else pictures[..., None])
    samples = [{"index": i, "file_name": name} for i, name in enumerate(names)]
    document = {"format": 1, "layout": options.layout, "dtype": "float32", "samples": samples}
    (options.out / "images.json").write_text(json.dumps(document, indent=1) + "\n")
    (options.out / "val_map.txt").write_text("".join(f"{name} {label}\n"
                                                     for name, label in zip(names, classes)))


main()
