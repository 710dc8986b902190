"""compare_arrays.py ANNOTATIONS DATASET TENSORS.npy NCHW|NHWC [DATASET_PY]: equal bit for bit?

Decodes and preprocesses the images with python3-opencv, in the steps of mlcommons/inference's
pre_process_openimages_retinanet, or by that very function when its file dataset.py is given.
Prints how many images were compared; exit code 1 names the first that differs.
"""
import importlib.util
import json
import sys

import cv2
import numpy as np

annotations, dataset, tensors, layout, *upstream = sys.argv[1:]


def steps(image, planes):
    image = np.array(image, dtype=np.float32)
    image = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    image = cv2.resize(image, (800, 800), interpolation=cv2.INTER_LINEAR)
    image /= 255.0
    return image.transpose([2, 0, 1]) if planes else image


def reference(image, planes):
    if not upstream:
        return steps(image, planes)
    spec = importlib.util.spec_from_file_location("dataset", upstream[0])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pre_process_openimages_retinanet(image, dims=[800, 800, 3], need_transpose=planes)


made = np.load(tensors, mmap_mode="r")
assert made.dtype == np.float32
images = json.load(open(annotations))["images"][:len(made)]
assert len(images) == len(made), (len(images), made.shape)
for image, tensor in zip(images, made):
    wanted = reference(cv2.imread(f"{dataset}/{image['file_name']}"), layout == "NCHW")
    if not np.array_equal(np.ascontiguousarray(wanted).view(np.uint32), tensor.view(np.uint32)):
        sys.exit(f"{image['file_name']} differs")
print(f"{len(made)} images, {layout}: equal bit for bit (OpenCV {cv2.__version__})")
