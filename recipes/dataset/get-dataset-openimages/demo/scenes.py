"""Turns Fashion-MNIST objects into scenes: a colour picture, and the exact box and class of each
object.

A scene is a pure function of (objects, seed, index): no global random state, no clock, any order.
The benchmark takes the TEST objects and BENCHMARK_SEED, training takes the TRAINING objects and
TRAINING_SEED, so no object is in both.
"""
import gzip
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

import needs

FASHION_MNIST = "/usr/share/datasets/fashion-mnist"  # Debian package dataset-fashion-mnist
TEST, TRAINING = "t10k", "train"  # 10,000 and 60,000 objects, 28x28 gray
BENCHMARK_SEED, TRAINING_SEED = 20201, 1
CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
           "Bag", "Ankle boot")

# Width and height in pixels. On the way to 800x800 some grow, some shrink, and most change shape.
SIZES = ((320, 240), (240, 320), (400, 400), (500, 333), (333, 500), (640, 427), (1024, 683))
OBJECTS_MIN, OBJECTS_MAX = 2, 6
# Side of an object's square as a part of the picture's shorter side.
SIDE_MIN, SIDE_MAX = 0.24, 0.5
PLACEMENT_TRIES = 20

# Blue, green, red: the ground is cold and the objects are warm in every scene. The detector learns
# that, so a preprocessing that swaps red and blue loses its mAP.
COLD = np.array([1.0, 0.8, 0.35], np.float32)
WARM = np.array([0.35, 0.7, 1.0], np.float32)


@dataclass(frozen=True)
class Objects:
    """One split of Fashion-MNIST."""
    pixels: np.ndarray  # uint8 [n,28,28], 0 is ground
    labels: np.ndarray  # uint8 [n], an index into CLASSES


@dataclass(frozen=True)
class Box:
    """The smallest box around an object's silhouette, in pixels of its scene."""
    x: int
    y: int
    width: int
    height: int
    label: int  # an index into CLASSES


@dataclass(frozen=True)
class Scene:
    image: np.ndarray  # uint8 [height,width,3], blue green red
    boxes: tuple


def read_objects(split, directory=FASHION_MNIST):
    """Reads TEST or TRAINING from the IDX files in `directory`; ends the program if they lack."""
    images = Path(directory) / f"{split}-images-idx3-ubyte.gz"
    labels = Path(directory) / f"{split}-labels-idx1-ubyte.gz"
    for path in (images, labels):
        if not path.is_file():
            needs.stop(
                f"{path} does not exist", "sudo apt-get install dataset-fashion-mnist, "
                "or name the folder of its files with --fashion-mnist DIR")
    with gzip.open(images) as stream:
        pixels = np.frombuffer(stream.read(), np.uint8, offset=16).reshape(-1, 28, 28)
    with gzip.open(labels) as stream:
        return Objects(pixels, np.frombuffer(stream.read(), np.uint8, offset=8))


def compose(objects, seed, index):
    """The scene number `index` of the series `seed`."""
    rng = np.random.default_rng([seed, index])
    width, height = SIZES[int(rng.integers(len(SIZES)))]
    image = ground(rng, width, height)
    squares, boxes = [], []
    for _ in range(int(rng.integers(OBJECTS_MIN, OBJECTS_MAX + 1))):
        square = free_square(rng, width, height, squares)
        if square is None:
            continue
        squares.append(square)
        which = int(rng.integers(len(objects.labels)))
        tint = rng.uniform(110, 255) * rng.uniform(0.8, 1.0, 3).astype(np.float32) * WARM
        boxes.append(draw(image, objects.pixels[which], int(objects.labels[which]), square, tint))
    return Scene(np.rint(image.clip(0, 255)).astype(np.uint8), tuple(boxes))


def ground(rng, width, height):
    """A soft cold colour field with a little sensor noise: float32 [height,width,3], 0..255."""
    field = (rng.uniform(15, 115, (4, 4, 3)).astype(np.float32)) * COLD
    noise = rng.normal(0, 1.5, (height, width, 1)).astype(np.float32)
    return cv2.resize(field, (width, height), interpolation=cv2.INTER_CUBIC) + noise


def free_square(rng, width, height, squares):
    """(x, y, side) of a square that meets none of `squares`, or None when no try found one."""
    for _ in range(PLACEMENT_TRIES):
        side = int(min(width, height) * rng.uniform(SIDE_MIN, SIDE_MAX))
        x, y = int(rng.integers(width - side)), int(rng.integers(height - side))
        if all(x + side <= a or a + s <= x or y + side <= b or b + s <= y for a, b, s in squares):
            return x, y, side
    return None


def draw(image, pixels, label, square, tint):
    """Paints one object into `image` and returns the box of its silhouette."""
    x, y, side = square
    gray = cv2.resize(pixels, (side, side), interpolation=cv2.INTER_LINEAR).astype(np.float32) / 255
    # Nearly opaque: a dark object must still stand out from the ground.
    opacity = np.minimum(gray * 5, 1)[..., None]
    patch = image[y:y + side, x:x + side]
    patch[:] = patch * (1 - opacity) + opacity * (0.25 + 0.75 * gray[..., None]) * tint
    rows, columns = np.where(opacity[..., 0] > 0.5)
    left, top = int(columns.min()), int(rows.min())
    return Box(x + left, y + top, int(columns.max()) + 1 - left, int(rows.max()) + 1 - top, label)
