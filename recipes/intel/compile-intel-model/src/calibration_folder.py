"""MLPerf's calibration images of ImageNet -> a folder with a folder for each class, as torchvision
reads them.

    calibration_folder.py --list cal_image_list_option_2.txt --images DIR --synsets synsets.txt
        --out OUT

The list has `NAME CLASS` a line, synsets.txt the name of each class in its line; DIR holds the
images, in whatever folders below it. Makes OUT/SYNSET/NAME, the files that Intel's
prepare_calibration_dataset.sh makes.
"""
import argparse
import os
import pathlib
import shutil
import sys


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def rows_of(path):
    for line in path.read_text().splitlines():
        name, _, number = line.partition(" ")
        if not number.strip().isdigit():
            fail(f"{path} has the line '{line}', which names no class",
                 "take MLPerf's second list, cal_image_list_option_2.txt")
        yield name, int(number)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    for option, about in {
            "list": "one NAME CLASS a line", "images": "folder of ImageNet's validation images",
            "synsets": "one class a line", "out": "the folder to make"
    }.items():
        parser.add_argument(f"--{option}", required=True, type=pathlib.Path, help=about)
    options = parser.parse_args()
    synsets = options.synsets.read_text().split()
    here = {
        name: os.path.join(folder, name)
        for folder, _, names in os.walk(options.images, followlinks=True) for name in names
    }
    for name, number in rows_of(options.list):
        if name not in here:
            fail(
                f"{options.images} has no {name}",
                "calibration takes 500 of all 50,000 validation images: name their folder by "
                "--env.IMAGENET_PATH=FOLDER")
        if number >= len(synsets):
            fail(f"{options.synsets} has {len(synsets)} classes and no number {number}",
                 "take the synsets.txt of ImageNet 2012")
        folder = options.out / synsets[number]
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(here[name], folder / name)
    print(f"{sum(1 for _ in options.out.glob('*/*'))} images")


main()
