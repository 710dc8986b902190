"""imagenet_tensors.py DATASET_PY LIST IMAGES NAME=FOLDER...: is FOLDER/images.npy [n,...] what the
function NAME of upstream's file makes?

NAME is a function of dataset.py of vision/classification_and_detection; LIST names the images of
the folder IMAGES, `NAME LABEL` a line. Channels first where the tensors have them so. Exit code 1
names the first image that differs in a bit.
"""
import importlib.util
import pathlib
import sys

import cv2
import numpy as np

cv2.setNumThreads(1)  # as the preprocessing does
spec = importlib.util.spec_from_file_location("dataset", sys.argv[1])
dataset = importlib.util.module_from_spec(spec)
spec.loader.exec_module(dataset)
names = [line.split()[0] for line in pathlib.Path(sys.argv[2]).read_text().splitlines()]
for word in sys.argv[4:]:
    function, folder = word.split("=")
    made = np.load(f"{folder}/images.npy")
    planes = made.shape[1] == 3
    for name, tensor in zip(names, made, strict=True):
        wanted = getattr(dataset, function)(cv2.imread(f"{sys.argv[3]}/{name}"), dims=[224, 224, 3],
                                            need_transpose=planes)
        if not np.array_equal(np.ascontiguousarray(wanted).view(np.uint32), tensor.view(np.uint32)):
            sys.exit(f"{function}: {name} differs")
    print(
        f"{function}: {len(made)} images {made.shape[1:]}, OpenCV {cv2.__version__}: equal bit for "
        f"bit")
