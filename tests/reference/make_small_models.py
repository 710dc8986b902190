#!/usr/bin/env python3
"""Small models with the contracts of ResNet50, 3D U-Net and BERT -> files that the reference's
programs take: stand-ins, whose answers mean nothing.

    make_small_models.py OUT

OUT/resnet50_v1.onnx: input_tensor:0 float32[n,3,224,224] in; ArgMax:0 int64[n] and softmax_tensor:0
float32[n,1001] out. OUT/3dunet.onnx: input float32[n,1,128,128,128] in; output
float32[n,3,128,128,128] out, largest where the number of the class is nearest. OUT/model.onnx:
input_ids, input_mask, segment_ids int64[1,384] in; output_start_logits and output_end_logits
float32[1,384] out. Needs Debian's python3-torch.
"""
import pathlib
import sys

import torch

WORDS, LENGTH = 400, 384  # of the vocabulary, of a sequence


class Classifier(torch.nn.Module):
    """The mean colours of 4x4 fields -> one of 1001 classes; 0 is the background, as TensorFlow's
    ResNet50 has it."""
    def __init__(self):
        super().__init__()
        self.pool, self.last = torch.nn.AvgPool2d(56), torch.nn.Linear(48, 1001)

    def forward(self, images):
        logits = self.last(self.pool(images).flatten(1) / 64)
        return torch.argmax(logits, 1), torch.softmax(logits, 1)


class Answers(torch.nn.Module):
    """Token by token: how likely an answer starts or ends here."""
    def __init__(self):
        super().__init__()
        self.words, self.parts, self.last = torch.nn.Embedding(WORDS, 8), torch.nn.Embedding(
            2, 8), torch.nn.Linear(8, 2)

    def forward(self, ids, mask, segments):
        found = self.last(torch.tanh(self.words(ids) +
                                     self.parts(segments))) - 1e4 * (1 - mask.unsqueeze(-1).float())
        return found[:, :, 0], found[:, :, 1]


class Segments(torch.nn.Module):
    """Each voxel's class is its brightness: 0, 1 or 2."""
    def forward(self, volumes):
        return -(volumes - torch.arange(3.0).reshape(1, 3, 1, 1, 1))**2


def export(model, inputs, path, names, outputs, free=None):
    torch.onnx.export(model.eval(), inputs, path, opset_version=11, input_names=names,
                      output_names=outputs, dynamic_axes=free)


def main(out):
    torch.manual_seed(3)
    out.mkdir(parents=True, exist_ok=True)
    names = ["input_tensor:0", "ArgMax:0", "softmax_tensor:0"]
    export(Classifier(), torch.rand(2, 3, 224, 224), out / "resnet50_v1.onnx", names[:1], names[1:],
           {name: {0: "n"}
            for name in names})
    export(Segments(), torch.rand(1, 1, 128, 128, 128), out / "3dunet.onnx", ["input"], ["output"],
           {"input": {0: "n"}, "output": {0: "n"}})
    ids = torch.ones(1, LENGTH, dtype=torch.int64)
    export(Answers(), (ids, ids, ids), out / "model.onnx",
           ["input_ids", "input_mask", "segment_ids"], ["output_start_logits", "output_end_logits"])


main(pathlib.Path(sys.argv[1]))
