"""make_inputs.py DIR: small models and images for the tests of the harness, always the same.

detector.onnx       images float32[1,3,800,800] -> boxes, labels, scores (RetinaNet's contract)
detector_free.onnx  the same with a free batch axis in front of the input, outputs without one
classifier.onnx     pixels float32[?,3,8,8] -> logits float32[?,5]
classifier3.onnx    the same with a batch of exactly 3
pixels.npy          float32[10,3,8,8] for the classifiers
images/, annotations.json   22 images, one of them grey, one without detections
"""
import json
import pathlib
import sys

import cv2
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

out = pathlib.Path(sys.argv[1])
(out / "images").mkdir(parents=True, exist_ok=True)
random = np.random.default_rng(1)


def constant(name, value):
    return numpy_helper.from_array(np.asarray(value), name)


def save(name, nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, name, inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, out / f"{name}.onnx")


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def detector(name, batch):
    """The 12 brightest of 8x8 cells become boxes, their brightness the score."""
    nodes = [
        helper.make_node("AveragePool", ["images"], ["cells"], kernel_shape=[100, 100],
                         strides=[100, 100]),
        helper.make_node("ReduceMean", ["cells"], ["gray"], axes=[0, 1], keepdims=0),
        helper.make_node("Reshape", ["gray", "flat"], ["all"]),
        helper.make_node("TopK", ["all", "k"], ["scores", "index"]),
        helper.make_node("Div", ["index", "eight"], ["row"]),
        helper.make_node("Mod", ["index", "eight"], ["column"]),
        helper.make_node("Mod", ["index", "ten"], ["class"]),
        helper.make_node("Add", ["class", "one"], ["labels"]),
        helper.make_node("Unsqueeze", ["row", "last"], ["y"]),
        helper.make_node("Unsqueeze", ["column", "last"], ["x"]),
        helper.make_node("Concat", ["x", "y"], ["corner"], axis=1),
        helper.make_node("Cast", ["corner"], ["corner_f"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["corner_f", "size"], ["low"]),
        helper.make_node("Add", ["low", "size"], ["high"]),
        helper.make_node("Concat", ["low", "high"], ["boxes"], axis=1),
    ]
    save(name, nodes, [value("images", TensorProto.FLOAT, [batch, 3, 800, 800])],
         [value("boxes", TensorProto.FLOAT, ["n", 4]), value("labels", TensorProto.INT64, ["n"]),
          value("scores", TensorProto.FLOAT, ["n"])],
         [constant("flat", np.int64([64])), constant("k", np.int64([12])),
          constant("eight", np.int64(8)), constant("ten", np.int64(10)),
          constant("one", np.int64(1)), constant("last", np.int64([1])),
          constant("size", np.float32(97.3))])


def classifier(name, batch):
    weights = random.normal(size=(192, 5)).astype(np.float32) if name == "classifier" else \
        numpy_helper.to_array(onnx.load(out / "classifier.onnx").graph.initializer[0])
    nodes = [helper.make_node("Flatten", ["pixels"], ["row"]),
             helper.make_node("MatMul", ["row", "weights"], ["logits"])]
    save(name, nodes, [value("pixels", TensorProto.FLOAT, [batch, 3, 8, 8])],
         [value("logits", TensorProto.FLOAT, [batch, 5])], [constant("weights", weights)])


detector("detector", 1)
detector("detector_free", "b")
classifier("classifier", "b")
classifier("classifier3", 3)
np.save(out / "pixels.npy", random.normal(size=(10, 3, 8, 8)).astype(np.float32))

images, annotations = [], []
for i in range(22):
    height, width = int(random.integers(120, 1100)), int(random.integers(120, 1100))
    small = random.integers(0, 256, size=(9, 9, 3)).astype(np.uint8)
    picture = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    picture = cv2.add(picture, random.integers(0, 40, size=picture.shape).astype(np.uint8))
    if i == 3:
        picture[:] = 4  # too dark for any detection
    if i == 5:
        picture = picture[:, :, 0]  # a grey image: one channel in the file
    suffix = ".png" if i % 7 == 6 else ".jpg"
    cv2.imwrite(str(out / "images" / f"{i:03}{suffix}"), picture)
    images.append({"id": 900 + 7 * i, "file_name": f"{i:03}{suffix}", "height": height,
                   "width": width, "coco_url": ""})
    for _ in range(int(random.integers(0 if i == 3 else 1, 5))):
        w, h = width * random.uniform(.1, .3), height * random.uniform(.1, .3)
        x, y = random.uniform(0, width - w), random.uniform(0, height - h)
        annotations.append({"id": len(annotations) + 1, "image_id": 900 + 7 * i, "iscrowd": 0,
                            "category_id": int(random.integers(1, 11)), "area": w * h,
                            "bbox": [x, y, w, h]})
categories = [{"id": c, "name": f"class {c}"} for c in range(1, 11)]
(out / "annotations.json").write_text(json.dumps(
    {"images": images, "annotations": annotations, "categories": categories}))
