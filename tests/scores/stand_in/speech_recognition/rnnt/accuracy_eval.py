"""A stand-in for the reference's accuracy_eval.py of RNN-T: mlpgen's own code with its command line
and its last line."""
import argparse
import array
import json
import pathlib

import inflect  # as the reference does, for the numbers in what is said
from unidecode import unidecode

LETTERS = " abcdefghijklmnopqrstuvwxyz'"

parser = argparse.ArgumentParser()
for option in ("--log_dir", "--dataset_dir", "--manifest"):
    parser.add_argument(option, required=True, type=pathlib.Path)
given = parser.parse_args()


def edits(said, right):
    """How many words are to be put in, left out or replaced."""
    row = list(range(len(right) + 1))
    for number, word in enumerate(said, 1):
        before, row = row, [number]
        for at, other in enumerate(right, 1):
            row.append(min(before[at] + 1, row[-1] + 1, before[at - 1] + (word != other)))
    return row[-1]


spoken = [
    unidecode(utterance["transcript"]).split()
    for utterance in json.loads(given.manifest.read_text())
]
wrong = words = 0
for entry in json.loads((given.log_dir / "mlperf_log_accuracy.json").read_text()):
    heard = "".join(LETTERS[letter]
                    for letter in array.array("q", bytes.fromhex(entry["data"]))).split()
    wrong, words = wrong + edits(heard, spoken[entry["qsl_idx"]]), words + len(
        spoken[entry["qsl_idx"]])
assert inflect.engine().number_to_words(2) == "two"
print(f"Word Error Rate: {wrong / words * 100}%, accuracy={(1 - wrong / words) * 100}%")
