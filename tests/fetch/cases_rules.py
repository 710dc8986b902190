"""The rules download, git, local-copy and refuse in a small project: mlpgen configure, ninja,
mlpgen lock."""
import hashlib
import json
import os
import random
import shutil
import subprocess
import time

import ran
from places import ROOT
from store.bench import sha256
from fetch.cases_git import Site
from fetch.file_server import FileServer
from store.loopback import BLOCK
from fetch.sessions import kill_session

BODY = random.Random(5).randbytes(3 * BLOCK)
FLAGS = "flags:\n  data: {env: DATA, help: the data set, type: path}\n"


class Project:
    """One recipe with these steps, and a run directory."""
    def __init__(self, bench, steps, more="",
                 rules=("download", "git", "local-copy", "refuse", "tree")):
        self.bench, self.home, self.run_dir = bench, bench.dir / "project", bench.dir / "run"
        self.as_user = []  # words before each command
        (self.home / "recipes/t/app").mkdir(parents=True)
        (self.home / "rules").mkdir()
        for rule in rules:
            shutil.copy(ROOT / f"rules/{rule}.yaml", self.home / "rules")
        self.write(steps, more)

    def write(self, steps, more=""):
        text = "format: 1\nrecipe: app\nabout: for a test\ntags: [app]\n" + more + "steps:\n"
        text += "".join(f"  - {step}\n" for step in steps)
        (self.home / "recipes/t/app/recipe.yaml").write_text(text)

    def env(self, **more):
        path = {"PATH": "/usr/bin:/bin"} if self.as_user else {
        }  # one's own may name folders that the other user cannot search
        return self.bench.env(MLPGEN_HOME=self.home, HOME=self.bench.dir / "home", **path, **more)

    def mlpgen(self, *words, code=0):
        done = subprocess.run(
            [*self.as_user, self.bench.tool.with_name("mlpgen"), *map(str, words)],
            cwd=self.bench.dir, env=self.env(), capture_output=True, text=True)
        assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def configure(self, *words, code=0):
        return self.mlpgen("configure", "app", "-C", self.run_dir, *words, code=code)

    def lock(self):
        return self.mlpgen("lock", "-C", self.run_dir)

    def ninja(self, code=0, **more):
        done = subprocess.run([*self.as_user, "ninja", "-C", self.run_dir], env=self.env(**more),
                              capture_output=True, text=True)
        assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        ran.note(self.run_dir)
        return done.stdout + done.stderr

    def file(self, name):
        [found] = [p for p in self.run_dir.glob(f"out/app/*/{name}") if ".tmp." not in str(p)]
        return found

    def locked(self):
        return json.loads((self.run_dir / "mlpgen.lock").read_text())["entries"]


def download(server, more=""):
    return f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin{more}}}'


def case_a_file_with_its_digest_needs_no_lock(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [download(server, f", sha256: {sha256(BODY)}, size: {len(BODY)}")])
        project.configure()
        project.ninja()
        assert project.file("f.bin").read_bytes() == BODY
        assert "no work to do" in project.ninja() and len(server.asked("f.bin")) == 1
        assert "nothing is missing" in project.lock() and not (project.run_dir /
                                                               ".mlpgen/trusted").exists()


def case_a_wrong_digest_leaves_no_output(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [download(server, ", sha256: " + "0" * 64)])
        project.configure()
        assert "[digest-differs]" in project.ninja(code=1)
        assert list(project.run_dir.glob("out/app/*/*")) == [] and bench.objects() == []


