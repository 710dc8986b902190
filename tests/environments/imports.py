#!/usr/bin/env python3
"""The modules of others that the reference's programs import -> imports.json.

    tests/environments/imports.py CHECKOUT [--write]

CHECKOUT: a checkout of mlcommons/inference with the commits that get-mlperf-inference-src names;
they are read with `git show`. Without --write it prints what differs from imports.json; exit code 1
where something does. A program's own files are followed: those that they import when they are
loaded, and of those that a function imports the ones in PROGRAMS. So a backend that another
framework needs, and LoadGen over the network, which is not written, ask for nothing. Modules of
others count wherever they are imported, but for UNREACHED, and for one that a `try` goes on
without.
"""
import argparse
import ast
import json
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "imports.json"
SOURCES = HERE.parents[1] / "recipes/app/get-mlperf-inference-src/recipe.yaml"
ROUND = re.compile(r'^  "([0-9.]+)": \{group: round.*CM_GIT_SHA: ([0-9a-f]{40})', re.M)
VISION = "vision/classification_and_detection/python/main.py"
UNET = "vision/medical_imaging/3d-unet-kits19/run.py"
SQUAD_SCORE = "language/bert/accuracy-squad.py"
BERT = "language/bert/run.py"
SCORE = "score"  # in place of a framework: the program that scores an accuracy log
# (program, framework): the program's own files that its functions import with this framework.
PROGRAMS = {
    (VISION, "onnxruntime"): ["backend_onnxruntime"],
    (VISION, "pytorch"): ["backend_pytorch_native"],
    (VISION, "tf"): ["backend_tf"],
    (VISION, "tflite"): ["backend_tflite"],
    (VISION, "ncnn"): ["backend_ncnn"],
    (BERT, "onnxruntime"): ["onnxruntime_SUT"],
    (BERT, "pytorch"): ["pytorch_SUT"],
    (BERT, "tf"): ["tf_SUT"],
    (UNET, "onnxruntime"): ["onnxruntime_SUT"],
    (UNET, "pytorch"): ["pytorch_SUT"],
    (UNET, "tf"): ["tensorflow_SUT"],
    ("language/gpt-j/main.py", "pytorch"): [],
    ("language/llama2-70b/main.py", "pytorch"): ["SUT"],
    ("text_to_image/main.py", "pytorch"): ["backend_pytorch"],
    ("recommendation/dlrm_v2/pytorch/python/main.py", "pytorch"): [
        "backend_pytorch_native", "backend_dist_pytorch_native"
    ],
    (SQUAD_SCORE, SCORE): [],
    ("vision/medical_imaging/3d-unet-kits19/accuracy_kits.py", SCORE): [],
    ("language/gpt-j/evaluation.py", SCORE): [],
    ("language/llama2-70b/evaluate-accuracy.py", SCORE): [],
    ("text_to_image/tools/accuracy_coco.py", SCORE): [],
    ("recommendation/dlrm_v2/pytorch/tools/accuracy-dlrm.py", SCORE): [],
}
# (program, file, module): why no run of ours comes to that import, or what else brings the module.
UNREACHED = {
    (VISION, "dataset.py", "PIL"): "it prepares ImageNet as torchvision does, and the samples are "
    "prepared before",
    (VISION, "dataset.py", "torchvision"): "the same",
    (VISION, "backend_tflite.py", "pycoral"): "it reaches an Edge TPU, which is refused",
    (BERT, "run.py", "network_SUT"): "LoadGen over the network, which is refused",
    (SQUAD_SCORE, "accuracy-squad.py", "tensorflow"): "imported only where it is installed",
    (SQUAD_SCORE, "accuracy-squad.py", "torch"): "imported only where it is installed",
    (SQUAD_SCORE, "accuracy-squad.py", "tokenization"): "a module of process-mlperf-accuracy "
    "(src/squad) stands in for it",
    (SQUAD_SCORE, "create_squad_data.py", "tokenization"): "the same",
}


class Commit:
    """The files of one commit."""
    def __init__(self, checkout, name):
        self.checkout, self.name = checkout, name
        listed = self.git("ls-tree", "-r", "--name-only", name)
        self.files = set(listed.splitlines())

    def git(self, *words):
        return subprocess.run(["git", "-C", str(self.checkout), *words], check=True,
                              capture_output=True, text=True).stdout

    def read(self, path):
        return self.git("show", f"{self.name}:{path}")


def goes_on(node):
    """Whether a `try` catches that a module is missing and does not raise again."""
    return isinstance(node, ast.Try) and any(not any(isinstance(n, ast.Raise) for n in ast.walk(h))
                                             for h in node.handlers)


def imported(tree):
    """(module, whether it is imported when the file is loaded) of each import."""
    found = []

    def visit(node, at_once):
        for child in ast.iter_child_nodes(node):
            if goes_on(node) and child in node.body:
                continue
            if isinstance(child, ast.Import):
                found.extend((alias.name, at_once) for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                name = "." * child.level + (child.module or "")
                found.append((name, at_once))
                found.extend((f"{name}.{alias.name}", at_once) for alias in child.names)
            visit(
                child, at_once
                and not isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)))

    visit(tree, True)
    return found


def own_file(commit, folders, module):
    """The file of the program's own that `module` names, or None."""
    for folder in folders:
        path = f"{folder}/{module.replace('.', '/')}"
        for name in (f"{path}.py", f"{path}/__init__.py"):
            if name in commit.files:
                return name
    return None


def is_own(commit, folders, module):
    """Whether `module` lies beside the program: a file or a folder without __init__.py."""
    first = module.split(".")[0]
    return any(
        own_file(commit, [folder], first) or any(
            f.startswith(f"{folder}/{first}/") for f in commit.files) for folder in folders)


def modules_of(commit, program, followed):
    """Names of the modules of others, each the first part of its dotted name."""
    root = program.rsplit("/", 1)[0]
    todo, seen, others = [program], {program}, set()
    while todo:
        path = todo.pop()
        folder, name = path.rsplit("/", 1)
        for module, at_once in imported(ast.parse(commit.read(path))):
            module = module.lstrip(".")
            first = module.split(".")[0]
            if module and not is_own(commit, [root, folder], module):
                if first not in sys.stdlib_module_names and (program, name, first) not in UNREACHED:
                    others.add(first)
                continue
            file = own_file(commit, [root, folder], module) if module else None
            if file and file not in seen and (at_once or module in followed):
                seen.add(file)
                todo.append(file)
    return sorted(others)


def table(checkout):
    """{"rounds": {round: commit}, "programs": {"PROGRAM with FRAMEWORK": {modules: rounds}}}"""
    rounds = dict(ROUND.findall(SOURCES.read_text()))
    programs = {}
    for number, name in rounds.items():
        commit = Commit(checkout, name)
        for (program, framework), followed in PROGRAMS.items():
            if program in commit.files:
                key = " ".join(modules_of(commit, program, followed))
                programs.setdefault(f"{program} with {framework}",
                                    {}).setdefault(key, []).append(f"v{number}")
    return {"format": 1, "rounds": {f"v{n}": c for n, c in rounds.items()}, "programs": programs}


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    text = json.dumps(table(given.checkout), indent=2) + "\n"
    if given.write:
        TABLE.write_text(text)
        return 0
    if text == TABLE.read_text():
        return 0
    print("imports.json is not what these sources import; write it anew with --write")
    return 1


if __name__ == "__main__":
    sys.exit(main())
