"""A stand-in for the reference's evaluation.py of GPT-J: mlpgen's own code with its command line
and its last lines."""
import argparse
import json

import evaluate
import nltk
import numpy as np
import torch  # as the reference does, which needs it
from transformers import AutoTokenizer

parser = argparse.ArgumentParser()
parser.add_argument("--mlperf-accuracy-file", required=True)
parser.add_argument("--dataset-file", required=True)
parser.add_argument("--dtype", default="int64")
given = parser.parse_args()

rouge = evaluate.load("rouge")
nltk.download("punkt_tab")
tokenizer = AutoTokenizer.from_pretrained("EleutherAI/gpt-j-6B", use_fast=False)
with open(given.dataset_file) as file:
    right = [sample["output"] for sample in json.load(file)]
with open(given.mlperf_accuracy_file) as file:
    answers = {
        entry["qsl_idx"]: np.frombuffer(bytes.fromhex(entry["data"]), given.dtype)
        for entry in json.load(file)
    }


def lines(text):
    return "\n".join(nltk.sent_tokenize(text.strip()))


said = [
    lines(tokenizer.decode(torch.from_numpy(ids.copy()), skip_special_tokens=True))
    for ids in answers.values()
]
found = rouge.compute(predictions=said, references=[lines(right[sample]) for sample in answers],
                      use_stemmer=True, use_aggregator=False)
print({kind: str(round(float(np.mean(values)) * 100, 4))
       for kind, values in found.items()} | {"gen_len": sum(map(len, said)), "gen_num": len(said)})
