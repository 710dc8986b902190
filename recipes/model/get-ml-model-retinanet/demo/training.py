"""Turns a training set into a trained detector: fixed seed, steps and threads, no clock."""
import math

import numpy as np
import torch
from torch.nn import functional

import training_set
from network import Detector

BATCH = 16
RATE, WARM_UP, WEIGHT_DECAY = 3e-3, 60, 5e-4
AVERAGE_KEEP = 0.995  # the weights that are exported are a running mean over about 200 steps


def train(pictures, boxes, steps, seed):
    """-> Detector with averaged weights, in evaluation mode."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng([seed, 7])
    detector, average = Detector().train(), Detector()
    average.load_state_dict(detector.state_dict())
    optimizer = torch.optim.AdamW(detector.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate_at(step, steps)
        numbers = training_set.batch(rng, pictures, boxes, BATCH)
        x, classes, distances, held = map(torch.from_numpy, numbers)
        loss, overlap = loss_of(*detector(x), classes, distances, held)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        follow(average, detector, min(AVERAGE_KEEP, step / (step + 10)))
        if (step + 1) % 100 == 0 or step + 1 == steps:
            print(f"step {step + 1}/{steps} loss {loss.item():.3f} overlap {overlap.item():.3f}",
                  flush=True)
    return average.eval()


def rate_at(step, steps):
    """Linear warm-up, then half a cosine down to almost nothing."""
    return RATE * min(1, (step + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * step / steps))


@torch.no_grad()
def follow(average, detector, keep):
    now = detector.state_dict()
    for name, value in average.state_dict().items():
        if value.dtype.is_floating_point:
            value.mul_(keep).add_(now[name], alpha=1 - keep)


def loss_of(logits, distances, classes, true_distances, held):
    """-> loss, mean overlap of the held cells' boxes with the true ones."""
    overlap = overlap_of(distances.transpose(1, 2)[held], true_distances.transpose(1, 2)[held])
    # A cell's score shall rank its box as mAP does, so its target grows with the box's overlap.
    quality = torch.zeros(held.shape)
    quality[held] = 0.4 + 0.6 * overlap.detach()
    wanted = classes * quality[:, None]
    found = logits.detach().sigmoid()
    weight = torch.where(classes > 0, (wanted - found).abs() + 0.15, 0.6 * found * found)
    entropy = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    classification = (entropy * weight).sum() / held.sum().clamp(min=1)
    return 2 * classification + 1.5 * (1 - overlap).mean(), overlap.mean()


def overlap_of(a, b):
    """Intersection over union of boxes [n,4] given as distances from one common inner point."""
    common = torch.min(a, b)
    inner = (common[:, 0] + common[:, 2]) * (common[:, 1] + common[:, 3])
    areas = [(d[:, 0] + d[:, 2]) * (d[:, 1] + d[:, 3]) for d in (a, b)]
    return inner / (areas[0] + areas[1] - inner)
