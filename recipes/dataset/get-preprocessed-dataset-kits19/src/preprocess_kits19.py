"""KiTS19's cases -> volumes at one spacing of voxels, as the reference's 3D U-Net reads them.

    python preprocess_kits19.py --cases DIR --list inference_cases.json --count 1 --nifti --out OUT

DIR/CASE holds imaging.nii.gz and segmentation.nii.gz; the list is JSON, ["case_00000", ...]. Makes
OUT/CASE.pkl, [float32[1,D,H,W], uint8[1,D,H,W]], and OUT/preprocessed_files.pkl, the list of the
cases and what was done to each; with --nifti also OUT/nifti/CASE with both volumes. The operations
and numbers are those of mlcommons/inference (vision/medical_imaging/3d-unet-kits19, preprocess.py
and global_vars.py): spacing 1.6 x 1.2 x 1.2 mm, intensity from -79 to 304 less its mean over its
deviation, and edges that a window of 128 voxels passes in steps of 64. --count: the first so many
cases; empty: all.
"""
import argparse
import json
import multiprocessing
import os
import pathlib
import pickle
import sys

import nibabel
import numpy
import scipy.ndimage

SPACING = [1.6, 1.2, 1.2]  # mm
# OUTSIDE: intensity of added voxels
LOW, HIGH, MEAN, DEVIATION, OUTSIDE = -79.0, 304.0, 101.0, 76.9, -2.2
WINDOW, STEP = 128, 64
COPIES = {"case_00400": "case_00185"}  # KiTS19 has 300 cases; MLPerf's list has this one twice
PROTOCOL = 4  # of pickle, so that every Python of today reads the files


def fail(message, hint):
    sys.exit(f"error: {message}\nhelp: {hint}")


def resample(volume, factor, order):
    return scipy.ndimage.zoom(volume, factor, order=order, mode="constant", cval=volume.min(),
                              grid_mode=False)


def folder_of(cases, case):
    """Where a case lies; where a copy is missing, what it is a copy of."""
    found = [
        cases / name for name in (case, COPIES.get(case, case))
        if (cases / name / "imaging.nii.gz").is_file()
    ]
    if not found:
        fail(f"{cases} has no {case}/imaging.nii.gz",
             "give the folder of all the cases of the list")
    return found[0]


def load(folder):
    """Both volumes at SPACING, and what was done."""
    scan, label = nibabel.load(folder / "imaging.nii.gz"), nibabel.load(folder /
                                                                        "segmentation.nii.gz")
    spacing = scan.header["pixdim"][1:4].tolist()
    factor = numpy.array(spacing) / numpy.array(SPACING)
    affine = scan.affine.copy()
    for axis in range(3):
        used = numpy.nonzero(scan.affine[axis][:3])
        affine[axis][used] = numpy.array(SPACING)[used] * (-1 if scan.affine[axis][used] < 0 else 1)
    image, mask = scan.get_fdata().astype(numpy.float32), label.get_fdata().astype(numpy.uint8)
    if image.shape != mask.shape:
        fail(f"{folder.name}: the scan is {image.shape}, its segmentation {mask.shape}",
             "fetch the case again")
    if spacing != SPACING:
        image, mask = resample(image, factor, 1), resample(mask, factor, 0)
    return image, mask, {
        "original_affine": scan.affine, "reshaped_affine": affine, "zoom_factor": factor
    }


def halves(total):
    return total // 2, total - total // 2


def fit_window(volume, outside):
    """At least WINDOW along each edge, by repeating the border; then STEP divides each: what is
    over half a step grows, the rest is cut."""
    volume = numpy.pad(volume, [halves(max(0, WINDOW - edge)) for edge in volume.shape],
                       mode="edge")
    over = [edge % STEP if edge % STEP < STEP // 2 else 0 for edge in volume.shape]
    volume = volume[tuple(
        slice(halves(cut)[0], edge - halves(cut)[1]) for edge, cut in zip(volume.shape, over))]
    return numpy.pad(volume, [halves(-edge % STEP) for edge in volume.shape], mode="constant",
                     constant_values=outside)


def preprocess(source, case, out, nifti):
    image, mask, done = load(source)
    image = (numpy.clip(image, LOW, HIGH) - MEAN) / DEVIATION
    image, mask = fit_window(image,
                             OUTSIDE).astype(numpy.float32), fit_window(mask, 0).astype(numpy.uint8)
    with open(out / f"{case}.pkl", "xb") as file:
        pickle.dump([image[None], mask[None]], file, PROTOCOL)
    if nifti:
        (out / "nifti" / case).mkdir(parents=True)
        for name, volume in (("imaging", image), ("segmentation", mask)):
            nibabel.save(nibabel.Nifti1Image(volume, affine=done["reshaped_affine"]),
                         out / "nifti" / case / f"{name}.nii.gz")
    print(f"{case}: {' x '.join(map(str, image.shape))} voxels", flush=True)
    return done | {"case": case, "image_shape": (1, *image.shape)}


def read_list(path, count):
    cases = json.loads(path.read_text())
    if not 0 < (count or len(cases)) <= len(cases):
        fail(f"{path} lists {len(cases)} cases, not {count}",
             f"take a number from 1 to {len(cases)}")
    return cases[:count]


def main():
    parser = argparse.ArgumentParser(
        description="KiTS19's cases -> volumes at one spacing of voxels.")
    parser.add_argument("--cases", required=True, type=pathlib.Path, help="folder of the cases")
    parser.add_argument("--list", required=True, type=pathlib.Path,
                        help="JSON list of the cases that are wanted")
    parser.add_argument("--count", required=True,
                        help="how many cases from the beginning of the list; empty: all")
    parser.add_argument("--nifti", action="store_true",
                        help="also write NIfTI files, which the reference's scoring reads")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    cases = read_list(options.list, int(options.count) if options.count else None)
    todo = [(folder_of(options.cases, case), case, options.out, options.nifti) for case in cases]
    options.out.mkdir(parents=True)
    # A process holds one scan at a time, up to some 3 GB.
    with multiprocessing.Pool(min(4, os.cpu_count(), len(todo))) as pool:
        done = pool.starmap(preprocess, todo, 1)
    with open(options.out / "preprocessed_files.pkl", "xb") as file:
        pickle.dump({"file_list": cases, "cases": {one["case"]: one
                                                   for one in done}}, file, PROTOCOL)


if __name__ == "__main__":
    main()
