#!/usr/bin/env python3
"""Compares recipes/rounds with the constants of the official checkers, and writes
docs/rounds-compared.md.

    MLPGEN_UPSTREAM=DIR tests/submission/compare_rounds.py [--check]

DIR holds checkouts of mlcommons/inference: `inference` at the commit that the newest rounds name,
and `inference-TAG` for v2.1, v3.0, v3.1, v4.0, v4.1, v5.0.1 and v5.1.1 (of these only
tools/submission is read). Each checker is imported in a process of its own and asked; nothing of it
is copied. Exit code 1 where a value differs that DIFFERENCES does not explain. --check writes
nothing and compares the page with what would be written.
"""
import argparse
import importlib
import importlib.util
import json
import logging
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs/rounds-compared.md"
CATEGORIES = ("datacenter", "edge", "datacenter-edge")
# Round -> the folders below MLPGEN_UPSTREAM whose checker knows it. The first one is the source of
# the round's file.
SOURCES = {
    "v2.1": ["inference-v2.1"],
    "v3.0": ["inference-v3.0"],
    "v3.1": ["inference-v3.1"],
    "v4.0": ["inference-v4.0"],
    "v4.1": ["inference-v4.1"],
    "v5.0": ["inference", "inference-v5.0.1"],
    "v5.1": ["inference", "inference-v5.1.1"],
    "v6.0": ["inference"],
    "v6.1": ["inference"],
}
# (round, folder, model or "*", what) -> why the value stays as it is.
OLDER = "tag v5.0.1 limits every scenario but Offline; b66003e1 looks limits up by scenario"
DIFFERENCES = {
    ("v5.0", "inference", "gptj-99", "Offline samples"): "the table of b66003e1 lost gptj, and it "
    "stops at each such Offline result; the "
    "value is that of tag v5.0.1",
    ("v5.0", "inference-v5.0.1", "gptj-99", "compliance"): "b66003e1 asks for TEST06",
    ("v5.0", "inference-v5.0.1", "*", "tokens"): OLDER,
    ("v5.0", "inference-v5.0.1", "llama3.1-405b", "compliance"): "b66003e1 asks for none",
    ("v5.0", "inference-v5.0.1", "pointpainting", "model"): "b66003e1 has it in this round",
    ("v5.0", "inference-v5.0.1", "stable-diffusion-xl", "accuracy files"): "b66003e1 asks for "
    "images; tag v5.0.1 "
    "names none",
    ("v5.1", "inference-v5.1.1", "deepseek-r1", "tokens"): "tag v5.1.1 has no Interactive of this "
    "model",
    ("v5.1", "inference-v5.1.1", "pointpainting", "Offline samples"): "tag v5.1.1 has no value",
    ("v6.0", "inference", "dlrm-v2-99", "model"): "not a model of the round; the other tables of "
    "b66003e1 keep it, so its open division takes it",
}
for key in [k for k in DIFFERENCES if k[2].endswith("-99")]:
    DIFFERENCES[(*key[:2], key[2] + ".9", key[3])] = DIFFERENCES[key]

# What a checker says, in its own process.


