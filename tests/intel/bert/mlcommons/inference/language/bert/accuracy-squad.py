"""A stand-in for the reference's program that scores BERT, with its command line and its last line.
"""
import argparse
import collections
import json

import numpy

parser = argparse.ArgumentParser()
for option in ("--vocab_file", "--val_data", "--log_file"):
    parser.add_argument(option, required=True)
for option in ("--out_file", "--features_cache_file"):
    parser.add_argument(option)
parser.add_argument("--max_examples", type=int)
given = parser.parse_args()

with open(given.val_data) as file:
    asked = [(qa, p["context"]) for article in json.load(file)["data"]
             for p in article["paragraphs"] for qa in p["qas"]]
with open(given.log_file) as file:
    log = {
        entry["qsl_idx"]: numpy.frombuffer(bytes.fromhex(entry["data"]),
                                           numpy.float32).reshape(-1, 2)
        for entry in json.load(file)
    }
assert given.max_examples or len(log) == len(
    asked), f"{len(log)} of {len(asked)} questions are answered"


def f1(answer, truth):
    a, t = answer.lower().split(), truth.lower().split()
    common = sum((collections.Counter(a) & collections.Counter(t)).values())
    return 2 * common / (len(a) + len(t)) if common else 0.0


answers, exact, score = {}, 0, 0.0
for index, logits in log.items():
    qa, context = asked[index]
    words = f"[CLS] {qa['question']} [SEP] {context} [SEP]".split()
    start, end = numpy.argmax(logits, axis=0)
    answers[qa["id"]] = " ".join(words[start:end + 1])
    exact += any(answers[qa["id"]].lower() == t["text"].lower() for t in qa["answers"])
    score += max(f1(answers[qa["id"]], t["text"]) for t in qa["answers"])
with open(given.out_file, "w") as file:
    json.dump(answers, file)
print(json.dumps({"exact_match": 100.0 * exact / len(log), "f1": 100.0 * score / len(log)}))
