"""A stand-in for Intel's calibration of RetinaNet: the same command line and files."""
import argparse
import json
import pathlib

import intel_extension_for_pytorch as ipex
import torch
import torchvision  # noqa: F401

parser = argparse.ArgumentParser()
parser.add_argument("--calibrate", action="store_true", required=True)
parser.add_argument("--num-classes", type=int, required=True)
for option in ("data-path", "annotation-file", "checkpoint-path", "save-trace-model-path"):
    parser.add_argument(f"--{option}", required=True)
args = parser.parse_args()

images = [
    image["file_name"]
    for image in json.loads(pathlib.Path(args.annotation_file).read_text())["images"]
]
missing = [name for name in images if not (pathlib.Path(args.data_path) / name).is_file()]
assert images and not missing, missing
torch.save(
    {
        **torch.load(args.checkpoint_path), "threads_of_cat": torch.threads_of_cat(),
        "picked": torch.PICKED, "aligned": ipex.ALIGNED_SCALES,
        "ignores_dequant": ipex.IGNORES_DEQUANT, "extension": ipex.__gitrev__, "images": images
    }, args.save_trace_model_path)
