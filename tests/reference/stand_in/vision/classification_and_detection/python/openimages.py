"""Stand-in for a file of the reference, written for mlpgen's tests: Open Images, preprocessed, and
what the model says of it."""
import json
import pathlib

import numpy as np

SIDE = 800  # of the model's input, pixels
THRESHOLD = 0.05  # of a detection's score


class OpenImages:
    """The samples that an annotation file lists, each in FOLDER/FILE_NAME.npy; those that are not
    there do not count."""
    def __init__(self, annotations, folder, count):
        listed = [
            pathlib.Path(folder) / (image["file_name"] + ".npy")
            for image in json.loads(pathlib.Path(annotations).read_text())["images"]
        ]
        self.files = [file for file in listed if file.exists()][:count or None]
        self.loaded = {}

    def load(self, indices):
        self.loaded = {index: np.load(self.files[index]) for index in indices}

    def unload(self, _):
        self.loaded = {}


def response(index, boxes, labels, scores):
    """Seven float32 a detection: sample, ymin, xmin, ymax, xmax as fractions of the image, score,
    label; best first."""
    kept = scores >= THRESHOLD
    sides = boxes[kept][:, [1, 0, 3, 2]] / np.float32(SIDE)
    columns = (np.full(len(sides), index), *sides.T, scores[kept], labels[kept])
    return np.stack(columns, axis=1).astype(np.float32)
