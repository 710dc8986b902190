"""Cases of scores that are worked out of numbers: recommendation, segmentation, speech."""
import json
import pickle
import struct

from scores.nifti import nifti

# Probability and truth of twelve pairs of a user and an item, in samples of one to three.
CLICKS = [[(0.9, 1)], [(0.8, 1), (0.7, 0)], [(0.6, 1), (0.4, 0), (0.3, 1)], [(0.2, 0)],
          [(0.1, 0), (0.05, 0)]]


def area(pairs):
    """How often a click has the higher probability than what is none; the area under the curve."""
    clicks, others = ([p for p, truth in pairs if truth == wanted] for wanted in (1, 0))
    return sum((c > o) + (c == o) / 2 for c in clicks for o in others) / (len(clicks) * len(others))


def case_dlrm(job):
    """AUC comes out of the log alone, which holds each answer with its truth."""
    with job("dlrm-v2-99") as scored:
        scored.log([b"".join(struct.pack("<ff", *pair) for pair in sample) for sample in CLICKS])
        pairs = [pair for sample in CLICKS for pair in sample]
        right = sum(round(p) == truth for p, truth in pairs)
        said = scored.score()
        assert said.splitlines()[-1] == (
            f"AUC={100 * area(pairs):.3f}%, accuracy={100 * right / len(pairs):.3f}%, "
            f"good={right}, total={len(pairs)}, queries={len(CLICKS)}"), said
        scored.read(said, {"AUC": "85.000"})


SHAPE = (4, 5, 6)


def box(*edges):
    """uint8[4,5,6]: class 1 where the first numbers say, class 2 where the second do."""
    volume = bytearray(SHAPE[0] * SHAPE[1] * SHAPE[2])
    for label, (z, y, x) in enumerate(edges, 1):
        for i in z:
            for j in y:
                for k in x:
                    volume[(i * SHAPE[1] + j) * SHAPE[2] + k] = label
    return bytes(volume)


def dice(answer, truth, label):
    both = sum(a == t == label for a, t in zip(answer, truth))
    return 2 * both / (answer.count(label) + truth.count(label))


def case_3d_unet(job):
    truth = [
        box((range(4), range(5), range(3)), (range(2), range(2), range(2))),
        box((range(3), range(3), range(6)), (range(1), range(4), range(6)))
    ]
    answers = [
        box((range(4), range(4), range(3)), (range(2), range(2), range(1))),
        box((range(3), range(3), range(5)), (range(1), range(4), range(5)))
    ]
    names = ["case_00000", "case_00003"]
    with job("3d-unet-99") as scored:
        for name, volume in zip(names, truth):
            scored.given(f"kits19/nifti/{name}/segmentation.nii.gz", nifti(volume, SHAPE))
        affine = [[1.0 * (i == j) for j in range(4)] for i in range(4)]
        about = {
            name: {"case": name, "image_shape": (1, *SHAPE), "reshaped_affine": affine}
            for name in names
        }
        scored.given("kits19/preprocessed_files.pkl",
                     pickle.dumps({"file_list": names, "cases": about}, 4))
        scored.log(answers)
        kidney, tumor = (sum(dice(a, t, label) for a, t in zip(answers, truth)) / 2
                         for label in (1, 2))
        said = scored.score()
        line = (f"Accuracy: mean = {(kidney + tumor) / 2:.5f}, kidney = {kidney:.4f}, tumor = "
                f"{tumor:.4f}")
        assert line in said.splitlines(), (line, said)
        scored.read(said, {"DICE": f"{(kidney + tumor) / 2:.5f}"})
        assert "case_00003" in (scored.made / "segmentations/summary.csv").read_text()


LETTERS = " abcdefghijklmnopqrstuvwxyz'"
SPOKEN = [("he was twelve years old", "he was twelve years old"), ("it's a fine day", "its a fine"),
          ("go", "go on")]  # truth, heard


def case_rnnt(job):
    """One word is wrong, one is missing and one too many, of 10."""
    with job("rnnt") as scored:
        listed = [{
            "files": [{"fname": f"{i}.wav", "speed": 1, "duration": 2.0}], "original_duration": 2.0,
            "transcript": truth
        } for i, (truth, _) in enumerate(SPOKEN)]
        scored.given("dev-clean-wav.json", json.dumps(listed).encode())
        scored.log(
            [struct.pack(f"<{len(heard)}q", *map(LETTERS.index, heard)) for _, heard in SPOKEN])
        said = scored.score("--round=4.0")
        assert said.splitlines()[-1] == "Word Error Rate: 30.0%, accuracy=70.0%", said
        scored.read(said, {"ACCURACY": "70.0"})
