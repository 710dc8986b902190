"""The schemas beside the loader: the same keys, the same verdict over all of our files, over wrong
ones, and over damaged ones."""
import copy
import json
import os
import random
import re
import subprocess

import jsonschema
import yaml
from places import ROOT
from schema.desk import EXPRESSIBLE, SCHEMAS, faults

from schema import texts

# Where each map of a kind stands, with an unknown key in it; its key names the map in the schema.
UNKNOWN = "zzzzzzzzzzzzzzz"
MAPS = {
    "recipe": {
        "": {},
        "key": {"keys": {"A": {}}},
        "flag": {"flags": {"a": {}}},
        "round": {"round": {}},
        "variation": {"variations": {"v": {}}},
        "version": {"versions": {"1": {}}},
        "dep": {"deps": [{}]},
        "override": {"variations": {"v": {"adr": {"h": {}}}}},
        "probe": {"probes": [{}]},
        "target": {"targets": {"t": {}}},
    },
    "rule": {
        "": {}, "mode": {"modes": {"m": {}}}, "param": {"params": {"p": {}}},
        "edge": {"edges": [{}]}, "conditional": {"edges": [{"argv": [{}]}]}
    },
    "presets": {
        "": {}, "preset": {"presets": {"p": {}}},
        "override": {"presets": {"p": {"adr": {"h": {}}}}}
    },
    "round": {
        "": {}, "seeds": {"seeds": {}}, "checker": {"checker": {}}, "rules": {"rules": {}},
        "model": {"models": {"retinanet": {}}},
        "category": {"models": {"retinanet": {"scenarios": {"edge": {}}}}},
        "metric": {"models": {"retinanet": {"accuracy": [{}]}}
                   }, "scenarios": {"models": {"retinanet": {"scenarios": {}}}
                                    }, "test05_seeds": {"test05_seeds": {}},
        "disagreements": {"disagreements": [{}]}, "token_latency_limit_ns": {
            "models": {"llama3.1-8b": {"token_latency_limit_ns": {"Server": {}}}}
        }
    },
}
OWN_KEYS = {
    "recipe": {"format": "1", "recipe": "x", "about": "x"},
    "rule": {"format": "1", "rule": "x", "about": "x"}, "presets": {"format": "1"}, "round": {
        **texts.load((ROOT / "recipes/rounds/v5.1.yaml").read_text()), "test05_seeds": {},
        "disagreements": [{"model": "retinanet", "value": "x", "checker": "x"}]
    }
}


def ours():
    listed = subprocess.run(["git", "ls-files", "-z", "recipes", "rules"], cwd=ROOT,
                            capture_output=True, text=True)
    names = [n for n in listed.stdout.split("\0") if n] if listed.returncode == 0 else [
        str(p.relative_to(ROOT)) for f in ("recipes", "rules")
        for p in sorted((ROOT / f).rglob("*"))
    ]
    return [
        ROOT / n for n in names if n.endswith((".yaml", "mlpgen.lock")) and (ROOT / n).is_file()
    ]


def kind_of(path):
    if path.suffix == ".lock":
        return "lock"
    if path.name == "presets.yaml":
        return "presets"
    if path.parent.name == "rounds":
        return "round"
    return "rule" if path.parent.name == "rules" else "recipe"


def tree_of(path):
    return json.loads(path.read_text()) if path.suffix == ".lock" else texts.load(path.read_text())


def maps_of(schema):
    """Every part of a schema that lists its keys, with the name that it has."""
    found = {"": schema}

    def walk(name, part):
        if isinstance(part, dict):
            if part.get("type") == "object" and "properties" in part and part is not schema:
                found[name] = part
            for key, value in part.items():
                walk(
                    key if key not in ("properties", "additionalProperties", "items",
                                       "definitions") else name, value)

    walk("", schema)
    return found


def test_every_schema_is_one_and_describes_every_key(desk):
    for kind, schema in SCHEMAS.items():
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["title"] and schema["description"]
        for name, part in maps_of(schema).items():
            silent = [k for k, v in part["properties"].items() if not v.get("description")]
            assert not silent, f"{kind}.{name}: no description of {silent}"


def test_the_schema_and_the_loader_know_the_same_keys(desk):
    for kind, maps in MAPS.items():
        parts = {
            n: p
            for n, p in maps_of(SCHEMAS[kind]).items() if p.get("additionalProperties") is False
        }
        assert set(parts) == set(
            maps), f"{kind}: {set(parts) ^ set(maps)} stand in only one of the two"
        for name, tree in maps.items():
            whole = copy.deepcopy(OWN_KEYS[kind] if kind == "round" else {**OWN_KEYS[kind], **tree})
            put_unknown(whole, tree)
            desk.loader_says(kind, texts.dump(whole))
            known = [
                set(line.split(", ")) for line in re.findall(r"its keys are:? (.*)", desk.said)
            ]
            assert set(
                parts[name]["properties"]
            ) in known, f"{kind}.{name}: {sorted(parts[name]['properties'])}\n{desk.said}"


def put_unknown(tree, path):
    """The unknown key goes into the innermost map that `path` leads to."""
    while path:
        step = next(iter(path)) if isinstance(path, dict) else 0
        if not isinstance(path[step], (dict, list)):
            break
        tree, path = tree[step], path[step]
    tree[UNKNOWN] = "x"


