"""A data set where it lies -> a folder in which Intel's program finds it, without a copy of its
images.

    dataset_folder.py --images DIR --val-map val.txt --count N --out OUT ImageNet: OUT/val_map.txt,
        which names the first N images
    dataset_folder.py --images DIR --annotations FILE --out OUT Open Images:
        OUT/annotations/openimages-mlperf.json, OUT/validation

The program puts OUT before each name that it reads, so the names lead from OUT to DIR;
OUT/validation is a link to DIR/validation. OUT is OUT.tmp.NUMBER while it is made; names are
relative, so they hold when it gets its name.
"""
import argparse
import json
import os
import pathlib
import sys


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def write_val_map(options):
    way = os.path.relpath(options.images, options.out)
    here = {
        name: os.path.relpath(folder, options.images)
        for folder, _, names in os.walk(options.images, followlinks=True) for name in names
    }
    lines = []
    for line in options.val_map.read_text().splitlines()[:options.count]:
        name, _, label = line.partition(" ")
        if name not in here:
            fail(f"{options.images} has no {name}",
                 "the list and the folder must be of one data set")
        lines.append(f"{os.path.normpath(os.path.join(way, here[name], name))} {label}\n")
    (options.out / "val_map.txt").write_text("".join(lines))


def write_annotations(options):
    document = json.loads(options.annotations.read_text())
    # The program adds validation/data/ itself.
    for image in document["images"]:
        image["file_name"] = pathlib.PurePosixPath(image["file_name"]).name
    (options.out / "annotations").mkdir()
    (options.out / "annotations/openimages-mlperf.json").write_text(json.dumps(document) + "\n")
    (options.out / "validation").symlink_to(
        os.path.relpath(options.images / "validation", options.out))


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--images", required=True, type=pathlib.Path, help="folder of the images")
    parser.add_argument("--val-map", type=pathlib.Path, help="one NAME CLASS a line")
    parser.add_argument("--count", type=int,
                        help="how many of its lines from the beginning; all by default")
    parser.add_argument("--annotations", type=pathlib.Path, help="the annotation file")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    if bool(options.val_map) == bool(options.annotations):
        fail("one of --val-map and --annotations is needed", "name the one that the data set has")
    options.out.mkdir(parents=True)
    (write_val_map if options.val_map else write_annotations)(options)


main()
