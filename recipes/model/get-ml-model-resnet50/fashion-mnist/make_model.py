"""Turns the training objects of Fashion-MNIST into a small ResNet with an image classifier's
contract.

    make_model.py train-images-idx3-ubyte.gz train-labels-idx1-ubyte.gz --out DIR

DIR/model.onnx: images float32[n,1,28,28] from 0 to 1 -> logits float32[n,10]. The same command
gives the same bytes on one machine; another processor or another PyTorch may train to other bytes.
About two minutes on one idle core.
"""
import sys

sys.dont_write_bytecode = True  # nothing is written beside the scripts

import argparse
from pathlib import Path

OPSET = 13


def read_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("pictures", help="IDX, gzip")
    parser.add_argument("classes", help="IDX, gzip")
    parser.add_argument("--out", type=Path, required=True, help="the folder to make")
    parser.add_argument("--threads", type=int, default=1, help="threads of the training (1)")
    parser.add_argument("--steps", type=int, default=2400,
                        help="training steps of 64 pictures (2400)")
    parser.add_argument("--seed", type=int, default=0, help="seed of weights and batches (0)")
    options = parser.parse_args()
    if min(options.threads, options.steps) < 1 or options.seed < 0:
        parser.error("--threads and --steps start at 1, --seed at 0")
    return options


def main():
    options = read_options()
    import torch

    torch.set_num_threads(options.threads)
    import training
    from idx_file import read_idx

    pictures, classes = read_idx(options.pictures, 3), read_idx(options.classes, 1)
    network = training.train(pictures, classes.astype("int64"), options.steps, options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(network, torch.zeros(1, 1, *pictures.shape[1:]),
                      str(options.out / "model.onnx"), opset_version=OPSET, input_names=["images"],
                      output_names=["logits"],
                      dynamic_axes={"images": {0: "n"}, "logits": {0: "n"}})
    weights = sum(p.numel() for p in network.parameters())
    print(f"model.onnx: {weights} weights, {(options.out / 'model.onnx').stat().st_size} bytes")


main()
