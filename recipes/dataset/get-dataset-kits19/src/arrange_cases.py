"""KiTS19's scans and segmentations -> a folder of cases, as the reference's 3D U-Net reads them.

    python3 arrange_cases.py --list inference_cases.json --repository R --scans S --out DIR

LIST is a JSON list of cases, "case_00000". DIR/CASE/imaging.nii.gz is made from S/CASE.nii.gz and
DIR/CASE/segmentation.nii.gz from R/data/CASE. case_00400 is MLPerf's copy of case_00185: KiTS19 has
300 cases.
"""
import argparse
import json
import pathlib
import re
import shutil
import sys

COPIES = {"case_00400": "case_00185"}


def cases_of(path):
    try:
        cases = json.loads(pathlib.Path(path).read_text())
        if not cases or not all(re.fullmatch(r"case_\d{5}", case) for case in cases):
            raise ValueError("not all are cases")
    except (OSError, ValueError, TypeError) as why:
        sys.exit(f"error: {path} is no list of KiTS19's cases: {why}\n"
                 f"help: give a list of mlcommons/inference, 3d-unet-kits19/meta")
    return sorted(cases)


def main():
    parser = argparse.ArgumentParser(
        description="KiTS19's scans and segmentations -> a folder of cases.")
    parser.add_argument("--list", required=True, help="JSON list of cases")
    parser.add_argument("--repository", required=True, type=pathlib.Path,
                        help="checkout of neheller/kits19")
    parser.add_argument("--scans", required=True, type=pathlib.Path,
                        help="folder of the fetched scans")
    parser.add_argument("--out", required=True, type=pathlib.Path, help="the folder to make")
    options = parser.parse_args()
    cases = cases_of(options.list)
    missing = [
        case for case in cases
        if not (options.scans / f"{COPIES.get(case, case)}.nii.gz").is_file()
    ]
    if missing:
        sys.exit(f"error: {options.scans} has no scan of {missing[0]}\n"
                 f"help: name it in CM_TMP_SCANS of the recipe, which says what is fetched")
    options.out.mkdir(parents=True)
    for case in cases:
        source = COPIES.get(case, case)
        (options.out / case).mkdir()
        shutil.copyfile(options.scans / f"{source}.nii.gz", options.out / case / "imaging.nii.gz")
        shutil.copyfile(options.repository / "data" / source / "segmentation.nii.gz",
                        options.out / case / "segmentation.nii.gz")
    print(f"{len(cases)} cases")


main()
