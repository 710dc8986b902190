"""The real demo for the cases: run directories, the programs, one store and one machine lock in the
scratch folder."""
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

import ran
from places import MLPGEN, ROOT


class RunDirectory:
    """A run directory of the demo."""
    def __init__(self, path, bench):
        self.path, self.bench = pathlib.Path(path), bench
        self.env = {}

    def environment(self):
        return self.bench.environment | self.env

    def mlpgen(self, *words, ok=True):
        done = subprocess.run([str(w) for w in (MLPGEN, *words)],
                              cwd=self.path if self.path.exists() else ROOT, env=self.environment(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert (done.returncode == 0) == ok, (
            f"mlpgen {' '.join(map(str, words))}: {done.returncode}\n"
            f"{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def configure(self, *words, ok=True):
        self.path.mkdir(parents=True, exist_ok=True)
        return self.mlpgen("configure", "--preset=demo", *words, ok=ok)

    def start(self, *words, ninja="ninja"):
        """Starts ninja in a session of its own."""
        return subprocess.Popen([str(ninja), *words], cwd=self.path, env=self.environment(),
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True, start_new_session=True)

    def ninja(self, *words, ok=True, ninja="ninja"):
        process = self.start(*(words or ("submission", )), ninja=ninja)
        text, _ = process.communicate()
        assert (process.returncode == 0
                ) == ok, f"ninja ended with {process.returncode}:\n{text[-4000:]}"
        ran.note(self.path)
        return text

    def nothing_to_do(self):
        text = self.ninja()
        assert "ninja: no work to do." in text, text

    def records(self):
        """Every command that ran: {name, identity, mode, acquired, released, finished, ...}."""
        path = self.path / ".mlpgen/log/edges.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        found = []
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:  # cut by a kill
                continue
            if record.get("event") == "edge":
                found.append(record)
        return found

    def ran_since(self, count):
        """Names of the commands that ran after the first `count` records."""
        return [r["name"] for r in self.records()[count:]]

    def steps(self):
        return [json.loads(line) for line in (self.path / ".mlpgen/plan").read_text().splitlines()]

    def steps_of(self, part, mode=None):
        return [s for s in self.steps() if part in s["name"] and mode in (None, s["mode"])]

    def summary(self):
        return json.loads((self.path / "summary.json").read_text())

    def forget(self):
        """Ninja loses its memory."""
        for name in (".ninja_log", ".ninja_deps"):
            for folder in (self.path, self.path / ".mlpgen"):
                (folder / name).unlink(missing_ok=True)

    def copy(self, name):
        """A copy of this directory with all that was made, as `cp -a` makes it."""
        target = self.bench.path / name
        shutil.rmtree(target, ignore_errors=True)
        subprocess.run(["cp", "-a", self.path, target], check=True)
        copied = RunDirectory(target, self.bench)
        copied.env = dict(self.env)
        return copied


class Bench:
    def __init__(self, path, seed, slow):
        self.path, self.seed, self.slow = path, seed, slow
        self.store = path / "store"
        self.secret = "planted-5f1c9e70d2-secret"
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("MLPGEN_", "CM_"))}
        self.environment = kept | {
            "MLPGEN_STORE": str(self.store), "MLPGEN_MACHINE_LOCK": str(path / "lock/machine"),
            "PLANTED_SECRET": self.secret, "PIP_PLANTED_SECRET": self.secret
        }
        self.main = RunDirectory(path / "main", self)
        self.quickstart = ""  # what the first command printed
        self.quickstart_seconds = 0.0

    def make_main(self):
        """The first command of the README makes the run directory that the cases work with."""
        start = time.monotonic()
        done = subprocess.run([ROOT / "examples/quickstart/run", self.main.path],
                              env=self.environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True)
        self.quickstart_seconds = time.monotonic() - start
        self.quickstart = done.stdout
        assert done.returncode == 0, done.stdout + done.stderr

    def fresh(self, name):
        path = self.path / name
        shutil.rmtree(path, ignore_errors=True)
        return RunDirectory(path, self)

    def home(self, name):
        """A copy of what mlpgen reads, to change it: for MLPGEN_HOME."""
        target = self.path / name
        shutil.rmtree(target, ignore_errors=True)
        for folder in ("recipes", "rules", "templates"):
            shutil.copytree(ROOT / folder, target / folder)
        return target

    def shell(self, script, directory):
        """Runs a script of `mlpgen repro` in `directory`; the folder that holds all it made."""
        made = self.path / "repro"
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()
        done = subprocess.run(["sh", "-c", script], cwd=directory,
                              env=self.environment | {"TMPDIR": str(made)}, capture_output=True,
                              text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return made


def kill_session(process):
    """kill -9 of a session: ninja, every edge runner, every command; returns when all are gone."""
    for _ in range(200):
        members = [
            p for p in session_members(process.pid) if p != process.pid or process.poll() is None
        ]
        if not members:
            break
        for pid in members:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        process.poll()
        time.sleep(0.01)
    process.wait()
    process.stdout.close()


def session_members(session):
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[3]) == session and fields[0] != "Z":
                found.append(int(entry.name))
    return found


def digest_tree(folder):
    """{name: bytes} of every file below `folder`, which may be a link."""
    folder = pathlib.Path(folder).resolve()
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*")) if p.is_file()
    }
