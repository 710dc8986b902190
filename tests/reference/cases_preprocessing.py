"""Cases of the tensors that mlpgen's preprocessing makes of Open Images, beside those of the
reference's own steps."""
import json
import pathlib
import subprocess

import places
from reference import upstream

STEPS = pathlib.Path(__file__).resolve().parent / "upstream_steps.py"
# python3-opencv has the OpenCV that the preprocessing is built with
DEBIAN_PYTHON = "/usr/bin/python3"
IMAGES = 20
LARGEST = 1e-3  # between two versions of OpenCV, in a range of 0..1: a quarter of a pixel's step


def compared(python, job):
    """What upstream_steps.py says about the first images of the job's data set and of its first
    shard."""
    [edge] = [
        step for step in job.steps()
        if step["name"] == "get-preprocessed-dataset-openimages/images.0"
    ]
    words = edge["argv"]
    dataset, annotations = (job.run_dir / words[words.index(flag) + 1]
                            for flag in ("--dataset", "--annotations"))
    tensors = job.run_dir / edge["directory"] / "images.npy"
    checkout = places.upstream("inference") or ""
    done = subprocess.run([
        str(w) for w in (python, "-B", STEPS, "compare", annotations, dataset, tensors, IMAGES,
                         *filter(None, [checkout]))
    ], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(
        done.stdout), "upstream's own function" if checkout else "upstream's steps in other words"


def case_tensors_of_20_images_are_the_references_bit_for_bit(job):
    said, whose = compared(DEBIAN_PYTHON, job)
    assert said["images"] == IMAGES and said["differing"] == 0, said
    print(f"    {said['images']} images, OpenCV {said['opencv']}, {whose}: equal bit for bit")


def case_another_opencv_gives_nearly_the_same(job):
    here, _ = compared(DEBIAN_PYTHON, job)
    said, _ = compared(upstream.python_environment(), job)
    assert said["images"] == IMAGES and said["opencv"] != here["opencv"], said
    assert 0 <= said["largest"] <= LARGEST or said["decoded"] != here["decoded"], said
    pixels = "the same" if said["decoded"] == here["decoded"] else "other"
    print(
        f"    OpenCV {said['opencv']} of the wheel: decoded to {pixels} pixels; largest difference "
        f"{said['largest']:.1e}, "
        f"in {said['differing']} of {IMAGES * 3 * 800 * 800} numbers")
