"""LoadGen's accuracy log of an image classifier -> the share of right classes.

    score_imagenet.py --log mlperf_log_accuracy.json --labels val_map.txt --out DIR

A response is the class: one float32 or, of 8 bytes, one int64. The labels hold one `NAME CLASS` a
line; a sample's index is its line, from 0. Only the samples in the log are scored, each once, by
its first response.

Writes DIR/accuracy.txt, whose line `accuracy=90.000%, good=18, total=20` is the one that
mlcommons/inference's tools/accuracy-imagenet.py prints for the same log, and DIR/results.json
(format 1; the accuracy from 0 to 1, and the samples that are wrong).

Exit code: 0 done, 1 the log does not fit the labels, 2 usage.
"""
import argparse
import json
import pathlib
import struct
import sys

from accuracy_log import LogError, read_responses


def read_labels(path):
    """[(name, class)]"""
    labels = []
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        words = line.split()
        if len(words) < 2 or not words[1].isdecimal():
            raise LogError(f"{path}:{number} is not `NAME CLASS`")
        labels.append((words[0], int(words[1])))
    return labels


def class_in(index, data):
    kind = {4: "<f", 8: "<q"}.get(len(data))
    if not kind:
        raise LogError(f"sample {index}: {len(data)} bytes are not one float32 or int64")
    return int(struct.unpack(kind, data)[0])


def score(responses, labels):
    """The samples that are wrong."""
    wrong = []
    for index, data in sorted(responses.items()):
        if not 0 <= index < len(labels):
            raise LogError(f"sample {index} is not among the {len(labels)} labels")
        (name, label), found = labels[index], class_in(index, data)
        if found != label:
            wrong.append({"index": index, "name": name, "class": label, "found": found})
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--log", required=True, help="mlperf_log_accuracy.json")
    parser.add_argument("--labels", required=True, help="NAME CLASS of each sample, a line each")
    parser.add_argument("--out", required=True, help="folder for accuracy.txt and results.json")
    args = parser.parse_args()
    responses, repeated = read_responses(args.log)
    wrong = score(responses, read_labels(args.labels))
    total, good = len(responses), len(responses) - len(wrong)
    text = f"accuracy={100.0 * good / total:.3f}%, good={good}, total={total}\n"
    out = pathlib.Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    (out / "accuracy.txt").write_text(text)
    results = {
        "format": 1, "images": total, "right": good, "repeated_responses": repeated,
        "metrics": {"acc": good / total}, "wrong": wrong
    }
    (out / "results.json").write_text(json.dumps(results, indent=2) + "\n")
    print(text, end="")


if __name__ == "__main__":
    try:
        main()
    except (LogError, OSError) as problem:
        sys.exit(f"error: {problem}")
