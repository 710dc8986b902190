"""Words of requests to what mlpgen makes of them: many requests in one process, each asked once."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import tempfile

SIDE_BY_SIDE = 2


class Unasked(Exception):
    """A row needs an answer that is not there yet: it is tried again when all that rows wait for
    has been asked."""


class Answer:
    """What `mlpgen dump --stage=resolve` said."""
    def __init__(self, words, line, recipes):
        self.words = words
        told = json.loads(line)
        self.accepted = told["resolution"] is not None
        self.instances = [
            i if i["recipe"] in recipes else {k: i[k]
                                              for k in ("number", "recipe", "variations")}
            for i in (told["resolution"] or {"instances": []})["instances"]
        ]
        used = [
            d["instance"] for i in (told["resolution"] or {"instances": []})["instances"]
            for d in i["deps"] if "instance" in d
        ]
        self.used = set(used)
        self.errors = [d for d in told["diagnostics"] if d["severity"] == "error"]
        self.ids = {d["id"] for d in self.errors}
        self.graph = told.get("graph")  # with the stage plan: a digest of build.ninja and the plan
        self.unused = [d["message"] for d in told["diagnostics"] if d["id"] == "unused-value"]

    def root(self, recipe):
        """The instance of `recipe` that was asked for: it is no other one's dep; the first, where
        each target has its own."""
        roots = [
            i for i in self.instances if i["recipe"] == recipe and i["number"] not in self.used
        ]
        return roots[0] if roots else None

    def enabled(self, instance):
        """Deps of an instance that it takes: (phase, words of the tags, id of the recipe, place in
        the text)."""
        return [(d["phase"], set(d["tags"].split(",")), self.instances[d["instance"]]["recipe"],
                 place) for place, d in enumerate(instance["deps"])
                if d["enabled"] and "instance" in d]

    def why(self):
        said = "; ".join(f"{d['id']}: {d['message']}" for d in self.errors)
        return f"`{' '.join(self.words)}` is {'refused: ' + said if said else 'accepted'}"


class Asker:
    """`recipes`: those whose env and deps are of interest. `trusted`: a folder with the recipes of
    the test. `stage`: plan for Answer.graph, too."""
    def __init__(self, mlpgen, home, trusted, recipes, stage="resolve"):
        self.stage = stage
        self.mlpgen, self.trusted, self.recipes = mlpgen, trusted, recipes
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": trusted, "MLPGEN_HOME": home, "LC_ALL": "C.UTF-8"
        }
        self.known, self.wanted = {}, {}

    def resolve(self, *words):
        if words not in self.known:
            self.wanted[words] = None
            raise Unasked
        return self.known[words]

    def ask_wanted(self):
        """Asks all that rows waited for."""
        wanted, self.wanted = list(self.wanted), {}
        parts = [wanted[n::SIDE_BY_SIDE] for n in range(SIDE_BY_SIDE) if wanted[n::SIDE_BY_SIDE]]
        with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
            for answers in pool.map(self.ask, parts):
                self.known.update(answers)

    def ask(self, requests):
        with tempfile.NamedTemporaryFile("w", dir=self.trusted, suffix=".requests") as file:
            file.write("".join(" ".join(words) + "\n" for words in requests))
            file.flush()
            process = subprocess.Popen([
                self.mlpgen, "dump", "--format=json", f"--stage={self.stage}",
                f"--requests={file.name}", f"--trust={self.trusted}"
            ], cwd=self.trusted, env=self.environment, stdout=subprocess.PIPE,
                                       stderr=subprocess.PIPE, text=True)
            answers = {
                words: Answer(words, line, self.recipes)
                for words, line in zip(requests, process.stdout)
            }
            said = process.communicate()[1]
        if len(answers) != len(requests):
            raise RuntimeError(f"mlpgen answered {len(answers)} of {len(requests)} requests; after "
                               f"`{' '.join(requests[len(answers)])}` "
                               f"it ended with {process.returncode}: {said[-300:]}")
        return answers

    def show(self, recipe):
        done = subprocess.run([self.mlpgen, "show", recipe, "--format=json"],
                              cwd=pathlib.Path(self.trusted), env=self.environment,
                              capture_output=True, text=True)
        return json.loads(done.stdout) if done.returncode == 0 else {}


def run_rows(jobs, asker):
    """Faults of each job, in their order. A job that waits for an answer is tried again when all
    waiting ones have been asked."""
    faults, waiting = [None] * len(jobs), list(range(len(jobs)))
    while waiting:
        still = []
        for at in waiting:
            try:
                faults[at] = jobs[at][1](*jobs[at][2])
            except Unasked:
                still.append(at)
        asker.ask_wanted()
        waiting = still
    return faults
