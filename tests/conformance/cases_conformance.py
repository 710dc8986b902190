"""The rules of the recipe language, each shown by a small case that mlpgen must resolve so
(README.md beside this file).

Every request that mlpgen accepts is made again with the entries of all maps in another order, three
times: build.ninja must be the same.
"""
import functools
import json
import os
import pathlib
import tempfile

import pytest

from conformance import case_file, expectation, project, shuffle
from places import MLPGEN

HERE = pathlib.Path(__file__).resolve().parent
CASES = [case for path in sorted(HERE.glob("*.txt")) for case in case_file.read_cases(path)]
SEEDS = 3


def outcome_of(folder, words):
    def plan():
        code, output, _ = project.dump(MLPGEN, folder, words, "plan")
        return [json.loads(line) for line in output.splitlines()] if code == 0 else []

    def manifest(other=None):
        return project.manifest(MLPGEN, folder, case_file.words_of(other) if other else words)

    return expectation.Outcome(*project.dump(MLPGEN, folder, words, "resolve"), plan, manifest)


def faults_of(case, folder):
    faults, accepted = [], []
    for request in case.requests:
        outcome = outcome_of(folder, request.words)
        if outcome.code == 0:
            accepted.append(request)
        if outcome.code not in (0, 1):
            faults.append(
                f"{case.path.name}:{request.line}: exit code {outcome.code}\n{outcome.said()}")
            continue
        refused = any(text.startswith("error ") for _, text in request.expected)
        if outcome.code and not refused:
            faults.append(f"{case.path.name}:{request.line}: refused: {', '.join(outcome.words)}\n"
                          f"{outcome.said()}")
            continue
        for line, text in request.expected:
            if fault := expectation.fault(outcome, text):
                faults.append(f"{case.path.name}:{line}: {fault}")
    return faults, accepted


def made_of(folder, words):
    """build.ninja, and of each instance what does not say where something stands in a file."""
    code, output, _ = project.dump(MLPGEN, folder, words, "resolve")
    instances = json.loads(output)["instances"] if code == 0 else []
    plain = [(i["recipe"], sorted(i["variations"]), i["version"],
              {k: b["value"]
               for k, b in i["env"].items()}, [(d["tags"], d.get("instance"))
                                               for d in i["deps"]], i["steps"]) for i in instances]
    return project.manifest(MLPGEN, folder, words), json.dumps(plain, sort_keys=True).replace(
        os.path.realpath(folder), "HOME")


def shuffle_faults(case, folder, accepted):
    """What changes when nothing but the order of the map entries does."""
    faults = []
    before = {r.line: made_of(folder, r.words) for r in accepted}
    for seed in range(SEEDS):
        with tempfile.TemporaryDirectory(
                prefix="shuffled-", dir=folder.parent) as other:  # build.ninja sorts whole paths
            project.write(case, other, functools.partial(shuffle.shuffled, seed=seed))
            for request in accepted:
                after = made_of(other, request.words)
                if after != before[request.line]:
                    what = "build.ninja" if after[0] != before[
                        request.line][0] else "the resolution"
                    faults.append(
                        f"{case.path.name}:{request.line}: {what} differs when the maps' entries "
                        f"stand in the order of seed {seed}:\n" + "\n".join(text_of(case, seed)))
    return faults


def text_of(case, seed):
    return [
        shuffle.shuffled(text, seed) for name, text in sorted(case.files.items())
        if name.startswith("recipes/")
    ]


@pytest.mark.parametrize("case", CASES,
                         ids=[f"{case.path.name}: {case.sentence}" for case in CASES])
def case_rule(case, work):
    project.write(case, work)
    faults, accepted = faults_of(case, work)
    faults = faults or shuffle_faults(case, work, accepted)
    assert not faults, f"{case.place}\n" + "\n".join(faults)
