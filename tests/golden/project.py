"""Each folder here is a small project that shows one idea: its name is the sentence, and the bytes
that mlpgen makes of it are compared.

A case holds `cmd` (the words after mlpgen), `recipes/`, `rules/` and, where it needs them, `bin/`
(programs to probe) and `project/` (the user's files, where the words are typed). What is printed is
compared with `expected.ninja` (of `dump --stage=ninja`), `expected.plan` (of `dump --stage=plan`, a
line of JSON for each edge, laid out for reading) or `expected.json` (of `dump --stage=resolve`):
the one that is there.

Every case is made three more times: in another folder, with the recipe files made in the opposite
order, and through a recipe folder whose names sort the other way round. All must give the same
bytes.
"""
import difflib
import json
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

from places import MLPGEN

HERE = pathlib.Path(__file__).resolve().parent
STAGES = {"expected.ninja": "ninja", "expected.plan": "plan", "expected.json": "resolve"}
FORMS = ("as it is", "elsewhere", "made in the opposite order", "under other category names")


def project(case, folder, form):
    """Copies the recipes, rules and programs of a case to `folder`."""
    parts = [p for p in ("recipes", "rules", "bin", "project") if (case / p).is_dir()]
    files = sorted(p for part in parts for p in (case / part).rglob("*") if p.is_file())
    if form == "made in the opposite order":
        files.reverse()
    for file in files:
        name = file.relative_to(case)
        if form == "under other category names" and name.parts[0] == "recipes" and len(
                name.parts) > 3:
            name = pathlib.Path("recipes",
                                f"z-{9 - sum(map(ord, name.parts[2])) % 10}-{name.parts[1]}",
                                *name.parts[2:])
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / name)
    (folder / "project").mkdir(exist_ok=True)


def laid_out(stage, text):
    if stage != "plan":
        return text
    edges = sorted((json.loads(line) for line in text.splitlines()), key=lambda e: e["name"])
    for edge in edges:
        del edge["crc32"]  # of a line with paths of this machine
    return "".join(json.dumps(e, indent=1, sort_keys=True) + "\n" for e in edges)


def dump(case, stage, form):
    with tempfile.TemporaryDirectory(
            prefix="elsewhere-much-longer-" if form == "elsewhere" else "golden-") as temporary:
        folder = pathlib.Path(temporary).resolve()
        project(case, folder, form)
        env = {
            "PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": temporary, "MLPGEN_HOME": temporary,
            "LC_ALL": "C.UTF-8"
        }
        words = shlex.split((case / "cmd").read_text())
        done = subprocess.run([MLPGEN, "dump", f"--stage={stage}", *words], cwd=folder / "project",
                              env=env, capture_output=True, text=True)
        if done.returncode:
            return f"exit code {done.returncode}\n{done.stdout}{done.stderr}".replace(
                temporary, "HOME")
        text = laid_out(stage, done.stdout)
        for place, name in ((str(folder), "HOME"), (str(MLPGEN.parent), "BUILD")):
            text = text.replace(place, name)
        return text


def stage_of(case):
    found = [name for name in STAGES if (case / name).exists()]
    return found[0] if len(found) == 1 else None


def without_categories(text):
    """The inputs of a manifest are sorted by path, so that their order is that of the folders."""
    return re.sub(r"z-\d-", "",
                  "\n".join(line for line in text.split("\n") if not line.startswith("  HOME/")))


def faults(case):
    name = stage_of(case)
    if not name:
        return ["a case needs exactly one of " + ", ".join(STAGES)]
    expected = (case / name).read_text()
    found = []
    for form in FORMS:
        actual, wanted = dump(case, STAGES[name], form), expected
        if form == FORMS[3]:
            actual, wanted = without_categories(actual), without_categories(wanted)
        if actual != wanted:
            lines = difflib.unified_diff(wanted.splitlines(), actual.splitlines(), "expected",
                                         f"mlpgen, {form}", lineterm="", n=2)
            found.append("\n".join(list(lines)[:40]))
    return found
