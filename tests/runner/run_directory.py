"""A run directory written by hand: plan and build.ninja in the form that `mlpgen configure` writes.
"""

import dataclasses
import hashlib
import json
import os
import pathlib
import subprocess

from sealed import sealed_line


@dataclasses.dataclass
class Step:
    identity: str
    directory: str
    fields: dict
    needs: list
    sources: list

    @property
    def id12(self):
        return self.identity[:12]


@dataclasses.dataclass
class Done:
    returncode: int
    stdout: str
    stderr: str

    @property
    def text(self):
        return self.stdout + self.stderr


class RunDirectory:
    def __init__(self, path, bench):
        self.path = pathlib.Path(path)
        self.path.mkdir(parents=True)
        self.bench = bench
        self.steps = {}
        self.env = {}

    def step(self, name, script, outputs=("x", ), needs=(), sources=(), inputs=(), **fields):
        """Adds a step: a shell script that starts in the run directory; $1 is its output folder."""
        identity = hashlib.sha256(name.encode()).hexdigest()
        recipe = name.split("/")[0]
        directory = f"out/{recipe}/{identity[:12]}"
        given = [{"path": f"{n.directory}/{o}"} for n in needs for o in n.fields["outputs"]]
        given += [{"path": s} for s in sources] + list(inputs)
        line = {
            "identity": identity,
            "name": name,
            "about": f"writes {', '.join(outputs)}",
            "directory": directory,
            "mode": "work",
            "argv": ["/bin/sh", "-ec", script, "sh", "${out}"],
            "env": {"PATH": "/usr/bin:/bin"},
            "pass_env": [],
            "secrets": [],
            "inputs": given,
            "outputs": list(outputs),
            "links": [],
        }
        self.steps[name] = Step(identity, directory, line | fields, list(needs), list(sources))
        return self.steps[name]

    def write(self):
        (self.path / ".mlpgen").mkdir(exist_ok=True)
        ordered = sorted(self.steps.values(), key=lambda s: s.identity)
        lines = [sealed_line(json.dumps(s.fields, separators=(",", ":"))) for s in ordered]
        (self.path / ".mlpgen/plan").write_text("".join(lines))
        text = "ninja_required_version = 1.5\nbuilddir = .mlpgen\n"
        text += f"rule e\n  command = {self.bench.edge} $id\n  description = $d\n  restat = 1\n"
        for s in self.steps.values():
            outs = "".join(f" {s.directory}/{o}" for o in s.fields["outputs"]
                           if not o.endswith("/"))
            ins = " ".join([f"{n.directory}/.done" for n in s.needs] + s.sources)
            text += f"build {s.directory}/.done |{outs}: e | {ins}\n".replace("|:", ":").replace(
                "| \n", "\n")
            text += f"  id = {s.id12}\n  d = {s.fields['name']}\n"
        (self.path / "build.ninja").write_text(text)
        return self

    def environment(self, **more):
        env = {k: v for k, v in os.environ.items() if not k.startswith("MLPGEN_")}
        return env | {"MLPGEN_MACHINE_LOCK": str(self.bench.machine_lock)} | self.env | more

    def child(self, command, start_new_session=False, **more):
        return subprocess.Popen(
            command,
            cwd=self.path,
            env=self.environment(**more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=start_new_session,
        )

    def start(self, *words, **more):
        """Starts ninja in a session of its own."""
        return self.child([self.bench.ninja, *words], start_new_session=True, **more)

    def ninja(self, *words, ok=True, **more):
        done = finish(self.start(*words, **more))
        assert (done.returncode == 0) == ok, f"ninja ended with {done.returncode}: {done.text}"
        return done

    def start_edge(self, step, **more):
        """Starts one edge without ninja, which shows what an edge says only when it has ended."""
        return self.child([self.bench.edge, step.id12], **more)

    def edge(self, step, **more):
        return finish(self.start_edge(step, **more))

    def nothing_to_do(self):
        assert "ninja: no work to do." in self.ninja().stdout

    def forget(self):
        """Ninja loses its memory."""
        for name in (".ninja_log", ".ninja_deps"):
            (self.path / ".mlpgen" / name).unlink(missing_ok=True)

    def file(self, step, name="x"):
        return self.path / step.directory / name

    def ran(self):
        """What the steps wrote to the file `ran`, sorted: one word each time that a command ran."""
        path = self.path / "ran"
        return sorted(path.read_text().split()) if path.exists() else []

    def log_lines(self):
        text = (self.path / ".mlpgen/log/edges.jsonl").read_text()
        return [line for line in text.splitlines() if line]

    def records(self, event="edge"):
        lines = [json.loads(line) for line in self.log_lines()]
        return [r for r in lines if r["event"] == event]

    def trash(self):
        return sorted((self.path / ".mlpgen").glob("trash/*"))

    def leftovers(self):
        return sorted(self.path.glob("out/*/*.tmp.*"))

    def log(self, step):
        return (self.path / ".mlpgen/log" / step.fields["name"].replace("/", ",") /
                f"{step.id12}.log")


def finish(process, timeout=120):
    out, err = process.communicate(timeout=timeout)
    return Done(process.returncode, out, err)


def has(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in:\n{text}"


def tree(path):
    """{name: bytes or link} of a folder, without what the runner notes."""
    found = {}
    for p in sorted(path.rglob("*")):
        name = str(p.relative_to(path))
        if p.is_symlink():
            found[name] = os.readlink(p)
        elif p.is_file() and p.name != ".done":
            found[name] = p.read_bytes()
    return found
