"""Turns training objects into what the detector sees of them, through the benchmark's own path:
scene -> JPEG file -> decode -> bilinear resize to 800x800 -> mean of 5x5 pixels."""
import cv2
import numpy as np
import scenes

from network import CELLS, CLASSES, INPUT, SIDE, STRIDE

OBJECTS_MAX = scenes.OBJECTS_MAX
NO_OBJECT = -1


def seen_by_detector(bgr):
    """uint8 [h,w,3] blue green red -> uint8 [160,160,3] red green blue."""
    rgb = cv2.cvtColor(bgr.astype(np.float32), cv2.COLOR_BGR2RGB)
    large = cv2.resize(rgb, (INPUT, INPUT), interpolation=cv2.INTER_LINEAR)
    # With a whole factor INTER_AREA is the plain mean, as the network's first layer takes it.
    return np.rint(cv2.resize(large, (SIDE, SIDE), interpolation=cv2.INTER_AREA)).astype(np.uint8)


def build(objects, seed, count):
    """-> pictures uint8 [count,160,160,3]; boxes float32 [count,OBJECTS_MAX,5] as x1 y1 x2 y2 in
    pixels of the picture, then the label, or NO_OBJECT."""
    pictures = np.empty((count, SIDE, SIDE, 3), np.uint8)
    boxes = np.full((count, OBJECTS_MAX, 5), NO_OBJECT, np.float32)
    for index in range(count):
        scene = scenes.compose(objects, seed, index)
        quality = 75 + index % 21
        jpeg = cv2.imencode(".jpg", scene.image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        pictures[index] = seen_by_detector(cv2.imdecode(jpeg, cv2.IMREAD_COLOR))
        height, width = scene.image.shape[:2]
        scale = np.float32([SIDE / width, SIDE / height] * 2)
        for slot, box in enumerate(scene.boxes):
            corners = np.float32([box.x, box.y, box.x + box.width, box.y + box.height])
            boxes[index, slot] = (*(corners * scale), box.label)
        if (index + 1) % 1000 == 0:
            print(f"training scenes {index + 1}/{count}", flush=True)
    return pictures, boxes


def batch(rng, pictures, boxes, size):
    """`size` random pictures, mirrored, brightened and with noise. Colours stay as they are: a
    detector that has seen all colours would not notice red and blue swapped."""
    chosen = rng.integers(len(pictures), size=size)
    x, truth = pictures[chosen].astype(np.float32) / 255, boxes[chosen].copy()
    for i in np.flatnonzero(rng.random(size) < 0.5):
        x[i] = x[i, :, ::-1].copy()
        real = truth[i, :, 4] != NO_OBJECT
        truth[i, real, 0], truth[i, real, 2] = SIDE - truth[i, real, 2], SIDE - truth[i, real, 0]
    x *= rng.uniform(0.8, 1.15, (size, 1, 1, 1)).astype(np.float32)
    x += rng.standard_normal(x.shape, dtype=np.float32) * np.float32(rng.uniform(0, 0.012))
    return np.ascontiguousarray(x.clip(0, 1).transpose(0, 3, 1, 2)), *targets(truth)


def targets(truth):
    """Boxes -> class [n,10,400] in {0,1}, distances [n,4,400], and which cells hold an object
    [n,400]: those near the middle of a box."""
    n = len(truth)
    classes = np.zeros((n, CLASSES, CELLS, CELLS), np.float32)
    distances = np.zeros((n, 4, CELLS, CELLS), np.float32)
    held = np.zeros((n, CELLS, CELLS), bool)
    centre = np.arange(CELLS, dtype=np.float32) * STRIDE + STRIDE / 2
    for i, slot in zip(*np.nonzero(truth[..., 4] != NO_OBJECT)):
        x1, y1, x2, y2, label = truth[i, slot]
        columns, rows = near_middle(centre, x1, x2), near_middle(centre, y1, y2)
        cells = np.ix_(rows, columns)
        held[i][cells] = True
        classes[i, int(label)][cells] = 1
        x, y = np.meshgrid(centre[columns], centre[rows])
        for side, value in enumerate((x - x1, y - y1, x2 - x, y2 - y)):
            distances[i, side][cells] = value
    flat = (n, -1, CELLS * CELLS)
    return classes.reshape(flat), distances.reshape(flat), held.reshape(n, -1)


def near_middle(centre, low, high):
    """Indices of the cells whose centre is inside low..high and in its middle part."""
    reach = max(STRIDE * 0.51, (high - low) * 0.2)
    inside = (centre > low) & (centre < high)
    return np.flatnonzero(inside & (np.abs(centre - (low + high) / 2) <= reach))