def case_the_lock_takes_the_digest_of_the_first_fetch_over(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [download(server, f", md5: {hashlib.md5(BODY).hexdigest()}")])
        project.configure()
        assert "not fetched yet" in project.lock() and not (project.run_dir /
                                                            "mlpgen.lock").exists()
        project.ninja()
        first = project.file("f.bin").parent
        project.configure()
        assert "no work to do" in project.ninja(), "configure reads no record of first use"
        assert f"taken over: {server.url}/f.bin" in project.lock()
        entry = project.locked()[f"file {server.url}/f.bin"]
        assert entry == {"file_name": "f.bin", "sha256": sha256(BODY), "size": str(len(BODY))}
        assert "nothing is missing" in project.lock()
        project.configure()
        project.ninja()
        assert len(server.asked("f.bin")) == 1, "the store has it"
        assert len(list(project.run_dir.glob("out/app/*/f.bin"))) == 2 and first.exists()
        server.bytes["f.bin"] = BODY[::-1]
        for folder in ("objects", "trusted"):
            subprocess.run(["rm", "-rf", bench.store / folder], check=True)
        shutil.copy(project.run_dir / "mlpgen.lock", bench.dir / "mine.lock")
        shutil.rmtree(project.run_dir)
        project.configure("--lock=mine.lock")
        assert "[digest-differs]" in project.ninja(code=1)


def case_a_lock_that_contradicts_the_recipe_is_refused_unless_a_stand_in(bench):
    small = b"small"
    with FileServer({"f.bin": small}) as server:
        project = Project(bench, [
            download(
                server,
                f", sha256: {sha256(BODY)}, size: {len(BODY)}, md5: {hashlib.md5(BODY).hexdigest()}"
            )
        ])
        entry = {"sha256": sha256(small)}
        lock = bench.dir / "small.lock"
        lock.write_text(json.dumps({"format": 1, "entries": {f"file {server.url}/f.bin": entry}}))
        assert "[lock-contradicts]" in project.configure("--lock=small.lock", code=1)
        lock.write_text(
            json.dumps(
                {"format": 1, "entries": {f"file {server.url}/f.bin": entry | {"stand_in": True}}}))
        assert "[stand-in]" in project.configure("--lock=small.lock")
        assert "[stand-in]" in project.configure(
            "--lock=small.lock"), "said again where nothing changed"
        project.ninja()
        assert project.file("f.bin").read_bytes() == small
        shutil.copy(lock, project.run_dir / "mlpgen.lock")
        assert "[damaged-lock]" in project.configure(code=1)


