#!/usr/bin/python3
"""Turns the Fashion-MNIST training objects into the demo detector, with RetinaNet's contract.

In:  --scenes DIR         folder of scenes.py (the demo of the recipe get-dataset-openimages)
     --fashion-mnist DIR  the IDX files of the Debian package dataset-fashion-mnist
Out: --out DIR            DIR/model.onnx
The same command gives the same bytes on one machine; nothing else is written. Exit code 1 and an
error line when something lacks.
"""
import sys

sys.dont_write_bytecode = True  # nothing is written beside the scripts

import argparse
import io
import warnings
from pathlib import Path

OPSET = 13
MODEL_BYTES_MAX = 2_000_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--out", type=Path, required=True, help="folder to write to")
    parser.add_argument("--scenes", type=Path, required=True, help="folder of scenes.py")
    parser.add_argument("--fashion-mnist", metavar="DIR", help="folder of the IDX files "
                        "(where dataset-fashion-mnist puts them)")
    parser.add_argument("--threads", type=int, default=1, help="threads of the training (1)")
    parser.add_argument("--steps", type=int, default=4000, help="training steps (4000)")
    parser.add_argument("--count", type=int, default=6000, help="training scenes (6000)")
    parser.add_argument("--seed", type=int, default=0, help="seed of weights and batches (0)")
    options = parser.parse_args()
    if min(options.threads, options.steps, options.count) < 1 or options.seed < 0:
        parser.error("--threads, --steps and --count start at 1, --seed at 0")
    if not (options.scenes / "scenes.py").is_file():
        sys.exit(f"error: {options.scenes} holds no scenes.py\nhelp: name the folder demo of the "
                 "recipe get-dataset-openimages with --scenes DIR")
    return options


def onnx_bytes(detector):
    """The detector behind RetinaNet's contract, as the bytes of an ONNX file."""
    import torch
    from network import INPUT, RetinaNetContract

    stream = io.BytesIO()
    with warnings.catch_warnings():
        # The exporter warns that a slice might depend on the input; here its bounds are constants.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            RetinaNetContract(detector).eval(), torch.zeros(1, 3, INPUT, INPUT), stream,
            opset_version=OPSET, input_names=["images"], output_names=["boxes", "labels", "scores"],
            dynamic_axes={"boxes": [0], "labels": [0], "scores": [0]})
    return stream.getvalue()


def main():
    options = arguments()
    sys.path.insert(0, str(options.scenes.resolve()))
    import needs

    needs.need_modules("numpy", "cv2", "torch", "torchvision")
    import cv2
    import scenes
    import torch

    cv2.setNumThreads(1)
    torch.set_num_threads(options.threads)
    import training
    import training_set

    objects = scenes.read_objects(scenes.TRAINING, options.fashion_mnist or scenes.FASHION_MNIST)
    pictures, boxes = training_set.build(objects, scenes.TRAINING_SEED, options.count)
    model = onnx_bytes(training.train(pictures, boxes, options.steps, options.seed))
    if len(model) > MODEL_BYTES_MAX:
        needs.stop(f"the model has {len(model)} bytes, more than {MODEL_BYTES_MAX}",
                   "make the network in network.py smaller")
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "model.onnx").write_bytes(model)
    print(f"model.onnx {len(model)} bytes")


main()
