"""The preprocessing of Open Images, one shard a core, beside the reference's script on the same
images."""
import os
import resource
import shutil
import subprocess
import sys
import time

from harness import build
from measure import command, line, medians
from places import ROOT

sys.path.insert(0, str(ROOT / "tests/reference"))
from reference.upstream import python_environment

STEPS = ROOT / "tests/reference/upstream_steps.py"
DEBIAN_PYTHON = "/usr/bin/python3"  # of python3-opencv
IMAGES, WIDTH, HEIGHT = 60, 1024, 768  # as most photographs of Open Images
FLAGS = ["-O3", "-g0", "-std=c++20", "-I/usr/include/opencv4"]  # as the recipe has them
LIBRARIES = ["-lopencv_core", "-lopencv_imgproc", "-lopencv_imgcodecs"]
ENLARGE = """
import cv2, json, pathlib, sys
root, count = pathlib.Path(sys.argv[1]), int(sys.argv[2])
size = int(sys.argv[3]), int(sys.argv[4])
files = sorted((pathlib.Path(sys.argv[5]) / "validation/data").glob("*.jpg"))
images = []
for i in range(count):
    picture = cv2.imread(str(files[i % len(files)]))
    picture = cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC)
    cv2.imwrite(str(root / f"{i:03}.jpg"), picture, [cv2.IMWRITE_JPEG_QUALITY, 90])
    images.append({"id": i, "file_name": f"{i:03}.jpg", "width": size[0], "height": size[1]})
annotations = {"images": images, "annotations": [], "categories": []}
(root / "annotations.json").write_text(json.dumps(annotations))
"""


def photographs(folder):
    """IMAGES of the demo's pictures, enlarged to the size of a photograph, and their annotation
    file."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command([
        DEBIAN_PYTHON, "-c", ENLARGE, folder, IMAGES, WIDTH, HEIGHT,
        ROOT / "recipes/dataset/get-dataset-openimages/demo"
    ])
    return folder


def program(scratch):
    compiler = build.Compiler(scratch / "build")
    sources = sorted(build.PREPROCESS.glob("*.cc"))
    parts = compiler.objects("openimages", sources, sorted(build.PREPROCESS.glob("*.h")),
                             [*FLAGS, f"-I{build.PREPROCESS}"])
    return compiler.program("openimages-preprocess", parts, LIBRARIES)


def ours(preprocess, data, out):
    """Seconds of all shards, side by side."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    start, shards = time.monotonic(), os.cpu_count()
    words = [
        preprocess, "--dataset", data, "--annotations", data / "annotations.json", "--shards",
        shards
    ]
    running = [
        subprocess.Popen([
            str(w) for w in (*words, "--shard", shard, "--out", out / f"{shard}.npy", "--list",
                             out / f"{shard}.json")
        ], stderr=subprocess.PIPE, text=True) for shard in range(shards)
    ]
    for process in running:
        _, said = process.communicate()
        if process.returncode:
            raise SystemExit(f"error: the preprocessing failed:\n{said}")
    return time.monotonic() - start


def theirs(python, checkout, data, out):
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    start = time.monotonic()
    command([
        python, "-B", STEPS, "write", data / "annotations.json", data, out,
        *filter(None, [checkout])
    ])
    return time.monotonic() - start


def processor_seconds(side):
    """The side with the processor time of its programs, by which a busy machine disturbs less."""
    def measured():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        wall = side()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "wall": wall,
            "processor": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        }

    return measured


def run(given):
    data, preprocess = photographs(given.scratch / "photographs"), program(given.scratch)
    checkout = given.inference_src.resolve() if given.inference_src else None
    python = python_environment() if checkout else DEBIAN_PYTHON
    whose = "upstream's own script" if checkout else "upstream's steps in other words"
    print(
        f"preprocessing {IMAGES} photographs of {WIDTH}x{HEIGHT}, {os.cpu_count()} shards, beside "
        f"{whose}; {given.pairs} alternating pairs, medians:")
    sides = {
        "ours": lambda: ours(preprocess, data, given.scratch / "ours-out"),
        "theirs": lambda: theirs(python, checkout, data, given.scratch / "theirs-out")
    }
    took = medians({name: processor_seconds(side) for name, side in sides.items()}, given.pairs)
    for what, goal in (("wall", "1.9 on 2 cores"), ("processor", "")):
        mine, its = took["ours"][what], took["theirs"][what]
        line(f"{what} time, theirs / ours", f"{its:6.2f} s / {mine:5.2f} s = {its / mine:.2f}",
             goal)
    for name in ("ours-out", "theirs-out"):
        shutil.rmtree(given.scratch / name)
