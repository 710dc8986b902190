"""What ran in a run directory -> the steps of mlpgen's own recipes, and the rules, that a suite can
vouch for.

A suite calls note(run_dir) after each ninja. It writes into the file that MLPGEN_TESTS_RAN names
(tests/run sets it, one for each suite), and nothing where it is not set. tests/docs compares these
files with recipes/ran.json.

What counts is an edge of the plan whose directory has its `.done`. A step that fetched is
`stand-in` where other bytes came than those of the real place: from a mirror, by a stand-in of the
lock, or where the suite says so; and so is one that built or ran such sources (OTHERS_CODE).
Otherwise it is `real`.
"""
import fcntl
import functools
import json
import os
import pathlib
import re

import yaml

from places import ROOT

# Rules whose work is the code that they are given.
OTHERS_CODE = {
    "autotools", "cmake", "make", "python-wheel", "benchmark-program", "score-reference",
    "vendor-files"
}
FROM_REGISTRIES = {"package", "python-environment"}
INPUT = re.compile(r"(/\S+?)/recipes/([^/\s]+)/([^/\s]+)/recipe\.yaml")


def rule_of_part(part, shared):
    """The rule that a step, or a part that it takes by `with`, names."""
    taken = part.get("with", [])
    named = [
        rule_of_part(shared[name], shared)
        for name in ([taken] if isinstance(taken, str) else taken)
    ]
    return part.get("rule") or next(filter(None, named), None)


@functools.lru_cache(maxsize=None)
def steps_in(recipe_text):
    """[(step id, name of its rule)]; two steps of one id are of different variations. Steps that
    refuse are never done."""
    recipe = yaml.load(recipe_text, yaml.BaseLoader)
    parts = [recipe, *(v for v in (recipe.get("variations") or {}).values() if isinstance(v, dict))]
    steps = [(step["id"], rule_of_part(step, recipe.get("shared", {}))) for part in parts
             for step in part.get("steps", [])]
    return [(step, rule) for step, rule in steps if rule != "refuse"]


def rules_by_step(recipe_text):
    """{step id: names of its rules}."""
    found = {}
    for step, rule in steps_in(recipe_text):
        found.setdefault(step, set()).add(rule)
    return found


def step_of(part, steps):
    """The step behind the second part of an edge's name: it may end in `.ITEM`, `.SHARD` and
    `:NUMBER`."""
    fitting = [s for s in steps if part == s or part.startswith((s + ".", s + ":"))]
    return max(fitting, key=len, default=None)


def fetched_elsewhere(run_dir):
    """Whether some bytes of this run directory come from another place than their URL."""
    state = run_dir / ".mlpgen"
    request = json.loads((state / "request.json").read_text())
    lock = pathlib.Path(request.get("lock") or "")
    entries = json.loads(lock.read_text())["entries"] if lock.is_file() else {}
    return bool(request.get("mirrors")) or any(entry.get("stand_in") for entry in entries.values())


def from_fetched(edge, makers, rule_of, seen=None):
    """Whether the edge reads what some edge fetched, at any distance, but for what package
    registries gave."""
    seen = set() if seen is None else seen
    for given in edge["inputs"]:
        maker = makers.get("/".join(given["path"].split("/")[:3]))
        if maker is None or maker["directory"] in seen:
            continue
        seen.add(maker["directory"])
        if maker["mode"] == "fetch" and rule_of(maker) not in FROM_REGISTRIES or from_fetched(
                maker, makers, rule_of, seen):
            return True
    return False


def ran_in(run_dir, stand_ins=False):
    """({recipe: {step: "real" | "stand-in"}}, {rule}) of what is done in a run directory."""
    run_dir = pathlib.Path(run_dir)
    homes = {
        recipe: (pathlib.Path(home), category)
        for home, category, recipe in INPUT.findall((run_dir / "build.ninja").read_text())
    }
    steps, rules = {}, set()
    stand_ins = stand_ins or fetched_elsewhere(run_dir)
    edges = [json.loads(line) for line in (run_dir / ".mlpgen/plan").read_text().splitlines()]
    makers = {edge["directory"]: edge for edge in edges}

    def step_and_rules(edge):
        recipe, part = edge["name"].split("/")[:2]
        home, category = homes[recipe]
        known = rules_by_step((home / "recipes" / category / recipe / "recipe.yaml").read_text())
        step = step_of(part, known)
        return step, known[step] if step else set()

    def rule_of(edge):
        of = step_and_rules(edge)[1]
        return next(iter(of)) if len(of) == 1 else ""

    for edge in edges:
        if not (run_dir / edge["directory"] / ".done").exists():
            continue
        recipe = edge["name"].split("/")[0]
        home = homes[recipe][0]
        step, its_rules = step_and_rules(edge)
        for rule in its_rules:
            if same_file(home / f"rules/{rule}.yaml",
                         ROOT / f"rules/{rule}.yaml") and len(its_rules) == 1:
                rules.add(rule)
        if home == ROOT:
            elsewhere = edge["mode"] == "fetch" or its_rules & OTHERS_CODE and from_fetched(
                edge, makers, rule_of)
            merge(steps, {recipe: {step: "stand-in" if stand_ins and elsewhere else "real"}})
    return steps, rules


def same_file(a, b):
    return a.is_file() and b.is_file() and a.read_bytes() == b.read_bytes()


def merge(steps, more):
    """Adds what ran; `real` beats `stand-in`."""
    for recipe, found in more.items():
        of = steps.setdefault(recipe, {})
        for step, word in found.items():
            of[step] = "real" if "real" in (word, of.get(step)) else word


def note(run_dir, stand_ins=False):
    place = os.environ.get("MLPGEN_TESTS_RAN")
    if not place or not (pathlib.Path(run_dir) / ".mlpgen/plan").exists():
        return
    steps, rules = ran_in(run_dir, stand_ins)
    pathlib.Path(place).parent.mkdir(parents=True, exist_ok=True)
    with open(place, "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        before = json.loads(file.read() or '{"steps": {}, "rules": []}')
        merge(before["steps"], steps)
        text = json.dumps({"steps": before["steps"], "rules": sorted(rules | set(before["rules"]))},
                          indent=1, sort_keys=True)
        file.truncate(0)
        file.write(text)