def case_ninja_killed_in_the_middle_goes_on(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways["f.bin"] = "slow"
        project = Project(bench, [download(server, f", sha256: {sha256(BODY)}")])
        project.configure()
        child = subprocess.Popen(["ninja", "-C", project.run_dir], env=project.env(),
                                 start_new_session=True, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        partial = bench.store / "partial" / sha256(BODY)
        deadline = time.monotonic() + 60
        while not (partial.exists() and partial.stat().st_size >= BLOCK):
            assert time.monotonic() < deadline and child.poll() is None
            time.sleep(0.02)
        kill_session(child.pid)
        child.wait()
        server.ways["f.bin"] = ""
        project.ninja()
        assert project.file("f.bin").read_bytes() == BODY
        assert server.asked("f.bin")[1][0].startswith("bytes=")


def case_mirrors_and_offline_reach_the_steps(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [
            f'{{id: get, rule: download, urls: ["https://files.example/f.bin"], name: f.bin, '
            f'sha256: {sha256(BODY)}}}'
        ])
        project.configure()
        assert "[offline]" in project.ninja(code=1, MLPGEN_OFFLINE=1)
        assert "[not-fetched]" in project.ninja(
            code=1, MLPGEN_MIRROR="https://files.example/=http://127.0.0.1:9/")
        project.ninja(MLPGEN_MIRROR=f"https://files.example/={server.url}/")
        assert project.file("f.bin").read_bytes() == BODY


def case_a_checkout_is_an_input_like_any_other(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        commit = repository.commit({"src/f.txt": b"1\n"})
        (repository.work / "src/f.txt").write_bytes(b"2\n")
        project = Project(bench, [
            f'{{id: source, rule: git, url: "{site.server.url}/smart/a", commit: {commit}, '
            f'patches: ["${{recipe}}/fix.patch"]}}',
            '{id: part, rule: tree, copy: {part: "${source.tree}/src"}}'
        ])
        patch = project.home / "recipes/t/app/fix.patch"
        patch.write_text(repository.git("diff", "--no-color") + "\n")
        project.configure()
        project.ninja()
        assert project.file("tree/part/f.txt").read_bytes() == b"2\n"
        assert "no work to do" in project.ninja()
        asked = site.server.count()
        patch.write_text(patch.read_text().replace("+2", "+3"))
        project.ninja()
        assert len(list(project.run_dir.glob(
            "out/app/*/tree/part/f.txt"))) == 2 and site.server.count() == asked
        project.write(
            [f'{{id: source, rule: git, url: "{site.server.url}/smart/a", commit: main}}'])
        assert "[wrong-value]" in project.configure(code=1)


def local_steps(more=""):
    what = 'what: "the data set", how: "get it by hand, then give --data=FOLDER"'
    return [
        f'{{id: mine, rule: local-copy, path: "${{DATA:-}}", {what}{more}}}',
        '{id: part, rule: tree, copy: {part: "${mine.data}"}}'
    ]


def case_what_a_person_must_get_is_told_when_the_step_runs(bench):
    project = Project(bench, local_steps(), FLAGS)
    project.configure()
    said = project.ninja(code=1)
    assert "the data set is needed" in said and "get it by hand, then give --data=FOLDER" in said
    assert "[not-given]" in said


def case_a_local_copy_is_used_where_it_lies(bench):
    data = bench.dir / "data"
    (data / "sub").mkdir(parents=True)
    (data / "sub/a").write_bytes(b"1")
    project = Project(bench, local_steps(", has: [sub/a]"), FLAGS)
    project.configure("--data=data")
    project.ninja()
    assert project.file("tree/part/sub/a").read_bytes() == b"1"
    manifest = json.loads(project.file("manifest.json").read_text())
    assert manifest["count"] == 1 and manifest["files"][0]["name"] == "sub/a" and manifest[
        "path"] == str(data)
    assert sorted(p.name for p in data.rglob("*")) == ["a", "sub"
                                                       ] and (data / "sub/a").read_bytes() == b"1"
    assert "no work to do" in project.ninja()
    (data / "sub/a").unlink()
    (data / "sub/b").write_bytes(b"2")
    shutil.rmtree(project.run_dir)
    project.configure("--data=data")
    assert "has no sub/a, so it is not the data set" in project.ninja(code=1)


def case_a_local_file_is_a_file(bench):
    (bench.dir / "m.onnx").write_bytes(b"model")
    step = ('{id: mine, rule: local-copy, path: "${DATA}", what: the model, how: "make it, then '
            'give --data=FILE", name: model.onnx}')
    project = Project(bench, [step], FLAGS)
    project.configure("--data=m.onnx")
    project.ninja()
    assert project.file("model.onnx").read_bytes() == b"model" and project.file(
        "model.onnx").is_symlink()
    (bench.dir / "folder").mkdir()
    (bench.dir / "folder/x").write_bytes(b"")
    project.configure("--data=folder")
    assert "is a folder; the model is a file" in project.ninja(code=1)
    os.mkfifo(bench.dir / "pipe")
    assert "is neither a file nor a folder" in project.configure("--data=pipe", code=1)


def case_a_step_that_refuses_says_why(bench):
    project = Project(bench, [
        '{id: no, rule: refuse, target: never, reason: "TensorRT is not on this machine", help: '
        '"choose --backend=onnxruntime"}'
    ], "targets: {never: {about: what cannot be done}}\n")
    assert "never: TensorRT is not on this machine" in project.configure(
    ), "no default target needs it"
    said = project.ninja(code=1)
    assert "TensorRT is not on this machine  [refused]" in said
    assert "help: choose --backend=onnxruntime" in said
