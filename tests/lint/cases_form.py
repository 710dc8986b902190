"""The form of every file that git knows: what a compiler does not see."""
import os
import re
import subprocess

from places import MLPGEN, ROOT, TOOL

CODE = {".cc", ".h", ".py"}
LINES_MAX = {".cc": 350, ".h": 300, ".py": 500}
COLUMNS_MAX = 100
# Folders whose only files that include yaml-cpp's headers are these.
YAML_FOLDERS = {"yaml"}
# Small projects that tests read as data.
FIXTURES = ("tests/failing/", "tests/golden/")
# What each stage of generator/ may include, in the order in which they read (generator/README.md).
STAGES = {
    "text": set(),
    "base": {"text"},
    "file": {"text", "base"},
    "process": {"text", "base", "file"},
    "yaml": {"text", "base"},
    "round": {"text", "base", "file", "yaml"},
    "recipe": {"text", "base", "file", "yaml"},
    "translate": {"text", "recipe"},
    "host": {"text", "base", "file", "process"},
    "resolve": {"text", "base", "file", "round", "recipe", "host"},
    "plan": {"text", "base", "file", "recipe", "resolve"},
    "check": {"text", "recipe", "resolve", "plan"},
    "query": {"text", "base", "file", "resolve", "plan"},
    "manifest": {"text", "file", "plan"},
    "page": {"text", "base", "round", "recipe", "resolve"},
    "picture": {"text", "resolve", "plan"},
    "store": {"text", "base", "file"},
    "loadgen": {"text", "base", "file"},
    "tree": {"text", "base", "file", "round", "loadgen"},
    "compliance": {"text", "base", "file", "round", "loadgen", "tree"},
    "checker": {"text", "base", "file", "process", "round", "loadgen", "tree", "compliance"},
    "step": {"text", "base", "file"},
    "artifact": {"base", "file", "step"},
    "machine": {"text", "base", "file", "process", "step"},
    "edge": {"text", "base", "file", "process", "loadgen", "step", "artifact", "machine"},
    "doctor": {"text", "file", "host", "resolve"},
    "archive": {"text", "base", "file", "store"},
    "fetch": {"text", "base", "file", "store"},
    "list": {"text", "base", "file", "store", "archive", "fetch"},
    "git": {"text", "base", "file", "process", "store", "archive", "fetch"},
    "package": {"text", "base", "file", "process", "store", "archive", "fetch"},
    "build": {"text", "base", "file", "store", "archive"},
    "tool": {
        "text", "base", "file", "process", "recipe", "store", "loadgen", "tree", "compliance",
        "checker", "archive", "fetch", "list", "git", "package", "build"
    },
    "command": {
        "text", "base", "file", "process", "yaml", "round", "recipe", "translate", "host",
        "resolve", "check", "plan", "query", "manifest", "page", "picture", "store", "loadgen",
        "checker", "tree", "step", "artifact", "machine", "edge", "doctor"
    },
}


def none(faults):
    assert not faults, "\n" + "\n".join(faults)


def files():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                            cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:  # a source tarball: all but what the build made
        found = (p for p in ROOT.rglob("*") if p.is_file())
        return [
            p for p in found if p.relative_to(ROOT).parts[0] not in {"build", "quickstart", ".git"}
        ]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def is_script(path, word):
    with open(path, "rb") as file:
        first = file.readline()
    return first.startswith(b"#!") and word in first


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:  # an image, a model, a log with any bytes
        return ""


def name(path):
    return path.relative_to(ROOT).as_posix()


def case_no_path_of_one_machine():
    homes = re.compile(r"(?<![\w.}/-])/(?:" + "|".join(["work", "root", "home/[a-z]+"]) + r")/")
    none([
        f"{name(p)}:{n}: {line.strip()[:80]}" for p in files() if "/data/" not in name(p)
        for n, line in enumerate(text_of(p).splitlines(), 1) if homes.search(line)
    ])


def case_nothing_is_left_for_later():
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "X" + "XX"]) + r")\b")
    none([
        f"{name(p)}:{n}" for p in files() if p.suffix in CODE | {".md", ".yaml", ".build"}
        for n, line in enumerate(text_of(p).splitlines(), 1) if marks.search(line)
    ])


def case_code_opens_with_what_it_turns_into_what():
    faults = []
    for path in files():
        if path.suffix in CODE and not name(path).startswith(FIXTURES):
            lines = [l for l in text_of(path).splitlines()[:2] if not l.startswith("#!")]
            if lines and not lines[0].startswith(("//", "#", '"""', "'''", 'r"""')):
                faults.append(f"{name(path)} opens without a comment")
    none(faults)


def case_code_files_are_short():
    counts = {p: len(text_of(p).splitlines()) for p in files() if p.suffix in CODE}
    none([
        f"{name(p)} has {count} lines, more than {LINES_MAX[p.suffix]}"
        for p, count in counts.items() if count > LINES_MAX[p.suffix]
    ])


def is_too_wide(path, line):
    """A line may be wider where it holds a URL or a digest, and in YAML where a text without blanks
    would be too wide on a line of its own too. Characters count, not bytes."""
    if len(line) <= COLUMNS_MAX or "://" in line or re.search(r"[0-9a-fA-F]{32}", line):
        return False
    alone = len(line) - len(line.lstrip()) + 2 + max(len(w.strip("\"'")) for w in line.split())
    return path.suffix != ".yaml" or alone <= COLUMNS_MAX


