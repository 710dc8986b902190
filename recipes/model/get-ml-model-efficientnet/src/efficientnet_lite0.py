"""The weights of EfficientNet-Lite0 -> the network as an ONNX model: images float32[n,3,224,224] ->
logits float32[n,1000].

The network of Tan and Le (2019) in the form for small machines: no squeeze-and-excitation, ReLU6 in
place of Swish. Each batch normalization is a part of the convolution before it.
"""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 224
EPSILON = 1e-3  # of the batch normalizations
OPSET, IR_VERSION = 13, 8
# One line a stage: blocks, kernel, stride of its first block.
STAGES = ((1, 3, 1), (2, 3, 2), (2, 5, 2), (3, 3, 2), (3, 5, 1), (4, 5, 2), (1, 3, 1))


class Graph:
    """Grows a chain of nodes; `last` is the name of the newest output, `side` its height and width.
    """
    def __init__(self, weights, first):
        self.weights, self.last, self.side = weights, first, SIDE
        self.nodes, self.constants = [], []
        self.constant("zero", numpy.float32(0))
        self.constant("six", numpy.float32(6))

    def constant(self, name, value):
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))

    def add(self, kind, inputs, name, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        self.last = name

    def convolution(self, name, normalization, stride=1, active=True):
        """Padded as TensorFlow's SAME: what is odd goes behind."""
        kernel, bias = folded(self.weights, name, normalization)
        self.constant(f"{name}.weight", kernel)
        self.constant(f"{name}.bias", bias)
        size, after = kernel.shape[2], -(-self.side // stride)
        padding = max((after - 1) * stride + size - self.side, 0)
        before = padding // 2
        depthwise = kernel.shape[1] == 1
        self.add("Conv", [self.last, f"{name}.weight", f"{name}.bias"], name,
                 kernel_shape=[size,
                               size], strides=[stride,
                                               stride], group=kernel.shape[0] if depthwise else 1,
                 pads=[before, before, padding - before, padding - before])
        self.side = after
        if active:
            self.add("Clip", [self.last, "zero", "six"], f"{name}.relu6")

    def block(self, number, stride, residual):
        name, before = f"_blocks.{number}", self.last
        if f"{name}._expand_conv.weight" in self.weights:
            self.convolution(f"{name}._expand_conv", f"{name}._bn0")
        self.convolution(f"{name}._depthwise_conv", f"{name}._bn1", stride)
        self.convolution(f"{name}._project_conv", f"{name}._bn2", active=False)
        if residual:
            self.add("Add", [self.last, before], f"{name}.sum")


def folded(weights, name, normalization):
    """Kernel and bias of a convolution with the batch normalization behind it; float64 until the
    end."""
    part = {
        key: weights[f"{normalization}.{key}"].astype(numpy.float64)
        for key in ("weight", "bias", "running_mean", "running_var")
    }
    scale = part["weight"] / numpy.sqrt(part["running_var"] + EPSILON)
    kernel = weights[f"{name}.weight"] * scale[:, None, None, None]
    return kernel.astype(numpy.float32), (part["bias"] - part["running_mean"] * scale).astype(
        numpy.float32)


def make_model(weights):
    graph = Graph(weights, "images")
    graph.convolution("_conv_stem", "_bn0", stride=2)
    number = 0
    for blocks, size, first_stride in STAGES:
        for i in range(blocks):
            assert weights[f"_blocks.{number}._depthwise_conv.weight"].shape[
                2] == size, f"block {number} is not EfficientNet-Lite0's"
            graph.block(number, first_stride if i == 0 else 1, residual=i > 0)
            number += 1
    graph.convolution("_conv_head", "_bn1")
    graph.add("GlobalAveragePool", [graph.last], "mean")
    graph.add("Flatten", [graph.last], "features")
    graph.constant("_fc.weight", weights["_fc.weight"])
    graph.constant("_fc.bias", weights["_fc.bias"])
    graph.add("Gemm", [graph.last, "_fc.weight", "_fc.bias"], "logits", transB=1)
    tensors = [
        helper.make_tensor_value_info("images", TensorProto.FLOAT, ["n", 3, SIDE, SIDE]),
        helper.make_tensor_value_info("logits", TensorProto.FLOAT,
                                      ["n", len(weights["_fc.bias"])])
    ]
    body = helper.make_graph(graph.nodes, "efficientnet-lite0", tensors[:1], tensors[1:],
                             graph.constants)
    model = helper.make_model(body, opset_imports=[helper.make_opsetid("", OPSET)],
                              ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    return model
