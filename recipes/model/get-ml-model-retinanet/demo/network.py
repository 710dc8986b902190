"""The demo detector, and RetinaNet's contract around it.

Detector turns pictures [n,3,160,160] (red green blue, 0..1) into class logits and box distances of
a grid of 20x20 cells. RetinaNetContract turns one picture [1,3,800,800] into boxes, labels, scores.
"""
import torch
import torchvision
from torch import nn
from torch.nn import functional

INPUT = 800  # side of the contract's input, pixels
SHRINK = 5  # the first layer averages 5x5 pixels
SIDE = INPUT // SHRINK
STRIDE = 8  # pixels of the 160x160 picture that a cell stands for
CELLS = SIDE // STRIDE
CLASSES = 10
CANDIDATES, DETECTIONS_MAX, OVERLAP_MAX = 200, 100, 0.5


def block(channels_in, channels_out, kernel=3, stride=1, padding=None):
    padding = kernel // 2 if padding is None else padding
    return nn.Sequential(nn.Conv2d(channels_in, channels_out, kernel, stride, padding, bias=False),
                         nn.BatchNorm2d(channels_out), nn.ReLU())


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = block(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False),
                                    nn.BatchNorm2d(channels))

    def forward(self, x):
        return functional.relu(x + self.second(self.first(x)))


class Detector(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(block(3, 24, kernel=4, stride=4, padding=0), block(24, 32))
        self.fine = nn.Sequential(block(32, 64, stride=2), Residual(64))  # 20x20
        self.coarse = nn.Sequential(block(64, 96, stride=2), Residual(96), block(96, 64, kernel=1))
        self.classify = nn.Sequential(block(64, 64), nn.Conv2d(64, CLASSES, 1))
        self.locate = nn.Sequential(block(64, 48), nn.Conv2d(48, 4, 1))
        # Few cells hold an object: training starts from "none does".
        nn.init.constant_(self.classify[-1].bias, -4.0)

    def forward(self, pictures):
        """-> logits [n,10,400]; distances [n,4,400] from a cell's centre to left, top, right,
        bottom of its object, in pixels of the 160x160 picture."""
        fine = self.fine(self.stem((pictures - 0.3) / 0.25))
        mixed = fine + functional.interpolate(self.coarse(fine), scale_factor=2.0, mode="nearest")
        distances = torch.exp(self.locate(mixed).clamp(-4, 4)) * (2 * STRIDE)
        return self.classify(mixed).flatten(2), distances.flatten(2)


class RetinaNetContract(nn.Module):
    """images [1,3,800,800] (red green blue, 0..1) -> boxes [n,4] as x1 y1 x2 y2 in 0..800,
    labels int64 [n] in 1..10, scores [n], best first; n <= 100."""
    def __init__(self, detector):
        super().__init__()
        self.detector = detector
        axis = torch.arange(CELLS) * float(STRIDE) + STRIDE / 2
        y, x = torch.meshgrid(axis, axis, indexing="ij")
        self.register_buffer("centres", torch.stack([x, y], -1).reshape(-1, 2))

    def forward(self, images):
        logits, distances = self.detector(functional.avg_pool2d(images, SHRINK, SHRINK))
        sides = distances[0].transpose(0, 1)
        corners = torch.cat([self.centres - sides[:, :2], self.centres + sides[:, 2:]], 1)
        scores, order = logits[0].sigmoid().flatten().topk(CANDIDATES)
        labels = torch.div(order, CELLS * CELLS, rounding_mode="floor")
        boxes = corners.clamp(0, SIDE)[order - labels * (CELLS * CELLS)] * float(SHRINK)
        # Classes are moved apart, so that only boxes of one class suppress each other.
        apart = boxes + (labels * (2 * INPUT)).to(boxes.dtype).unsqueeze(1)
        keep = torchvision.ops.nms(apart, scores, OVERLAP_MAX)[:DETECTIONS_MAX]
        return boxes[keep], labels[keep] + 1, scores[keep]