def case_lines_are_not_wider_than_100_columns():
    kinds, meson = CODE | {".yaml"}, {"meson.build", "meson_options.txt"}
    bounded = [
        p for p in files() if p.suffix in kinds or p.name in meson or is_script(p, b"python")
    ]
    none([
        f"{name(p)}:{n} has {len(line)} columns" for p in bounded
        for n, line in enumerate(text_of(p).splitlines(), 1) if is_too_wide(p, line)
    ])


def case_cpp_is_as_clang_format_writes_it():
    cpp = [p for p in files() if p.suffix in {".cc", ".h"}]
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *cpp], cwd=ROOT,
                          capture_output=True, text=True)
    none([line.removeprefix(f"{ROOT}/") for line in done.stderr.splitlines() if "error:" in line])
    assert done.returncode == 0, done.stderr


def case_yaml_is_read_in_one_folder_only():
    none([
        name(p) for p in files() if p.suffix in {".cc", ".h"} and "yaml-cpp/" in text_of(p)
        and p.relative_to(ROOT).parts[:2] not in {("generator", folder)
                                                  for folder in YAML_FOLDERS}
    ])


def case_no_registry_is_named():
    """Packages come through the ordinary package clients, which know where from."""
    hosts = [("py" + "pi", "org"), ("python" + "hosted", "org"), ("npm" + "js", "org"),
             ("crates" + "", "io"), ("proxy.go" + "lang", "org")]
    named = re.compile("|".join(re.escape(".".join(parts)) for parts in hosts))
    none([
        f"{name(p)}:{n}" for p in files() for n, line in enumerate(text_of(p).splitlines(), 1)
        if named.search(line)
    ])


def case_recipes_rules_presets_and_rounds_load():
    done = subprocess.run([MLPGEN, "check"],
                          env={"PATH": os.environ["PATH"],
                               "MLPGEN_HOME": str(ROOT)}, capture_output=True, text=True)
    none((done.stdout + done.stderr).splitlines() if done.returncode else [])


def case_a_stage_includes_only_what_stands_before_it():
    faults = []
    include = re.compile(r'#include "(\w+)/')
    for path in files():
        parts = path.relative_to(ROOT).parts
        if parts[0] != "generator" or len(parts) < 3 or path.suffix not in {".cc", ".h"}:
            continue
        allowed = STAGES.get(parts[1])
        if allowed is None:
            faults.append(f"{name(path)}: stage '{parts[1]}' stands in no list")
            continue
        for stage in include.findall(text_of(path)):
            if stage != parts[1] and stage not in allowed:
                faults.append(f"{name(path)} includes {stage}/")
    none(faults)


def case_a_subcommand_reads_the_parameters_that_are_declared():
    """Each is declared once, in the rule or in the table of the command, and each changes
    something."""
    faults = []
    shared = {
        "read_sources": "fetch/transfer_options.cc", "read_limits": "fetch/transfer_options.cc",
        "list_request": "list/list_request.cc"
    }
    read = re.compile(
        r'\b(?:a|arguments)\.(?:text|list|map|yes|number)\("(\w+)"\)|number_within\(\w+, "(\w+)"')
    for path in sorted((ROOT / "generator").glob("*/*_command.cc")):
        text = text_of(path)
        names = re.findall(r'const Registered \w+\(\s*\{"([a-z-]+)"', text)
        helpers = {helper for word, helper in shared.items() if word in text}
        if "list/list_request.cc" in helpers:
            helpers.add("fetch/transfer_options.cc")
        own, of_helpers = ({a or b
                            for part in parts
                            for a, b in read.findall(part)}
                           for parts in ([text], [text_of(ROOT / "generator" / h)
                                                  for h in helpers]))
        declared = set()
        for word in names:
            said = subprocess.run([TOOL, word, "--help"], capture_output=True, text=True).stdout
            declared |= {
                option.replace("-", "_")
                for option in re.findall(r"^  --([a-z0-9-]+)", said, re.M)
            }
        if names:
            faults += [
                f"{name(path)} reads '{word}', which is declared nowhere"
                for word in sorted(own - declared)
            ]
            faults += [
                f"{name(path)} does not read '{word}'"
                for word in sorted(declared - own - of_helpers)
            ]
    none(faults)


def case_links_in_documents_lead_somewhere():
    faults = []
    link = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
    for path in files():
        if path.suffix == ".md" and "/data/" not in name(path):
            for target in link.findall(text_of(path)):
                if "://" not in target and not (path.parent / target).exists():
                    faults.append(f"{name(path)} links to {target}")
    none(faults)


def case_scripts_can_be_parsed():
    faults = []
    for path in files():
        if path.suffix == ".py" or is_script(path, b"python"):
            try:
                compile(text_of(path), name(path), "exec")
            except SyntaxError as why:
                faults.append(f"{name(path)}:{why.lineno}: {why.msg}")
        elif is_script(path, b"bash") or name(path) == "tests/setup":
            done = subprocess.run(["bash", "-n", path], capture_output=True, text=True)
            if done.returncode:
                faults.append(f"{name(path)}: {done.stderr.strip()}")
    none(faults)


def case_scripts_can_be_started():
    none([
        f"{name(p)} is not executable" for p in files()
        if p.name == "run" and not p.stat().st_mode & 0o111
    ])
