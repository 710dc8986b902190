"""A text file of conformance cases to Case objects; README.md beside this file shows the form."""
import dataclasses
import pathlib
import re

from places import ROOT

PROJECT_PART = re.compile(r"^(recipe|rule|round|program|file|presets)(?: (\S+))?$")
ROUNDS = ROOT / "recipes/rounds"


@dataclasses.dataclass
class Request:
    words: list  # after `mlpgen dump`
    line: int  # where it stands
    expected: list = dataclasses.field(default_factory=list)  # (line number, text) each


@dataclasses.dataclass
class Case:
    sentence: str
    path: pathlib.Path
    line: int
    files: dict = dataclasses.field(default_factory=dict)  # path below the project's root -> text
    programs: set = dataclasses.field(default_factory=set)  # those that must be executable
    requests: list = dataclasses.field(default_factory=list)

    @property
    def place(self):
        return f"{self.path.name}:{self.line}"


class Mistake(Exception):
    """The case itself is not well written."""


def words_of(line):
    """Words as a shell would read them, but only '...' quotes: values with any other sign stand as
    they are."""
    found = re.findall(r"(?:[^\s']|'[^']*')+", line)
    return [word.replace("'", "") for word in found]


def block(lines, at):
    """The indented lines after `at`, without their indent, and where they end."""
    end = at
    while end < len(lines) and (not lines[end].strip() or lines[end].startswith("  ")):
        end += 1
    return "".join(line[2:] + "\n" for line in lines[at:end]).rstrip("\n") + "\n", end


def completed(kind, name, text):
    """The lines that every recipe or rule has, and that a case need not write, before its own."""
    lines = {"format": "1", kind: name, "about": "For one case"
             } | ({"tags": f"[{name}]"} if kind == "recipe" else {})
    missing = [
        f"{key}: {value}\n" for key, value in lines.items()
        if not re.search(f"^{key}:", text, re.M)
    ]
    return "".join(missing) + text.lstrip("\n")


def add_part(case, kind, name, text):
    if kind == "recipe":
        case.files[f"recipes/t/{name}/recipe.yaml"] = completed(kind, name, text)
    elif kind == "rule":
        case.files[f"rules/{name}.yaml"] = completed(kind, name, text)
    elif kind == "round":
        case.files[f"recipes/rounds/{name}.yaml"] = (ROUNDS / f"{name}.yaml").read_text()
    elif kind == "presets":
        case.files["recipes/presets.yaml"] = "format: 1\npresets:\n" + "".join(
            f"  {line}\n" for line in text.splitlines())
    elif kind == "program":
        case.files[f"bin/{name}"] = text
        case.programs.add(f"bin/{name}")
    else:
        case.files[f"project/{name}"] = text


def read_cases(path):
    lines = path.read_text().splitlines()
    cases, at = [], 0
    while at < len(lines):
        line, at = lines[at], at + 1
        if line.startswith("## "):
            cases.append(Case(line[3:], path, at))
        elif not line.strip() or line.startswith("# "):
            continue
        elif not cases:
            raise Mistake(f"{path.name}:{at}: a case begins with '## ' and a sentence")
        elif line.startswith("> "):
            cases[-1].requests.append(Request(words_of(line[2:]), at))
        elif line.startswith("  ") and cases[-1].requests:
            cases[-1].requests[-1].expected.append((at, line.strip()))
        elif part := PROJECT_PART.match(line):
            text, at = block(lines, at)
            add_part(cases[-1], part[1], part[2], text)
        else:
            raise Mistake(f"{path.name}:{at}: '{line}' is no part of a case")
    for case in cases:
        if not case.requests or not all(r.expected for r in case.requests):
            raise Mistake(
                f"{case.place}: each case has a request, and each request says what is expected")
    return cases
