#!/usr/bin/env python3
"""An ONNX model to a shared library that TVM's virtual machine of Relax loads.

    compile_model.py --model MODEL.onnx --batch N --target llvm --out DIR

DIR/model.so has the function `main`, which takes the inputs of the model in their order;
DIR/model.json names and shapes them. A first dimension that the model leaves open becomes N.
"""
import argparse
import json
import pathlib

import onnx
import tvm
from tvm import relax
from tvm.relax.frontend.onnx import from_onnx


def shapes(model, batch):
    """Shape of each input that is no weight; the first dimension N where it is open."""
    weights = {w.name for w in model.graph.initializer}
    found = {}
    for value in model.graph.input:
        if value.name in weights:
            continue
        dims = [d.dim_value for d in value.type.tensor_type.shape.dim]
        if dims and dims[0] <= 0:
            dims[0] = batch
        if min(dims, default=1) <= 0:
            raise SystemExit(
                f"error: the input {value.name} of the model leaves more open than the batch: "
                f"{dims}")
        found[value.name] = dims
    return found


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--target", default="llvm")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    given = parser.parse_args()
    model = onnx.load(given.model)
    inputs = shapes(model, given.batch)
    module = from_onnx(model, shape_dict=inputs, keep_params_in_input=False)
    executable = tvm.compile(relax.get_pipeline("zero")(module), target=given.target)
    given.out.mkdir(parents=True)
    executable.export_library(str(given.out / "model.so"))
    (given.out / "model.json").write_text(
        json.dumps({"format": 1, "inputs": inputs, "target": given.target, "tvm": tvm.__version__})
        + "\n")


if __name__ == "__main__":
    main()