def import_checker(folder):
    sys.dont_write_bytecode = True
    tools = pathlib.Path(folder, "tools/submission")
    if (tools / "submission_checker/main.py").exists():
        sys.path.insert(0, str(tools))
        constants = importlib.import_module("submission_checker.constants")
        return constants, importlib.import_module(
            "submission_checker.configuration.configuration").Config, None
    path = next(p for p in (tools / "submission_checker.py", tools / "submission-checker.py")
                if p.exists())
    sys.path.insert(0, str(tools))
    spec = importlib.util.spec_from_file_location("checker", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module, module.Config, module.check_compliance_dir


def asked_tests(check, config, model):
    """The tests that a single-file checker misses in an empty folder."""
    missed = []

    class Ear(logging.Handler):
        def emit(self, record):
            if record.msg.startswith("Missing %s in compliance dir"):
                missed.append(record.args[0])

    log, ear = logging.getLogger("main"), Ear()
    log.addHandler(ear)
    with tempfile.TemporaryDirectory() as empty:
        words = [empty, model, "Offline", config, "closed", {}]
        try:
            check(*words, *([model] if check.__code__.co_argcount == 7 else []))
        except Exception:  # it goes on to read files of a test that it found missing
            pass
    log.removeHandler(ear)
    return sorted(missed)


def pairs(target):
    return sorted([target[i], target[i + 1]] for i in range(0, len(target), 2))


def by_scenario(limits):
    """{scenario: [ttft, tpot]} of any of the shapes that the checkers have had; one without
    scenarios holds for all but Offline."""
    if "conversational" in limits:
        limits = limits["conversational"]
    if "ttft" in limits:
        limits = {s: limits for s in ("Server", "SingleStream", "MultiStream")}
    return {k: [v["ttft"], v["tpot"]] for k, v in limits.items()}


def tokens_of(c, model):
    if hasattr(c, "LLAMA2_LATENCY_LIMITS"):
        return by_scenario(c.LLAMA2_LATENCY_LIMITS if model.startswith("llama2-70b") else {})
    return by_scenario(getattr(c, "LLM_LATENCY_LIMITS", {}).get(model, {}))


def fields_of(c, version, model):
    return getattr(c, "RESULT_FIELD_BENCHMARK_OVERWRITE",
                   {}).get(version, getattr(c, "RESULT_FIELD_BENCHMARK_OVERWRITE",
                                            {})).get(model, {})


def accuracy_of(base, model):
    target = base["accuracy-target"][model]
    return {s: pairs(t)
            for s, t in target.items()} if isinstance(target, dict) else {"": pairs(target)}


def offline_of(c, version, model):
    if version < "v4.0":
        return c.OFFLINE_MIN_SPQ
    return c.OFFLINE_MIN_SPQ_SINCE_V4.get(model)


def official_model(c, Config, check, version, model):
    base = c.MODEL_CONFIG[version]
    out = {
        "accuracy": accuracy_of(base, model),
        "upper limits": pairs(base.get("accuracy-upper-limit", {}).get(model, [])),
        "performance samples": base["performance-sample-count"].get(model),
        "tokens": tokens_of(c, model), "latency": {
            k: v
            for k, v in base.get("latency-constraint", {}).get(model, {}).items() if v
        }, "result fields": fields_of(c, version,
                                      model), "Offline samples": offline_of(c, version, model)
    }
    for category in CATEGORIES:
        required = base[f"required-scenarios-{category}"].get(model)
        out[f"scenarios {category}"] = None if required is None else [
            sorted(required),
            sorted(base[f"optional-scenarios-{category}"].get(model, []))
        ]
    if "dataset-size" in base:
        out["data set"] = base["dataset-size"].get(model)
    if "accuracy-sample-count" in base:
        out["accuracy samples"] = base["accuracy-sample-count"].get(model,
                                                                    base["dataset-size"].get(model))
    if check:
        out["compliance"] = asked_tests(check, Config(version, None), model)
    else:
        out["compliance"] = sorted(k[7:] for k, v in base.items()
                                   if k.startswith("models_TEST") and model in v)
    files = getattr(c, "REQUIRED_ACC_BENCHMARK", {}).get(model, {}).get(version, {})
    out["accuracy files"] = {folder: sorted(map(str, names)) for folder, names in files.items()}
    return out


def read_official(folder, version):
    c, Config, check = import_checker(folder)
    base = c.MODEL_CONFIG[version]
    logging.disable(logging.NOTSET)
    return {
        "*": {
            "seeds": list(base["seeds"].values()),
            "seeds of TEST05": list(base.get("test05_seeds", {}).values())
        }, **{m: official_model(c, Config, check, version, m)
              for m in base["models"]}
    }


# What recipes/rounds says, in the same form.


def number(text):
    return float(text) if "." in str(text) or "e" in str(text) else int(text)


def own_model(m, sizes):
    accuracy = {}
    for entry in m["accuracy"]:
        accuracy.setdefault(entry.get("scenario", ""), [])
        if "at_least" in entry:
            accuracy[entry.get("scenario", "")].append([entry["metric"], number(entry["at_least"])])
    out = {
        "accuracy": {s: sorted(list_)
                     for s, list_ in accuracy.items()},
        "upper limits": sorted([e["metric"], number(e["at_most"])] for e in m["accuracy"]
                               if "at_most" in e), "performance samples": m["performance_samples"],
        "tokens": {
            s: [t["ttft"], t["tpot"]]
            for s, t in m.get("token_latency_limit_ns", {}).items()
        }, "latency": m.get("latency_limit_ns", {}), "result fields": m.get("result_fields", {}),
        "Offline samples": m.get("offline_min_samples"),
        "compliance": sorted(m.get("compliance", [])), "accuracy files": {
            f: sorted(map(str, names))
            for f, names in m.get("accuracy_files", {}).items()
        }
    }
    for category in CATEGORIES:
        s = m.get("scenarios", {}).get(category)
        out[f"scenarios {category}"] = None if s is None else [
            sorted(s["required"]), sorted(s.get("one_of", []))
        ]
    if "data set" in sizes:
        out["data set"] = m.get("dataset_size")
    if "accuracy samples" in sizes:
        out["accuracy samples"] = m.get("accuracy_samples", m.get("dataset_size"))
        if "accuracy_samples_of" in m:
            out["accuracy samples"] = {
                **dict.fromkeys(out["accuracy"], out["accuracy samples"]),
                **m["accuracy_samples_of"]
            }
    return out


def read_own(name, official):
    import yaml
    data = yaml.safe_load((ROOT / f"recipes/rounds/{name}.yaml").read_text())
    seeds = lambda key: [
        data[key][k] for k in ("qsl_rng_seed", "sample_index_rng_seed", "schedule_rng_seed")
    ] if key in data else []
    sizes = next(v for k, v in official.items() if k != "*")
    return {
        "*": {"seeds": seeds("seeds"), "seeds of TEST05": seeds("test05_seeds")},
        **{m: own_model(v, sizes)
           for m, v in data["models"].items()}
    }


# The comparison.


def same(a, b):
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b))
    return a == b


