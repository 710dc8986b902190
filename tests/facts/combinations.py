"""Model x framework x device of every page: each combination gives a graph, or
unsupported-combination with exactly those that do.

What works is asked first, of each implementation by its own variations; then every combination of
the flags of run-mlperf-inference-app, for each implementation, must agree with it.
"""
import itertools
import json
import re
import subprocess
import tempfile

APP = "run-mlperf-inference-app"
CPP = "app-mlperf-inference-mlcommons-cpp"
# Implementation, its recipe and its groups of models, frameworks and devices.
IMPLEMENTATIONS = [
    ("reference", "app-mlperf-inference-mlcommons-python", ("models", "framework", "device")),
    ("cpp", CPP, ("models", "framework", "device")),
    ("intel", "reproduce-mlperf-inference-intel", ("model", "framework", "device")),
    ("dummy", "reproduce-mlperf-inference-dummy", ("model", "backend", "device")),
]
# Of the reference: what nothing here can measure, by the step that says why.
REFUSED = {
    "no-program": {("resnet50", "tflite", "tpu")} | {(f"dlrm-99{nines}", "pytorch", device)
                                                     for nines in ("", ".9")
                                                     for device in ("cpu", "cuda")},
    "no-loadgen": set()
}


def expanded(text):
    """`_a,{_x,_y}  _b` as {("a", "x"), ("a", "y"), ("b",)}."""
    found = set()
    for word in text.split():
        parts = [
            [p.strip("_")] if not p.startswith("{") else [x.strip("_") for x in p[1:-1].split(",")]
            for p in re.findall(r"\{[^}]*\}|[^,{}]+", word)
        ]
        found |= set(itertools.product(*parts))
    return found


class Walk:
    def __init__(self, asker):
        self.asker = asker

    def ask(self, requests):
        """What mlpgen says of each request: (its measuring steps, or None; its errors)."""
        with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
            file.write("".join(f"{words}\n" for words in requests))
            file.flush()
            done = subprocess.run(
                [self.asker.mlpgen, "dump", "--format=json", f"--requests={file.name}"],
                cwd=self.asker.trusted, env=self.asker.environment, capture_output=True, text=True)
        lines = done.stdout.splitlines()
        if len(lines) != len(requests):
            raise AssertionError(
                f"mlpgen answered {len(lines)} of {len(requests)} requests: {done.stderr[-300:]}")
        return [self.answer(json.loads(line)) for line in lines]

    @staticmethod
    def answer(told):
        errors = [d for d in told["diagnostics"] if d["severity"] == "error"]
        if told["resolution"] is None:
            return None, errors
        return {
            step
            for i in told["resolution"]["instances"] if i["recipe"] == "benchmark-program-mlperf"
            for step in i["steps"]
        }, errors

    def category(self, model):
        """The category in which a round has the model."""
        edge, datacenter = self.ask([
            f"{APP} --category={c} --model={model} --implementation=dummy"
            for c in ("edge", "datacenter")
        ])
        return "datacenter" if any("no round has" in e["message"]
                                   for e in edge[1]) and not any("no round has" in e["message"]
                                                                 for e in datacenter[1]) else "edge"

    def own_request(self, recipe, names):
        """What asks the recipe alone; the C++ harness lives on what its caller hands it."""
        if recipe == CPP:
            return (f"{APP} --implementation=cpp --model={names[0]} --backend={names[1]} "
                    f"--device={names[2]}")
        return f"{recipe},{','.join('_' + w for w in names)}"

    def working(self, recipe, groups):
        """The combinations of its own variations that give a graph, with the steps that measure;
        and what is wrong with the others."""
        variations = self.asker.show(recipe)["variations"]
        axes = [[n for n, v in variations.items() if v["group"] == group and "," not in n]
                for group in groups]
        every = list(itertools.product(*axes))
        answers = self.ask([self.own_request(recipe, names) for names in every])
        works = {names: steps for names, (steps, _) in zip(every, answers) if steps is not None}
        faults = [
            fault for names, (steps, errors) in zip(every, answers) if steps is None
            for fault in faults_of(names, errors, works)
        ]
        return works, faults


def faults_of(names, errors, works, models=()):
    """What is wrong with a refusal, where `works` are all that give a graph, and `models` those of
    the category that was asked for."""
    told = [d for d in errors if d["id"] == "unsupported-combination"]
    if len(told) == 1 and told[0]["help"].startswith(
            "models of that category: "):  # no round has the model, so no recipe is asked
        missing = {w[0]
                   for w in works} & set(models) - set(told[0]["help"].split(": ")[1].split(", "))
        return [f"{' '.join(names)}: the list of models lacks {sorted(missing)}"] if missing or any(
            w[0] == names[0] for w in works) else []
    others = {d["id"] for d in errors} - {"unsupported-combination", "missing-recipe"}
    if len(told) != 1 or others:
        return [
            f"{' '.join(names)}: refused by {sorted(d['id'] for d in errors)}, not by one "
            f"unsupported-combination"
        ]
    wanted = {w for w in works if w[0] == names[0]} or set(works)
    listed = expanded(told[0]["help"].partition(": ")[2])
    return [] if listed == wanted else [
        f"{' '.join(names)}: the list lacks {sorted(wanted - listed)} and has "
        f"{sorted(listed - wanted)} too much"
    ]


