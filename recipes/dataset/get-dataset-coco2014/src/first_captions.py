"""COCO 2014's captions of the benchmark and its latents -> the data set's folder with the first of
them.

    python3 first_captions.py --captions captions_source.tsv --latents latents.pt --count 50 --out
        DIR

Makes DIR/captions/captions.tsv, the heading and the first --count captions (empty: all), and
DIR/latents/latents.pt, as the reference's Stable Diffusion reads them.
"""
import argparse
import pathlib
import shutil
import sys

HEADING = "id\timage_id\tcaption\theight\twidth\tfile_name\tcoco_url"


def first_lines(path, count):
    lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
    rows = [line for line in lines[1:] if line]
    if lines[0].rstrip("\r") != HEADING or any(
            row.count("\t") != HEADING.count("\t") for row in rows):
        sys.exit(f"error: {path} is no table of COCO's captions\n"
                 f"help: give captions_source.tsv of mlcommons/inference")
    if count is not None and not 0 < count <= len(rows):
        sys.exit(f"error: {path} has {len(rows)} captions, not {count}\n"
                 f"help: take a number from 1 to {len(rows)}")
    return [lines[0], *rows[:count]]


def main():
    parser = argparse.ArgumentParser(
        description="COCO 2014's captions -> the data set's folder with the first of them.")
    parser.add_argument("--captions", required=True, help="captions_source.tsv")
    parser.add_argument("--latents", required=True, help="latents.pt")
    parser.add_argument("--count", required=True, help="how many captions; empty: all")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    lines = first_lines(options.captions, int(options.count) if options.count else None)
    for folder in ("captions", "latents"):
        (options.out / folder).mkdir(parents=True)
    (options.out / "captions/captions.tsv").write_text("".join(line + "\n" for line in lines),
                                                       encoding="utf-8")
    shutil.copyfile(options.latents, options.out / "latents/latents.pt")
    print(f"{len(lines) - 1} captions")


main()
