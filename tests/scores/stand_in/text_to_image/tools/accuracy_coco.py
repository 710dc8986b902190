"""A stand-in for the reference's accuracy_coco.py: mlpgen's own code with its command line, its
file of results and its last line.

It imports what the reference does and finds both files of weights where that does, but these are
vectors of three numbers here: what it prints are distances of mean colours and no scores of CLIP or
Inception.
"""
import argparse
import json
import pathlib

import ijson
import numpy as np
import open_clip  # the package that looks for CLIP's weights at that place
import pandas
import torch
import torchvision
from PIL import Image
from scipy import linalg
from tqdm import tqdm

WEIGHTS = "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth"

parser = argparse.ArgumentParser()
for option in ("--mlperf-accuracy-file", "--caption-path", "--output-file"):
    parser.add_argument(option, required=True)
parser.add_argument("--low_memory", action="store_true")
given = parser.parse_args()

assert hasattr(open_clip, "create_model_and_transforms") and hasattr(
    torchvision.models, "inception_v3") and hasattr(linalg, "sqrtm")
captions = pandas.read_csv(given.caption_path, sep="\t")["caption"]
clip = torch.load(pathlib.Path("~/.cache/clip/ViT-B-32.pt").expanduser())
inception = torch.hub.load_state_dict_from_url(WEIGHTS)
alike, far, seen = [], [], set()
with open(given.mlperf_accuracy_file, "rb") as file:
    for entry in tqdm(ijson.items(file, "item"), disable=True):
        if entry["qsl_idx"] in seen or not captions[entry["qsl_idx"]]:
            continue
        seen.add(entry["qsl_idx"])
        picture = Image.fromarray(
            np.frombuffer(bytes.fromhex(entry["data"]), np.uint8).reshape(1024, 1024, 3))
        colour = torch.tensor(np.asarray(picture.resize(
            (1, 1))), dtype=torch.float32).flatten() / 255
        alike.append(float(torch.cosine_similarity(colour, clip["colour"], dim=0)))
        far.append(float(torch.dist(colour, inception["colour"])))
result = {"FID_SCORE": f"{np.mean(far):.6f}", "CLIP_SCORE": f"{100 * np.mean(alike):.6f}"}
print(f"Accuracy Results: {result}")
pathlib.Path(given.output_file).write_text(json.dumps(result))
