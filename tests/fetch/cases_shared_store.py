"""Several run directories and one store, at the same time; and what is taken out of the store
beside them."""
import json
import random
import shutil
import subprocess
import time

from store.bench import sha256
from fetch.cases_git import Site
from fetch.cases_rules import Project
from fetch.file_server import FileServer
from store.loopback import BLOCK
from fetch.sessions import kill_session

BODY = random.Random(11).randbytes(3 * BLOCK)
LIST = {f"f{i}.bin": random.Random(50 + i).randbytes(2000 + i) for i in range(12)}
EIGHT = 8


def three_kinds(bench, site, server, body=BODY):
    commit = site.repository("a").commit({"a.txt": b"a\n"})
    server.bytes.update({"f.bin": body} | {f"data/{name}": body for name, body in LIST.items()})
    server.ways["f.bin"] = "slow"
    project = Project(bench, [
        f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin, sha256: '
        f'{sha256(body)}}}',
        f'{{id: list, rule: download-list, list: "${{recipe}}/names.txt", urls: '
        f'["{server.url}/data/"], folder: files}}',
        f'{{id: source, rule: git, url: "{site.server.url}/smart/a", commit: {commit}}}',
    ], rules=("download", "download-list", "git"))
    (project.home / "recipes/t/app/names.txt").write_text("".join(f"{name}\n" for name in LIST))
    return project


def start_ninja(project, run):
    return subprocess.Popen(["ninja", "-C", run], env=project.env(), stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, text=True, start_new_session=True)


def case_eight_run_directories_at_once_fetch_each_thing_once(bench):
    with Site(bench) as site, FileServer({}) as server:
        project = three_kinds(bench, site, server)
        runs = [bench.dir / f"run{i}" for i in range(EIGHT)]
        for run in runs:
            project.mlpgen("configure", "app", "-C", run)
        children = [start_ninja(project, run) for run in runs]
        for child in children:
            text, _ = child.communicate(timeout=300)
            assert child.returncode == 0, text
        names = sorted(name for name, *_ in server.requests)
        assert names == sorted(["f.bin", *(f"data/{name}" for name in LIST)]), names
        packs = [
            path for method, path in site.server.requests
            if method == "POST" and "git-upload-pack" in path
        ]
    contents = [{
        str(p.relative_to(run)): p.read_bytes()
        for p in run.glob("out/**/*") if p.is_file() and p.name != ".done"
    } for run in runs]
    assert len(contents[0]) == 1 + len(LIST) + 2 and all(one == contents[0] for one in contents)
    assert len(packs) <= 2, "one fetch is at most two calls"
    things = json.loads(
        subprocess.run([bench.tool.with_name("mlpgen"), "store", "list", "app", "--format=json"],
                       env=project.env(), capture_output=True, text=True).stdout)
    assert len(things["objects"]) == 1 + len(LIST) + 1 + 1  # the list's manifest, the repository
    assert all(one["runs"] == sorted(map(str, runs))
               for one in things["objects"]), "each run directory is noted"


def case_gc_beside_running_ninjas_takes_nothing_that_they_use(bench):
    with Site(bench) as site, FileServer({}) as server:
        project = three_kinds(bench, site, server)
        runs = [bench.dir / f"run{i}" for i in range(4)]
        for run in runs:
            project.mlpgen("configure", "app", "-C", run)
        children = [start_ninja(project, run) for run in runs]
        collected = 0
        while any(child.poll() is None for child in children):
            done = project.mlpgen("store", "gc", "--unknown")
            assert "removed 0 of" in done, done
            collected += 1
        for child in children:
            text, _ = child.communicate()
            assert child.returncode == 0, text
        assert collected > 1 and len(server.asked("f.bin")) == 1
        for run in runs:
            shutil.rmtree(run)
        assert "removed 15 of 15" in project.mlpgen("store", "gc")


def case_kill_9_at_any_moment_is_followed_by_a_run_that_goes_on(bench):
    """Eight kills spread over a download of many blocks; then one ninja finishes, and the store has
    nothing half-done."""
    body = random.Random(12).randbytes(4 * EIGHT * BLOCK)
    with Site(bench) as site, FileServer({}) as server:
        project = three_kinds(bench, site, server, body)
        project.configure()
        for i in range(EIGHT):
            child = start_ninja(project, project.run_dir)
            time.sleep(0.05 + 0.04 * i)
            assert child.poll() is None, "killed while it runs"
            kill_session(child.pid)
            child.communicate()
        server.ways.clear()
        project.ninja()
        ranges = [asked for asked, _ in server.asked("f.bin")]
        begun = [i for i, asked in enumerate(ranges)
                 if asked]  # the first kills may come before the first byte
        assert len(begun) > 2 and all(ranges[begun[0]:]), f"it goes on where it stopped: {ranges}"
        assert project.file("f.bin").read_bytes() == body
        assert "no work to do" in project.ninja()
        assert bench.left("partial") == []
        assert "0 damaged" in project.mlpgen("store", "verify")
