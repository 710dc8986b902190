#!/usr/bin/env python3
"""Preprocessed samples in a few .npy files [n,...] -> one .npy file an image, OUT/FILE_NAME.npy.

    split_samples.py --list LIST --data a.npy [--data b.npy]... --out OUT

LIST names the images: an annotation file in COCO's format (`.json`, images[].file_name) or lines
`NAME LABEL`, as of ImageNet. The samples are those of its first images, in its order, spread over
the files in the order of --data. Each file of OUT holds one sample without its first axis, as
`main.py --use_preprocessed_dataset` reads it.
"""
import argparse
import json
import pathlib
import sys

import numpy as np


def samples_in(files):
    """Every sample of the files, in order; a file is mapped, never read as a whole."""
    for name in files:
        data = np.load(name, mmap_mode="r")
        if data.ndim < 2:
            raise ValueError(f"{name} holds no samples: its shape is {data.shape}")
        yield from data


def place_of(out, name):
    """OUT/NAME.npy; a name that points outside OUT is refused."""
    place = pathlib.PurePosixPath(name)
    if place.is_absolute() or ".." in place.parts or not place.parts:
        raise ValueError(f"image name '{name}' points outside the data set")
    return out / (name + ".npy")


def names_in(path):
    """The names of the images that an annotation file or a list of lines has, in order."""
    text = path.read_text()
    if path.suffix == ".json":
        return [image["file_name"] for image in json.loads(text)["images"]]
    return [line.split()[0] for line in text.splitlines() if line.strip()]


def split(listed, files, out):
    """Writes the samples; returns how many."""
    names = names_in(listed)
    count = 0
    for sample in samples_in(files):
        if count == len(names):
            raise ValueError(f"more samples than the {len(names)} images of {listed}")
        place = place_of(out, names[count])
        place.parent.mkdir(parents=True, exist_ok=True)
        np.save(place, sample)
        count += 1
    if count == 0:
        raise ValueError("there are no samples")
    return count


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--list", required=True, type=pathlib.Path)
    parser.add_argument("--data", action="append", required=True)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    given = parser.parse_args()
    try:
        print(f"{split(given.list, given.data, given.out)} samples")
    except (OSError, ValueError, KeyError) as why:
        print(f"error: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
