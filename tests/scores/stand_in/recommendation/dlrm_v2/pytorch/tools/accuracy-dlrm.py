"""A stand-in for the reference's accuracy-dlrm.py: mlpgen's own code with its command line and its
last line."""
import argparse
import json

import numpy as np
from sklearn.metrics import roc_auc_score

parser = argparse.ArgumentParser()
parser.add_argument("--mlperf-accuracy-file", required=True)
with open(parser.parse_args().mlperf_accuracy_file) as file:
    answers = {entry["qsl_idx"]: bytes.fromhex(entry["data"]) for entry in json.load(file)}
said, right = np.frombuffer(b"".join(answers.values()), np.float32).reshape(-1, 2).T
good = int((said.round() == right).sum())
print(f"AUC={100 * roc_auc_score(right, said):.3f}%, accuracy={100 * good / len(said):.3f}%, "
      f"good={good}, total={len(said)}, queries={len(answers)}")
