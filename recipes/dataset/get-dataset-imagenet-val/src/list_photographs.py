"""The photographs of the Python package foolbox, named imagenet_NUMBER_CLASS.jpg -> a folder of
images and val.txt.

    list_photographs.py --photographs DIR --out OUT

OUT/images holds the photographs, OUT/val.txt one `NAME CLASS` a line in the order of the names, as
the val.txt of ImageNet. A class is its number among the 1000, the one that the name ends with.
"""
import argparse
import pathlib
import re
import shutil
import sys


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--photographs", required=True, type=pathlib.Path,
                        help="folder of the photographs")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    lines = []
    (options.out / "images").mkdir(parents=True)
    for path in sorted(options.photographs.rglob("imagenet_*.jpg")):
        named = re.fullmatch(r"imagenet_\d+_(\d{1,3})\.jpg", path.name)
        if not named:
            sys.exit(f"error: {path.name} names no class\n"
                     f"help: take the photographs of foolbox 3.3.4: imagenet_NUMBER_CLASS.jpg")
        shutil.copyfile(path, options.out / "images" / path.name)
        lines.append(f"{path.name} {int(named[1])}\n")
    if not lines:
        sys.exit(f"error: {options.photographs} holds no imagenet_NUMBER_CLASS.jpg\n"
                 f"help: take the photographs of foolbox 3.3.4")
    (options.out / "val.txt").write_text("".join(lines))


main()
