"""What every check asks: ReLU of a product of two small matrices, [8, 0], of a model that was saved
and loaded again."""
import argparse
import json
import pathlib

WEIGHTS = [[1.0, -2.0], [3.0, 0.5], [-1.0, 4.0]]
INPUT = [1.0, 2.0, -1.0]


def folder():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path, required=True)
    out = parser.parse_args().out
    out.mkdir(parents=True)
    return out


def write(out, framework, version, values):
    told = {
        "framework": framework, "version": version, "answer": [round(float(v), 5) for v in values]
    }
    (out / "answer.json").write_text(json.dumps(told) + "\n")
