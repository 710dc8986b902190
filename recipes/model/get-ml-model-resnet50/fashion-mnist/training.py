"""Turns training pictures and their labels into a trained network: fixed seed, steps and threads,
no clock."""
import math

import numpy as np
import torch
from torch.nn import functional

from network import SmallResNet

BATCH = 64
RATE, WARM_UP, WEIGHT_DECAY = 3e-3, 50, 5e-4
AVERAGE_KEEP = 0.995  # the weights that are exported are a running mean over about 200 steps


def train(pictures, labels, steps, seed):
    """pictures uint8[n,28,28], labels int64[n] -> SmallResNet with averaged weights, in evaluation
    mode."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True)
    rng = np.random.default_rng(seed)
    network, average = SmallResNet().train(), SmallResNet()
    average.load_state_dict(network.state_dict())
    optimizer = torch.optim.AdamW(network.parameters(), weight_decay=WEIGHT_DECAY)
    order = np.concatenate(
        [rng.permutation(len(pictures)) for _ in range(-(-steps * BATCH // len(pictures)))])
    for step in range(steps):
        optimizer.param_groups[0]["lr"] = rate_at(step, steps)
        chosen = order[step * BATCH:(step + 1) * BATCH]
        loss = functional.cross_entropy(network(torch.from_numpy(varied(rng, pictures[chosen]))),
                                        torch.from_numpy(labels[chosen]))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        follow(average, network, min(AVERAGE_KEEP, step / (step + 10)))
        if (step + 1) % 100 == 0 or step + 1 == steps:
            print(f"step {step + 1}/{steps} loss {loss.item():.3f}", flush=True)
    return average.eval()


def rate_at(step, steps):
    """Linear warm-up, then half a cosine down to nothing."""
    return RATE * min(1, (step + 1) / WARM_UP) * (0.5 + 0.5 * math.cos(math.pi * step / steps))


@torch.no_grad()
def follow(average, network, keep):
    now = network.state_dict()
    for name, value in average.state_dict().items():
        if value.dtype.is_floating_point:
            value.mul_(keep).add_(now[name], alpha=1 - keep)


def varied(rng, pictures):
    """-> float32[n,1,28,28] from 0 to 1, half of them mirrored."""
    mirrored = rng.random(len(pictures)) < 0.5
    pictures[mirrored] = pictures[mirrored, :, ::-1]
    return pictures[:, None].astype(np.float32) / 255
