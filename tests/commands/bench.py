"""A copy of the small project, a run directory, a store and a machine lock of its own, gone at the
end."""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from places import MLPGEN

HERE = pathlib.Path(__file__).resolve().parent


class Bench:
    def __init__(self):
        self.mlpgen = MLPGEN
        self.folder = pathlib.Path(tempfile.mkdtemp()).resolve()
        self.project, self.run_directory = self.folder / "project", self.folder / "run"
        shutil.copytree(HERE / "project", self.project)
        self.run_directory.mkdir()
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8",
            "MLPGEN_HOME": str(self.project), "MLPGEN_STORE": str(self.folder / "store"),
            "MLPGEN_MACHINE_LOCK": str(self.folder / "machine")
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, argv, code=0, **env):
        done = subprocess.run([str(a) for a in argv], cwd=self.run_directory,
                              env={**self.env, **env}, capture_output=True, text=True)
        if code is not None and done.returncode != code:
            raise AssertionError(
                f"{argv}: exit code {done.returncode}, not {code}\n{done.stdout}{done.stderr}")
        return done

    def ask(self, *words, code=0, **env):
        """stdout of `mlpgen WORDS`."""
        return self.run([self.mlpgen, *words], code, **env).stdout

    def ask_json(self, *words):
        return json.loads(self.ask(*words, "--format=json"))

    def ask_json_of(self, home, *words):
        """As ask_json, of the recipes under another folder."""
        return json.loads(self.ask(*words, "--format=json", MLPGEN_HOME=str(home)))

    def refused(self, *words, code=1, **env):
        """stderr of `mlpgen WORDS`, which must not succeed."""
        return self.run([self.mlpgen, *words], code, **env).stderr

    def configure(self, *words):
        return self.ask("configure", *(words or ("app", )))

    def ninja(self, *targets):
        return self.run(["ninja", *targets]).stdout


def has(text, *parts):
    for part in parts:
        if part not in text:
            raise AssertionError(f"'{part}' is not in:\n{text}")


def has_not(text, *parts):
    for part in parts:
        if part in text:
            raise AssertionError(f"'{part}' is in:\n{text}")
