"""MLPerf's annotation file of Open Images -> the same for its first images, and a list of them.

    python3 select_images.py --annotations openimages-mlperf.json --folder validation/data --count
        500 --out DIR

Makes DIR/openimages-mlperf.json, in which each image is named by its path below the data set's
folder, DIR/images.txt with one line an image, validation/ID, as Open Images' own downloader takes
it, and DIR/files.txt with one line ID.jpg an image. An empty --count takes all images.
"""
import argparse
import json
import pathlib
import sys


def read(path):
    try:
        document = json.loads(pathlib.Path(path).read_text())
        document["images"], document["annotations"], document["categories"]
    except (OSError, ValueError, KeyError, TypeError) as why:
        sys.exit(f"error: {path} is no annotation file of Open Images: {why}\n"
                 f"help: give the file openimages-mlperf.json")
    return document


def select(document, count, folder):
    """The document's first `count` images, its boxes of these and all its classes."""
    total = len(document["images"])
    if count is not None and not 0 < count <= total:
        sys.exit(f"error: the annotation file names {total} images, not {count}\n"
                 f"help: take a number from 1 to {total}")
    images = [{**image, "file_name": f"{folder}/{pathlib.PurePosixPath(image['file_name']).name}"}
              for image in document["images"][:count]]
    chosen = {image["id"] for image in images}
    boxes = [box for box in document["annotations"] if box["image_id"] in chosen]
    return {**document, "images": images, "annotations": boxes}


def main():
    parser = argparse.ArgumentParser(
        description="MLPerf's annotation file of Open Images -> the same for its first images.")
    parser.add_argument("--annotations", required=True, help="openimages-mlperf.json")
    parser.add_argument("--folder", required=True,
                        help="folder of the images below the data set's folder")
    parser.add_argument("--count", required=True, help="how many images; empty: all")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    document = select(read(options.annotations),
                      int(options.count) if options.count else None, options.folder)
    options.out.mkdir(parents=True)
    (options.out / "openimages-mlperf.json").write_text(json.dumps(document) + "\n")
    names = [
        f"validation/{pathlib.PurePosixPath(image['file_name']).stem}\n"
        for image in document["images"]
    ]
    (options.out / "images.txt").write_text("".join(names))
    files = [f"{pathlib.PurePosixPath(image['file_name']).name}\n" for image in document["images"]]
    (options.out / "files.txt").write_text("".join(files))
    print(f"{len(names)} images, {len(document['annotations'])} boxes")


main()