def test_all_our_files_are_accepted_by_the_validator(desk):
    files = ours()
    assert len(files) > 100
    for path in files:
        found = faults(kind_of(path), tree_of(path))
        assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def test_an_editor_that_reads_numbers_and_switches_accepts_them_too(desk):
    """Editors read `2.1` as a number and `true` as a switch."""
    for path in ours():
        if path.suffix == ".yaml":
            found = faults(kind_of(path), yaml.load(path.read_text(), texts.Core))
            assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def test_every_file_of_ours_names_its_schema(desk):
    for path in ours():
        if path.suffix == ".yaml":
            schema = os.path.relpath(ROOT / f"schemas/{kind_of(path)}.schema.json", path.parent)
            first = path.read_text().splitlines()[0]
            said = f"{path.relative_to(ROOT)} begins with: {first}"
            assert first == f"# yaml-language-server: $schema={schema}", said


def fixture_files(case):
    found = [
        *case.glob("recipes/*/*/recipe.yaml"), *case.glob("rules/*.yaml"),
        *case.glob("recipes/presets.yaml"), *case.glob("recipes/rounds/*.yaml"),
        *case.glob("recipes/mlpgen.lock")
    ]
    return [p for p in found if p.is_file()]


def test_fixtures_that_a_schema_can_judge_are_judged_as_by_the_loader(desk):
    judged = set()
    for case in sorted(p for p in (ROOT / "tests/failing").iterdir() if (p / "expected").exists()):
        ids = set(re.findall(r"\[([a-z-]+)\]$", (case / "expected").read_text(), re.M))
        if ids & {"not-yaml", "not-text", "duplicate-key", "not-found"}:
            continue  # no tree to judge
        if case.name in NO_SCHEMA:
            continue
        found = [
            fault for path in fixture_files(case) for fault in faults(kind_of(path), tree_of(path))
        ]
        at_files = re.search(r"--> (recipes|rules|TMP/project/recipes)/",
                             (case / "expected").read_text())
        expected = ids & EXPRESSIBLE if at_files else set()
        assert bool(found) == bool(
            expected), f"{case.name}: the loader says {ids}, the validator {found}"
        judged |= expected
    assert judged >= {
        "unknown-key", "missing-key", "wrong-type", "wrong-format", "newer-format",
        "empty-condition", "mixed-condition"
    }, judged


# Cases whose word is one that a schema can say, and whose fault it cannot see.
NO_SCHEMA = {
    "damaged-lock": "it is not JSON", "unknown-round": "nothing reads the round that it has",
    "wrong-type-of-parameter": "another file, the rule, says which type it is",
    "wrong-value-in-a-step": "another file, the rule, says it",
    "damaged-lock-stand-in": "the name of the file decides",
    "damaged-lock-line": "what a line says is more than its type",
    "damaged-lock-size": "a number of bytes is a text there"
}


def test_small_projects_that_load_are_accepted(desk):
    for folder in [*sorted((ROOT / "tests/golden").iterdir()), ROOT / "tests/commands/project"]:
        for path in fixture_files(folder):
            found = faults(kind_of(path), tree_of(path))
            assert not found, f"{path.relative_to(ROOT)}: {found[0]}"


def places(tree, path=()):
    yield path
    for key, value in tree.items() if isinstance(
            tree, dict) else enumerate(tree) if isinstance(tree, list) else ():
        yield from places(value, (*path, key))


def damage(tree, dice):
    """One change somewhere, and what it was."""
    path = dice.choice([p for p in places(tree) if p])
    at = tree
    for step in path[:-1]:
        at = at[step]
    how = dice.choice(
        ["drop", "rename", "x", "list", "map", "nothing", "empty list", "empty map", "word list"])
    if how == "drop" or (how == "rename" and isinstance(at, list)):
        del at[path[-1]]
    elif how == "rename":
        at["zzz"] = at.pop(path[-1])
    else:
        at[path[-1]] = {
            "x": "x", "list": [["x"]], "map": {"x": "x"}, "nothing": None, "empty list": [],
            "empty map": {}, "word list": ["x", "yes"]
        }[how]
    return f"{'/'.join(map(str, path))}: {how}"


def test_damaged_files_are_judged_as_by_the_loader(desk):
    dice = random.Random(6)
    by_kind = {}
    for path in ours():
        if path.suffix == ".yaml" and path.stat().st_size < 8000:
            by_kind.setdefault(kind_of(path), []).append(path)
    verdicts = {True: 0, False: 0}
    for kind, paths in by_kind.items():
        for _ in range(150):
            path = dice.choice(paths)
            tree = tree_of(path)
            what = damage(tree, dice)
            text = texts.dump(tree)
            if kind == "recipe" and not isinstance(tree.get("recipe"), str):
                continue  # nothing to ask for
            ids = desk.loader_says(kind, text)
            found = faults(kind, texts.load(text))
            verdicts[bool(found)] += 1
            assert bool(found) == bool(ids & EXPRESSIBLE), (
                f"{path.relative_to(ROOT)}, {what}: the loader says {ids}, the validator {found}\n"
                f"{desk.said}")
    assert min(verdicts.values()) > 50, verdicts


def test_schema_prints_the_kinds_and_each_schema(desk):
    listed = desk.run("schema")
    assert [line.split()[0] for line in listed.stdout.splitlines()] == sorted(SCHEMAS)
    assert [k["kind"] for k in json.loads(desk.run("schema", "--format=json").stdout)["kinds"]
            ] == sorted(SCHEMAS)
    for kind, schema in SCHEMAS.items():
        assert json.loads(desk.run("schema", kind).stdout) == schema
    wrong = desk.run("schema", "recipes")
    assert wrong.returncode == 1 and "did you mean 'recipe'?" in wrong.stderr
