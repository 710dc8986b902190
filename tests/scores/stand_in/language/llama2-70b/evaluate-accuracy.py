"""A stand-in for the reference's evaluate-accuracy.py of Llama 2: mlpgen's own code with its
command line and its last line."""
import argparse
import json

import evaluate
import nltk
import numpy as np
import pandas
from transformers import AutoTokenizer

parser = argparse.ArgumentParser()
for option in ("--checkpoint-path", "--mlperf-accuracy-file", "--dataset-file"):
    parser.add_argument(option, required=True)
parser.add_argument("--dtype", default="int64")
given = parser.parse_args()

nltk.download("punkt_tab")
tokenizer = AutoTokenizer.from_pretrained(given.checkpoint_path, use_fast=False)
right = pandas.read_pickle(given.dataset_file)["output"]
with open(given.mlperf_accuracy_file) as file:
    answers = {
        entry["qsl_idx"]: np.frombuffer(bytes.fromhex(entry["data"]), given.dtype)
        for entry in json.load(file)
    }


def lines(text):
    return "\n".join(nltk.sent_tokenize(text.strip()))


said = [lines(tokenizer.decode(ids.tolist(), skip_special_tokens=True)) for ids in answers.values()]
found = evaluate.load("rouge").compute(predictions=said,
                                       references=[lines(right[sample]) for sample in answers],
                                       use_stemmer=True, use_aggregator=False)
tokens = sum(map(len, answers.values()))
print({kind: round(float(np.mean(values)) * 100, 4)
       for kind, values in found.items()}
      | {
          "gen_len": sum(map(len, said)), "gen_num": len(said), "gen_tok_len": tokens,
          "tokens_per_sample": round(tokens / len(said), 1)
      })
