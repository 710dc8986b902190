#!/usr/bin/env python3
"""Two cases as KiTS19 is preprocessed, whose brightness is what a model will find -> a folder, and
on the output the Dice of kidney and tumor.

    make_volumes.py OUT

What is right differs from the brightness in some slices. Needs NumPy.
"""
import json
import pathlib
import pickle
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "scores"))
from nifti import nifti

EDGE = 128  # voxels; the window of the reference
CASES = {"case_00000": (40, 30),
         "case_00003": (64, 50)}  # slices in which kidney and tumor are, in truth


def volume(kidney, tumor):
    made = np.zeros((EDGE, ) * 3, np.uint8)
    made[:kidney, 20:90, 30:100] = 1
    made[:tumor, 40:60, 50:70] = 2
    return made


def main(out):
    shares, about = {1: [], 2: []}, {}
    for case, (kidney, tumor) in CASES.items():
        truth, found = volume(kidney, tumor), volume(kidney + 5, tumor - 10)
        (out / "nifti" / case).mkdir(parents=True)
        (out / "nifti" / case / "segmentation.nii.gz").write_bytes(
            nifti(truth.tobytes(), truth.shape))
        with open(out / f"{case}.pkl", "wb") as file:
            pickle.dump([found[None].astype(np.float32), truth[None]], file, 4)
        about[case] = {"case": case, "image_shape": (1, *truth.shape), "reshaped_affine": np.eye(4)}
        for label, of in shares.items():
            of.append(2 * np.sum((truth == label) & (found == label)) /
                      (np.sum(truth == label) + np.sum(found == label)))
    with open(out / "preprocessed_files.pkl", "wb") as file:
        pickle.dump({"file_list": list(CASES), "cases": about}, file, 4)
    print(json.dumps([float(np.mean(of)) for of in shares.values()]))


main(pathlib.Path(sys.argv[1]))
