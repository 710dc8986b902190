"""A stand-in for the reference's accuracy_kits.py: mlpgen's own code with its command line, its
file of all cases and its last lines."""
import argparse
import json
import pathlib
import pickle

import nibabel
import numpy as np
import pandas

parser = argparse.ArgumentParser()
for option in ("--log_file", "--preprocessed_data_dir", "--postprocessed_data_dir"):
    parser.add_argument(option, required=True, type=pathlib.Path)
given = parser.parse_args()

with open(given.preprocessed_data_dir / "preprocessed_files.pkl", "rb") as file:
    about = pickle.load(file)


def dice(said, right, label):
    return 2 * np.sum((said == label) & (right == label)) / (np.sum(said == label) +
                                                             np.sum(right == label))


rows = []
for entry in json.loads(given.log_file.read_text()):
    case = about["file_list"][entry["qsl_idx"]]
    said = np.frombuffer(bytes.fromhex(entry["data"]),
                         np.uint8).reshape(about["cases"][case]["image_shape"])[0]
    right = np.asarray(
        nibabel.load(given.preprocessed_data_dir / "nifti" / case / "segmentation.nii.gz").dataobj)
    rows.append({"case": case, "kidney": dice(said, right, 1), "tumor": dice(said, right, 2)})
table = pandas.DataFrame(rows).set_index("case")
given.postprocessed_data_dir.mkdir()
table.to_csv(given.postprocessed_data_dir / "summary.csv")
kidney, tumor = table.mean()
print(f"Accuracy: mean = {(kidney + tumor) / 2:.5f}, kidney = {kidney:.4f}, tumor = {tumor:.4f}")
print("Done!")
