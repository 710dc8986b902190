#!/usr/bin/env python3
"""RetinaNet as MLPerf Inference has it, with random weights -> an ONNX file, and the same model for
PyTorch.

    make_retinanet.py OUT [--seed N]

OUT/resnext50_32x4d_fpn.onnx: images [1,3,800,800] float32 from 0 to 1 in; boxes [n,4] float32 in
pixels (xmin, ymin, xmax, ymax), scores [n] float32 and labels [n] int64 out.
OUT/resnext50_32x4d_fpn.pth: the module, as upstream's `retinanet-pytorch` loads it. The
architecture is that of the published model (a ResNeXt50 32x4d with a feature pyramid, 264 classes,
nine anchors a place), so its size and its work an image are the real ones; its weights are drawn
from the seed, so what it detects means nothing. Needs Debian's python3-torch and
python3-torchvision; about a minute.
"""
import argparse
import pathlib

import torch
from torchvision.models.detection import RetinaNet
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

CLASSES = 264  # of MLPerf's selection of Open Images
SIDE = 800  # pixels of an image's side
SPREAD = 0.4  # of the logits: about one in 50,000 then passes the threshold
BASE = "resnext50_32x4d_fpn"


def network(seed):
    """The module. Its head is drawn anew: as drawn by torchvision, no score would ever pass the
    reference's threshold of 0.05."""
    torch.manual_seed(seed)
    backbone = resnet_fpn_backbone(backbone_name="resnext50_32x4d", weights=None,
                                   returned_layers=[2, 3, 4], extra_blocks=LastLevelP6P7(256, 256))
    sizes = tuple(
        (side, int(side * 2**(1 / 3)), int(side * 2**(2 / 3))) for side in (32, 64, 128, 256, 512))
    anchors = AnchorGenerator(sizes, ((0.5, 1.0, 2.0), ) * len(sizes))
    model = RetinaNet(backbone, CLASSES, min_size=SIDE, max_size=SIDE, anchor_generator=anchors)
    for layer in (layer for layer in model.head.modules() if isinstance(layer, torch.nn.Conv2d)):
        torch.nn.init.kaiming_normal_(layer.weight)
    widen(model.eval())
    return model


def widen(model):
    """Scales the last layer so that the logits of a picture of soft spots spread by SPREAD around
    what they start from, a score of 0.01."""
    last, seen = model.head.classification_head.cls_logits, []
    hook = last.register_forward_hook(lambda _, __, out: seen.append(out.detach().flatten()))
    spots = torch.nn.functional.interpolate(torch.rand(1, 3, 25, 25), (SIDE, SIDE), mode="bilinear")
    with torch.no_grad():
        model([spots[0]])
        hook.remove()
        last.weight.mul_(SPREAD / torch.cat(seen).std())


class Flat(torch.nn.Module):
    """One image in a batch of one -> boxes, scores, labels."""
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, images):
        found = self.model([images[0]])[0]
        return found["boxes"], found["scores"], found["labels"]


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    model = network(given.seed)
    with torch.no_grad():
        torch.save(model, given.out / f"{BASE}.pth")
        names = ["boxes", "scores", "labels"]
        torch.onnx.export(Flat(model), torch.rand(1, 3, SIDE, SIDE), given.out / f"{BASE}.onnx",
                          opset_version=11, input_names=["images"], output_names=names,
                          dynamic_axes={name: {0: "n"}
                                        for name in names})
    print(f"{BASE}:", sum(p.numel() for p in model.parameters()), "weights")


main()
