"""The embedded demo: its check notices a fault, and the recipes make its files anew."""
import shutil
import subprocess
import sys

import pytest

from demo import made
from places import ROOT, Skip, TESTS

FOLDERS = ("recipes/dataset/get-dataset-openimages/demo",
           "recipes/model/get-ml-model-retinanet/demo")


def faults(root):
    done = subprocess.run([sys.executable, TESTS / "demo/check_demo_files.py", root],
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def copy(work):
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, work / folder)
    return work


def case_as_committed():
    code, text = faults(ROOT)
    assert code == 0, text


def case_changed_byte(copy):
    image = sorted((copy / FOLDERS[0]).rglob("*.jpg"))[7]
    data = bytearray(image.read_bytes())
    data[-10] ^= 1
    image.write_bytes(data)
    code, text = faults(copy)
    assert code == 1 and f"{image.name} has another SHA-256" in text, text


def case_missing_image(copy):
    image = sorted((copy / FOLDERS[0]).rglob("*.jpg"))[3]
    image.unlink()
    code, text = faults(copy)
    assert code == 1 and f"{image.name} is not there" in text, text


def case_the_variation_demo_made_makes_the_committed_images(work):
    made.the_variation_demo_made_makes_the_committed_images(work)


def case_the_preset_demo_made_makes_images_and_model(work):
    made.the_preset_demo_made_makes_images_and_model(work)


def case_the_variation_demo_trained_trains_the_committed_model(work, slow):
    if not slow:
        raise Skip("lasts 25 minutes: tests/run --slow demo")
    made.the_variation_demo_trained_trains_the_committed_model(work)
