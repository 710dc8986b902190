"""A gzip file -> a folder with the file that it holds.

    python3 gunzip.py --file resnet50_v1.tflite.gz --name resnet50_v1.tflite --out DIR
"""
import argparse
import gzip
import pathlib
import shutil
import sys


def main():
    parser = argparse.ArgumentParser(
        description="A gzip file -> a folder with the file that it holds.")
    parser.add_argument("--file", required=True, help="the gzip file")
    parser.add_argument("--name", required=True, help="name of the file that it becomes")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder")
    options = parser.parse_args()
    options.out.mkdir(parents=True)
    try:
        with gzip.open(options.file) as packed, open(options.out / options.name, "xb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
    except (gzip.BadGzipFile, EOFError) as why:
        sys.exit(f"error: {options.file} is no whole gzip file: {why}\n"
                 f"help: delete it, so that it is fetched again")


main()
