"""A stand-in for Intel's calibration of ResNet50: the same command line and files."""
import argparse
import pathlib

import intel_extension_for_pytorch as ipex
import torch
import torchvision

parser = argparse.ArgumentParser()
parser.add_argument("--checkpoint-path", required=True)
parser.add_argument("--data-path-cal", required=True)
parser.add_argument("--batch-size", type=int, default=1)
parser.add_argument("--save-dir", default="models")
for flag in ("calibrate-full-weights", "save-full-weights", "calibrate-start-partition",
             "calibrate-end-partition", "channels-last", "massage"):
    parser.add_argument(f"--{flag}", action="store_true", required=True)
args = parser.parse_args()

images = torchvision.image_folder(args.data_path_cal)
weights = torch.load(args.checkpoint_path)
pathlib.Path(args.save_dir).mkdir()
built = {
    "threads_of_cat": torch.threads_of_cat(), "picked": torch.PICKED,
    "aligned": ipex.ALIGNED_SCALES, "ignores_dequant": ipex.IGNORES_DEQUANT,
    "extension": ipex.__gitrev__, "folders": [file.parent.name for _, file in images],
    "images": [file.name for _, file in images]
}
for name in ("resnet50-start-int8-model.pth", "resnet50-end-int8-model.pth", "resnet50-full.pth"):
    torch.save({**weights, **built}, f"{args.save_dir}/{name}")
torch.save({"scale": len(images)}, f"{args.save_dir}/resnet50-int8-scales.json")