def measures_fault(works):
    """Each combination of the reference has an accuracy run and a performance run, or says why not
    as REFUSED does."""
    refused = {step: {names for names, steps in works.items() if step in steps} for step in REFUSED}
    silent = [
        names for names, steps in works.items()
        if not steps & set(REFUSED) and not {"accuracy", "performance"} <= steps
    ]
    if refused == REFUSED and not silent:
        return ""
    return f"refused: {refused}; without a measurement: {silent}"


# The backend for which --implementation=cpp is another recipe, the one for language models.
LANGUAGE = "llama-cpp"


def language_faults(names, steps, errors):
    """It has a model or says which it has; it is on the CPU alone."""
    if names[0].startswith("llama3.1-8b") and names[2] == "cpu":
        return [] if steps is not None else [f"{' '.join(names)}: {errors}"]
    listed = any(word in e["help"] for e in errors for word in ("llama3.1-8b", "cpu"))
    return [] if steps is None and listed else [f"{' '.join(names)}: refused by {errors}"]


def walk_fault(asker, implementation, recipe, groups):
    walk = Walk(asker)
    works, faults = walk.working(recipe, groups)
    if not works:
        return f"no combination of {recipe} gives a graph"
    if implementation == "reference" and (fault := measures_fault(works)):
        faults.append(fault)
    choices = [
        asker.show(APP)["flag_details"][flag]["choices"] for flag in ("model", "backend", "device")
    ]
    every = list(itertools.product(*choices))
    category = {model: walk.category(model) for model in choices[0]}
    answers = walk.ask([
        f"{APP} --implementation={implementation} --category={category[m]} --model={m} "
        f"--backend={b} --device={d}" for m, b, d in every
    ])
    for names, (steps, errors) in zip(every, answers):
        if implementation == "cpp" and names[1] == LANGUAGE:
            faults += language_faults(names, steps, errors)
        elif (steps is not None) != (names in works):
            faults.append(
                f"--implementation={implementation} {' '.join(names)}: "
                f"{'a graph' if steps is not None else sorted(d['id'] for d in errors)}, and its "
                f"recipe says otherwise")
        elif steps is None:
            faults += faults_of(names, errors, works,
                                [m for m in category if category[m] == category[names[0]]])
    return f"{len(faults)} of {len(every)} combinations; {faults[0]}" if faults else ""


# Environments that no lock of ours has: torch-tensorrt fetches a part of itself from a host of
# NVIDIA's while it is installed; RNN-T is in rounds before v5.0 alone, where no package of LoadGen
# fits the reference: configure refuses it.
NOT_LOCKED = {("bert-99", "ray", "cuda"), ("bert-99.9", "ray", "cuda"), ("rnnt", "pytorch", "cpu")}
LOCKED_FOR = "cp311-x86_64"  # Debian 12's Python; who has another one runs `mlpgen lock`


def lock_fault(asker, implementation, recipe, groups):
    """The environment of every combination that gives a graph is in the locks of the project."""
    walk = Walk(asker)
    works, _ = walk.working(recipe, groups)
    models = set(
        asker.show(APP)["flag_details"]["model"]["choices"]) & {names[0]
                                                                for names in works}
    category = {model: walk.category(model) for model in models}
    lacking = {}
    for names in works:
        if names[0] not in models:
            continue
        words = [
            f"--category={category[names[0]]}", f"--implementation={implementation}",
            f"--model={names[0]}", f"--backend={names[1]}", f"--device={names[2]}"
        ]
        done = subprocess.run([asker.mlpgen, "plan", "--format=json", *words], cwd=asker.trusted,
                              env=asker.environment, capture_output=True, text=True)
        if done.returncode != 0:
            return f"{' '.join(names)}: {done.stderr.strip()}"
        lacking |= {
            names: keys
            for keys in
            [[k for k in json.loads(done.stdout)["not_locked"] if k.endswith(LOCKED_FOR)]] if keys
        }
    return "" if lacking.keys() <= NOT_LOCKED else (
        f"not locked: "
        f"{[(*n, *keys) for n, keys in lacking.items() if n not in NOT_LOCKED]}")


CASES = [(f"model x framework x device of {recipe}", walk_fault, (implementation, recipe, groups))
         for implementation, recipe, groups in IMPLEMENTATIONS]
CASES += [(f"locks of {recipe}", lock_fault, (implementation, recipe, groups))
          for implementation, recipe, groups in IMPLEMENTATIONS[:2]]
