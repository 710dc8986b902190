#!/usr/bin/env python3
"""Collects the commands of CM and MLC that upstream shows, with what import-command makes of each:
VERDICT TAB SOURCE TAB COMMAND, a line each.

    collect_commands.py INFERENCE AUTOMATIONS [--all] writes upstream_commands.txt from two
        checkouts
    collect_commands.py                                  judges the commands that it has again

INFERENCE is a checkout of mlcommons/inference, AUTOMATIONS one of mlcommons/mlperf-automations.
Command lines are facts; nothing else is taken. The pages of INFERENCE's docs are rendered by its
own macros (main.py), because most of their commands exist in no file; of these and of the
combinations of a workflow's matrix, which differ little, every seventh is taken, or all with --all.
"""
import argparse
import importlib.util
import itertools
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TABLE = HERE / "upstream_commands.txt"
MLPGEN = HERE.parents[1] / "build/mlpgen"
STEP = 7
COMMAND = re.compile(r"^\W*((?:mlcr|mlcd|cmr|cmrd|cm run|cm docker|mlc run|mlc docker)\s.*)")
MATRIX = re.compile(r"\$\{\{\s*matrix\.([\w-]+)\s*\}\}")


def macros(main):
    """The functions that a page of the docs may call."""
    spec = importlib.util.spec_from_file_location("upstream_main", main)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {}

    class Env:
        @staticmethod
        def macro(function):
            found[function.__name__] = function
            return function

    module.define_env(Env)
    return found


def joined(text):
    """Its lines, those that end in a backslash joined with the next."""
    return re.sub(r"[ \t]*\\[ \t]*\r?\n\s*", " ", text).splitlines()


def commands(text):
    for line in joined(text):
        match = COMMAND.match(line.strip())
        if match and not line.strip().startswith("#"):
            yield re.sub(r"`+$", "", re.sub(r"\s+", " ", match[1]).strip()).strip()


def fenced(text):
    """What stands between code fences, with its commands."""
    for block in re.findall(r"^[ \t>]*```[^\n]*\n(.*?)^[ \t>]*```", text, re.S | re.M):
        yield from commands(block)


def of_pages(checkout):
    """(source, is one of many that differ little, command)."""
    import jinja2  # only who collects needs it

    functions = macros(checkout / "main.py")
    for page in sorted(checkout.rglob("*.md")):
        text = page.read_text(errors="replace")
        generated = "docs" in page.relative_to(checkout).parts[:1] and "{{" in text
        if generated:
            text = jinja2.Environment().from_string(text).render(**functions)
        for command in fenced(text):
            yield page.relative_to(checkout), generated, command
    for page in sorted(checkout.rglob("*.ipynb")):
        for cell in json.loads(page.read_text())["cells"]:
            for command in commands("".join(cell.get("source", []))):
                yield page.relative_to(checkout), False, command


def expanded(command, matrix):
    """The command once for each combination of the values that it takes from its job's matrix."""
    names = list(dict.fromkeys(MATRIX.findall(command)))
    values = []
    for name in names:
        given = matrix.get(name, [])
        given = list(given) if isinstance(given, list) else []
        given += [i[name] for i in matrix.get("include", []) if name in i]
        values.append([str(v) for v in dict.fromkeys(str(g) for g in given)] or ["${" + name + "}"])
    for chosen in itertools.product(*values):
        one = dict(zip(names, chosen))
        text = MATRIX.sub(lambda m: one[m[1]], command)
        yield re.sub(r"\$\{\{\s*[\w.]+?([\w-]+)\s*\}\}", r"${\1}", text)


def of_workflows(checkout):
    import yaml

    for flow in sorted((checkout / ".github/workflows").glob("*.y*ml")):
        for job in (yaml.safe_load(flow.read_text()).get("jobs") or {}).values():
            matrix = (job.get("strategy") or {}).get("matrix") or {}
            for step in job.get("steps") or []:
                for command in commands(step.get("run") or ""):
                    for one in expanded(command, matrix if isinstance(matrix, dict) else {}):
                        yield flow.relative_to(checkout), bool(MATRIX.search(command)), one


def commit(checkout):
    return subprocess.run(["git", "-C", checkout, "rev-parse", "HEAD"], check=True,
                          capture_output=True, text=True).stdout.strip()


def is_whole(command):
    """Lines that end within quotes are parts of a command."""
    try:
        shlex.split(re.sub(r"<[^<>]*>", "x", command))
        return True
    except ValueError:
        return False


def collected(args):
    """The table without verdicts: credits as they are, then (source, command)."""
    seen = set()
    for name, checkout, found in [("mlcommons/inference", args.inference, of_pages(args.inference)),
                                  ("mlcommons/mlperf-automations", args.automations,
                                   of_workflows(args.automations))]:
        yield f"# {name} at {commit(checkout)}", None
        alike = 0
        for source, is_alike, command in found:
            if command in seen or not is_whole(command):
                continue
            seen.add(command)
            alike += is_alike
            if args.all or not is_alike or alike % STEP == 1:
                yield source, command


def kept(text):
    for line in text.splitlines():
        yield (line, None) if line.startswith("#") else tuple(line.split("\t")[1:])


def verdict(answer):
    """equal; part: words that choose nothing of what is measured are left out; refused: no line."""
    words = [w["word"] for w in answer["words"] if not w["equal"] and w["needed"]]
    if answer["equal"]:
        return "equal"
    if answer["lines"]:
        return "part: " + ", ".join(words)
    return "refused: " + (", ".join(f"{w['word']} ({w['why']})" for w in answer["words"]
                                    if not w["equal"] and w["selects"] and w["needed"])
                          or answer["why"])


def imported(mlpgen, command, **env):
    done = subprocess.run([mlpgen, "import-command", command, "--format=json"], capture_output=True,
                          text=True, env={**os.environ, **env})
    return json.loads(done.stdout)["commands"]


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inference", type=pathlib.Path, nargs="?")
    parser.add_argument("automations", type=pathlib.Path, nargs="?")
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    rows = list(collected(args) if args.automations else kept(TABLE.read_text()))
    lines = []
    for source, command in rows:
        if command is None:
            lines.append(source)
            continue
        answers = imported(MLPGEN, command)
        lines.append(f"{' '.join(verdict(answers[0]).split())}\t{source}\t{command}")
    TABLE.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
