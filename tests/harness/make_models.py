"""make_models.py DIR: small models and data for the tests of the harness, always the same.

detector.onnx       images float32[1,3,800,800] -> boxes, labels, scores (RetinaNet's contract)
detector_free.onnx  the same with a free batch axis in front of the input, outputs without one
classifier.onnx     pixels float32[?,3,8,8] -> logits float32[?,5]
classifier3.onnx    the same with a batch of exactly 3
classifier_two.onnx the same with MLPerf's outputs of ResNet50: ArgMax:0 int64[?], softmax_tensor:0
float32[?,5] sum.onnx            a float32[?,2], b float32[1,2] -> sum float32[?,2], count int64[]
pixels.npy          float32[10,3,8,8] for the classifiers
"""
import pathlib
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

OUT = pathlib.Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)
RANDOM = np.random.default_rng(1)


def constant(name, value):
    return numpy_helper.from_array(np.asarray(value), name)


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def save(name, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(nodes, name, inputs, outputs, list(constants))
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, OUT / f"{name}.onnx")


def detector(name, batch):
    """The 12 brightest of 8x8 cells become boxes, their brightness the score."""
    node = helper.make_node
    nodes = [
        node("AveragePool", ["images"], ["cells"], kernel_shape=[100, 100], strides=[100, 100]),
        node("ReduceMean", ["cells"], ["gray"], axes=[0, 1], keepdims=0),
        node("Reshape", ["gray", "flat"], ["all"]),
        node("TopK", ["all", "k"], ["scores", "index"]),
        node("Div", ["index", "eight"], ["row"]),
        node("Mod", ["index", "eight"], ["column"]),
        node("Mod", ["index", "ten"], ["class"]),
        node("Add", ["class", "one"], ["labels"]),
        node("Unsqueeze", ["row", "last"], ["y"]),
        node("Unsqueeze", ["column", "last"], ["x"]),
        node("Concat", ["x", "y"], ["corner"], axis=1),
        node("Cast", ["corner"], ["corner_f"], to=TensorProto.FLOAT),
        node("Mul", ["corner_f", "size"], ["low"]),
        node("Add", ["low", "size"], ["high"]),
        node("Concat", ["low", "high"], ["boxes"], axis=1),
    ]
    save(name, nodes, [value("images", TensorProto.FLOAT, [batch, 3, 800, 800])], [
        value("boxes", TensorProto.FLOAT, ["n", 4]),
        value("labels", TensorProto.INT64, ["n"]),
        value("scores", TensorProto.FLOAT, ["n"])
    ], [
        constant("flat", np.int64([64])),
        constant("k", np.int64([12])),
        constant("eight", np.int64(8)),
        constant("ten", np.int64(10)),
        constant("one", np.int64(1)),
        constant("last", np.int64([1])),
        constant("size", np.float32(97.3))
    ])


def classifier(name, batch, weights):
    nodes = [
        helper.make_node("Flatten", ["pixels"], ["row"]),
        helper.make_node("MatMul", ["row", "weights"], ["logits"])
    ]
    save(name, nodes, [value("pixels", TensorProto.FLOAT, [batch, 3, 8, 8])],
         [value("logits", TensorProto.FLOAT, [batch, 5])], [constant("weights", weights)])


def classifier_with_two_outputs(weights):
    nodes = [
        helper.make_node("Flatten", ["pixels"], ["row"]),
        helper.make_node("MatMul", ["row", "weights"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["softmax_tensor:0"], axis=1),
        helper.make_node("ArgMax", ["logits"], ["ArgMax:0"], axis=1, keepdims=0)
    ]
    save("classifier_two", nodes, [value("pixels", TensorProto.FLOAT, ["b", 3, 8, 8])], [
        value("ArgMax:0", TensorProto.INT64, ["b"]),
        value("softmax_tensor:0", TensorProto.FLOAT, ["b", 5])
    ], [constant("weights", weights)])


detector("detector", 1)
detector("detector_free", "b")
WEIGHTS = RANDOM.normal(size=(192, 5)).astype(np.float32)
classifier("classifier", "b", WEIGHTS)
classifier("classifier3", 3, WEIGHTS)
classifier_with_two_outputs(WEIGHTS)
save("sum",
     [helper.make_node("Add", ["a", "b"], ["sum"]),
      helper.make_node("Size", ["a"], ["count"])],
     [value("a", TensorProto.FLOAT, ["n", 2]),
      value("b", TensorProto.FLOAT, [1, 2])],
     [value("sum", TensorProto.FLOAT, ["n", 2]),
      value("count", TensorProto.INT64, [])])
np.save(OUT / "pixels.npy", RANDOM.normal(size=(10, 3, 8, 8)).astype(np.float32))
