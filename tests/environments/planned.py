"""Every request of the reference, planned with the shipped locks alone."""
import concurrent.futures
import dataclasses
import functools
import importlib.util
import json
import os
import re
import subprocess

from places import ROOT

NOT_LOCKED = re.compile(r"the lock has no entry for: (python-environment .+?) +\[not-locked\]")
PROGRAM = re.compile(r"/tree/([\w./-]+\.py)$")
PYTHON = re.compile(r"(out/[^/]+/[^/]+)/venv/bin/python$")
ROUND = re.compile(r",_r([0-9.]+) ")
AT_ONCE = 2
ROUNDS = sorted(path.stem.removeprefix("v") for path in (ROOT / "recipes/rounds").glob("v*.yaml"))


def load_script(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = load_script(ROOT / "recipes/python/get-python-environment/lock_environments.py")


@dataclasses.dataclass
class Planned:
    words: str  # the request
    missing: list  # keys of environments that no shipped lock has, as configure says
    other: str  # another reason why there is no plan
    programs: dict  # {program of the reference: lines of its environment}


class Locked:
    def __init__(self, mlpgen, scratch, cache, slow):
        self.mlpgen, self.scratch, self.cache, self.slow = mlpgen, scratch, cache, slow

    @functools.cached_property
    def requests(self):
        """{request: keys of its environments}"""
        return SCRIPT.requests(self.mlpgen)

    @functools.cached_property
    def locked(self):
        return set(SCRIPT.entries(SCRIPT.SHIPPED)) | set(
            SCRIPT.entries(ROOT / "recipes/mlpgen.lock"))

    @functools.cached_property
    def planned(self):
        """A plan of one request of each model and framework for each environment."""
        first = {}
        for words, keys in self.requests.items():
            first.setdefault((subject(words), *keys), words)
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(self.plan, first.values()))

    def plan(self, words):
        env = {k: v
               for k, v in os.environ.items()
               if not k.startswith("MLPGEN_")} | {"MLPGEN_HOME": str(ROOT)}
        done = subprocess.run([str(self.mlpgen), "dump", "--stage=plan", *words.split()],
                              cwd=self.scratch, env=env, capture_output=True, text=True)
        missing = NOT_LOCKED.findall(done.stderr)
        if done.returncode:
            return Planned(words, missing, "" if missing else done.stderr, {})
        return Planned(words, [], "",
                       programs_of([json.loads(line) for line in done.stdout.splitlines()]))


def subject(words):
    """"gptj-99 with pytorch" of a request."""
    first, *flags = words.split()
    values = dict(flag.removeprefix("--").split("=") for flag in flags)
    return f"{values['model']} with {values['backend']}" if values else first


def round_of(words):
    """"v5.0", or "" of a direct request."""
    found = ROUND.search(words)
    return f"v{found[1]}" if found else ""


def programs_of(edges):
    """Of each edge that runs a program of the reference in an environment: that program and the
    environment's lines."""
    made = {e["directory"]: e["argv"] for e in edges if f"/{SCRIPT.STEP}/" in e["name"]}
    texts = {
        folder: [word.removeprefix("--lines=") for word in argv if " --hash=" in word]
        for folder, argv in made.items()
    }
    lines = {
        folder: texts[word.removeprefix("--locked=").rsplit("/", 1)[0]]
        for folder, argv in made.items() for word in argv if word.startswith("--locked=")
    }
    found = {}
    for edge in edges:
        programs = [m[1] for word in edge["argv"] if (m := PROGRAM.search(word))]
        pythons = [m[1] for word in edge["argv"] if (m := PYTHON.search(word))]
        for program in programs:
            if pythons:
                found[program] = lines[pythons[0]]
    return found
