"""The small ResNet, and the classifier's contract around it.

SmallResNet turns pictures [n,1,28,28] (0..1) into a logit for each of 10 classes. It has the parts
of ResNet50: a stem, stages of residual blocks that halve the picture and widen the channels, a mean
over the picture, one linear layer.
"""
from torch import nn
from torch.nn import functional

CLASSES = 10
SIDE = 28
WIDTHS = (16, 32, 64)  # channels of the stages, whose pictures have 14, 7 and 4 pixels a side
MEAN, DEVIATION = 0.286, 0.353  # of the training pictures


def convolution(channels_in, channels_out, kernel, stride):
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(channels_out))


class Residual(nn.Module):
    def __init__(self, channels_in, channels_out, stride):
        super().__init__()
        self.first = convolution(channels_in, channels_out, 3, stride)
        self.second = convolution(channels_out, channels_out, 3, 1)
        same = stride == 1 and channels_in == channels_out
        self.around = nn.Identity() if same else convolution(channels_in, channels_out, 1, stride)

    def forward(self, x):
        return functional.relu(self.around(x) + self.second(functional.relu(self.first(x))))


class SmallResNet(nn.Module):
    def __init__(self):
        super().__init__()
        stages, channels = [], WIDTHS[0]
        for width in WIDTHS:
            stages += [Residual(channels, width, 2), Residual(width, width, 1)]
            channels = width
        self.stem = convolution(1, WIDTHS[0], 3, 1)
        self.stages = nn.Sequential(*stages)
        self.classify = nn.Linear(channels, CLASSES)

    def forward(self, pictures):
        x = functional.relu(self.stem((pictures - MEAN) / DEVIATION))
        return self.classify(self.stages(x).mean((2, 3)))
