"""Words of a request to what mlpgen makes of it; each request is asked once."""
import json
import os
import subprocess
import threading


class Answer:
    """What `mlpgen dump --stage=resolve` said."""

    def __init__(self, words, code, output, errors):
        self.words = words
        self.instances = json.loads(output)["instances"] if code == 0 else []
        self.diagnostics = json.loads(errors) if errors.strip().startswith("[") else []
        self.broken = "" if code in (0, 1) else f"exit code {code}: {errors[-300:]}"
        self.accepted = code == 0
        self.ids = {d["id"] for d in self.diagnostics if d["severity"] == "error"}

    def root(self, recipe):
        """The instance of `recipe` that was asked for: it is no other one's dep; the first, where each target has its own."""
        used = {d["instance"] for i in self.instances for d in i["deps"] if "instance" in d}
        roots = [i for i in self.instances if i["recipe"] == recipe and i["number"] not in used]
        return roots[0] if roots else None

    def enabled(self, instance):
        """Deps of an instance that it takes: (phase, words of the tags, id of the recipe, place in the text)."""
        return [(d["phase"], set(d["tags"].split(",")), self.instances[d["instance"]]["recipe"], place)
                for place, d in enumerate(instance["deps"]) if d["enabled"] and "instance" in d]

    def why(self):
        said = "; ".join(f"{d['id']}: {d['message']}" for d in self.diagnostics if d["severity"] == "error")
        return f"`{' '.join(self.words)}` is refused: {self.broken or said}"


class Asker:
    def __init__(self, mlpgen, home, run_directory):
        self.mlpgen, self.run_directory = mlpgen, run_directory
        self.environment = {"PATH": os.environ["PATH"], "HOME": run_directory, "MLPGEN_HOME": home, "LC_ALL": "C.UTF-8"}
        self.known, self.lock = {}, threading.Lock()

    def resolve(self, *words):
        """Asks, or remembers."""
        with self.lock:
            known = self.known.get(words)
        if known:
            return known
        done = self.run("dump", "--stage=resolve", "--format=json", *words)
        answer = Answer(words, done.returncode, done.stdout, done.stderr)
        with self.lock:
            self.known[words] = answer
        return answer

    def show(self, recipe):
        done = self.run("show", recipe, "--format=json")
        return json.loads(done.stdout) if done.returncode == 0 else {}

    def run(self, *words):
        return subprocess.run([self.mlpgen, *words], cwd=self.run_directory, env=self.environment, capture_output=True, text=True)
