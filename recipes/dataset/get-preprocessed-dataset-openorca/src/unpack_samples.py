"""MLCommons' folder of Open-Orca's tokenized samples -> a folder with the files unpacked.

    python3 unpack_samples.py --folder FOLDER --out DIR

Each NAME.gz anywhere below FOLDER becomes DIR/NAME; other files are copied as they are.
"""
import argparse
import gzip
import pathlib
import shutil
import sys


def main():
    parser = argparse.ArgumentParser(description="Tokenized samples of Open-Orca, unpacked.")
    parser.add_argument("--folder", required=True, type=pathlib.Path, help="what was fetched")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    files = sorted(p for p in options.folder.rglob("*")
                   if p.is_file() and p.name != "manifest.json")
    options.out.mkdir(parents=True)
    for path in files:
        packed = path.suffix == ".gz"
        target = options.out / (path.stem if packed else path.name)
        if target.exists():
            sys.exit(f"error: {path} would become {target.name}, which another file is already\n"
                     f"help: report it: the folder is not as it was")
        with (gzip.open(path) if packed else path.open("rb")) as source, target.open("wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
        print(f"{target.name}: {target.stat().st_size} bytes")


main()