def ask(folder, version):
    done = subprocess.run([sys.executable, __file__, "--read",
                           str(folder), version], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def differences(version, name, folder):
    official = ask(folder, version)
    own = read_own(version, official)
    rows, compared = [], 0
    for model in sorted(official.keys() | own.keys()):
        theirs, ours = official.get(model), own.get(model)
        if theirs is None or ours is None:
            rows.append((version, name, model, "model", "absent" if ours is None else "present",
                         "absent" if theirs is None else "present"))
            continue
        for what in theirs:
            compared += 1
            if not same(ours[what], theirs[what]):
                rows.append(
                    (version, name, model, what, json.dumps(ours[what]), json.dumps(theirs[what])))
    return rows, compared, len(official) - 1


def reason(row):
    for model in (row[2], "*"):
        if (found := DIFFERENCES.get((row[0], row[1], model, row[3]))) is not None:
            return found
    return None


def compare(upstream):
    """(lines of the page, number of differences that nothing explains)."""
    counts, rows = [], []
    for version, folders in SOURCES.items():
        for name in folders:
            found, compared, models = differences(version, name, upstream / name)
            counts.append((version, name, models, compared, len(found)))
            rows += found
    lines = [
        "<!-- Made by tests/submission/compare_rounds.py. -->",
        "# The rounds' data beside the official checkers", "",
        "`recipes/rounds/` against the constants of mlcommons/inference: `inference` is commit "
        "b66003e1, `inference-TAG` a release tag. The tags v5.0",
        "and v5.1 are older than their rounds; v5.0.1 and v5.1.1 are not. The first checker of a "
        "round is the source of its file. Made by", "",
        "    MLPGEN_UPSTREAM=DIR tests/submission/compare_rounds.py", "",
        "| round | checker | models | values compared | differ |", "|---|---|---|---|---|"
    ]
    lines += [f"| {v} | {n} | {m} | {c} | {d} |" for v, n, m, c, d in counts]
    lines += [
        "", "## What differs, and why it stays", "",
        "| round | checker | model | value | ours | theirs | why |", "|---|---|---|---|---|---|---|"
    ]
    lines += ["| " + " | ".join([*row, reason(row) or "**not explained**"]) + " |" for row in rows]
    lines += [
        "", "## v6.1 after b66003e1", "",
        "b66003e1 is of 2026-08-20, the newest commit that could be fetched. The round closed with "
        "later code, which knows the models VLM,",
        "text_to_video and agentic edge (mlcommons/inference#2660 of 2026-09-02); "
        "`recipes/rounds/v6.1.yaml` has none of them."
    ]
    return lines, [row for row in rows if reason(row) is None]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--read", nargs=2, metavar=("FOLDER", "ROUND"), help=argparse.SUPPRESS)
    parser.add_argument("--check", action="store_true")
    words = parser.parse_args()
    if words.read:
        print(json.dumps(read_official(*words.read)))
        return 0
    if "MLPGEN_UPSTREAM" not in os.environ:
        sys.exit("MLPGEN_UPSTREAM names no folder with checkouts (docs/testing.md)")
    lines, unexplained = compare(pathlib.Path(os.environ["MLPGEN_UPSTREAM"]).resolve())
    text = "\n".join(lines) + "\n"
    for row in unexplained:
        print("differs: " + " | ".join(row))
    if words.check:
        if PAGE.read_text() != text:
            print(f"{PAGE.name} is not what would be written")
            return 1
    else:
        PAGE.write_text(text)
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
