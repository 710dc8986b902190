"""mlpgen vendor: what a request takes from outside, gathered, and then built with the network
unplugged."""
import json
import pathlib
import random
import shutil
import subprocess

from store.bench import sha256
from places import CACHE, ROOT, Skip
from fetch.cases_git import Site
from fetch.cases_rules import Project
from fetch.file_server import FileServer
from store.loopback import BLOCK
from sealed import sealed

BODY = random.Random(7).randbytes(3 * BLOCK)
LIST = {f"f{i}.bin": random.Random(i).randbytes(1000 + i) for i in range(6)}


def unplugged():
    """The words before a command that has no network at all, not even the loopback interface."""
    words = ["unshare", "-n", "--"]
    if subprocess.run([*words, "true"], capture_output=True).returncode != 0:
        raise Skip("a network namespace of its own is not allowed here")
    return words


def traced(log):
    """The words before a command whose sockets are noted."""
    if not shutil.which("strace"):
        raise Skip("there is no strace")
    return ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(log)]


def opens_no_socket(log):
    bad = [line for line in log.read_text().splitlines() if "AF_INET" in line]
    assert not bad, "\n".join(bad[:5])


def everything(bench, site, server):
    """A project that takes a file without a digest, a list and two commits of a repository with a
    submodule."""
    inner = site.repository("inner")
    inner.commit({"in.txt": b"inner\n"})
    outer = site.repository("a")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q",
              f"{site.server.url}/smart/inner", "sub")
    first = outer.commit({"a.txt": b"first\n"})
    second = outer.commit({"a.txt": b"second\n"})
    server.bytes.update({"f.bin": BODY} | {f"data/{name}": body for name, body in LIST.items()})
    source = f"{site.server.url}/smart/a"
    project = Project(bench, [
        f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin}}',
        f'{{id: list, rule: download-list, list: "${{recipe}}/names.txt", urls: '
        f'["{server.url}/data/"], folder: files}}',
        f'{{id: first, rule: git, url: "{source}", commit: {first}, submodules: "yes"}}',
        f'{{id: second, rule: git, url: "{source}", commit: {second}}}',
    ], rules=("download", "download-list", "git"))
    (project.home / "recipes/t/app/names.txt").write_text("".join(f"{name}\n" for name in LIST))
    return project


def products(run):
    """Every file that a run made, without the runner's notes; the folders' names are identities."""
    return {
        str(path.relative_to(run)): path.read_bytes()
        for path in sorted(run.glob("out/**/*"))
        if path.is_file() and path.name != ".done" and ".tmp." not in str(path)
    }


def case_what_is_vendored_is_built_with_the_network_unplugged(bench):
    with Site(bench) as site, FileServer({}) as server:
        project = everything(bench, site, server)
        said = project.mlpgen("vendor", bench.dir / "bundle", "app")
        assert "repositories" in said and "a lock with 2 entries" in said, said
        asked = len(server.requests)
        project.configure(f"--vendor={bench.dir / 'bundle'}")
        online = bench.dir / "online"
        shutil.rmtree(bench.store, ignore_errors=True)
        project.ninja()
        project.run_dir.rename(online)
        assert len(server.requests) == asked, "the vendored directory is asked before the network"
    shutil.rmtree(bench.store)
    project.configure("--offline", f"--vendor={bench.dir / 'bundle'}")
    log = bench.dir / "sockets"
    done = subprocess.run([*unplugged(), *traced(log), "ninja", "-C", project.run_dir],
                          env=project.env(), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    opens_no_socket(log)
    assert products(project.run_dir) == products(online) and len(products(online)) >= 9
    assert "no work to do" in project.ninja()


def case_a_vendored_directory_holds_digests_and_a_lock_and_nothing_else(bench):
    with Site(bench) as site, FileServer({}) as server:
        project = everything(bench, site, server)
        done = subprocess.run(
            [bench.tool.with_name("mlpgen"), "vendor", "bundle", "app", "--format=json"],
            cwd=bench.dir, env=project.env(), capture_output=True, text=True)
    answer = json.loads(done.stdout)
    bundle = bench.dir / "bundle"
    assert sorted(p.name for p in bundle.iterdir()) == [
        "format.json", "git", "mlpgen.lock", "objects", "trusted", "vendor.json"
    ]
    entries = json.loads((bundle / "mlpgen.lock").read_text())["entries"]
    assert entries[f"file {server.url}/f.bin"]["sha256"] == sha256(BODY) and len(
        entries) == 2, entries
    assert answer["repositories"] == 2 and answer["files"] == len(
        LIST) + 2 and answer["lock_entries"] == 2, answer


def case_vendoring_goes_on_where_it_stopped_and_takes_from_the_own_store(bench):
    with FileServer({"f.bin": BODY, "g.bin": BODY[::-1]}) as server:
        steps = [
            f'{{id: {n}, rule: download, urls: ["{server.url}/{n}.bin"], name: {n}.bin, sha256: '
            f'{sha256(b)}}}' for n, b in (("f", BODY), ("g", BODY[::-1]))
        ]
        project = Project(bench, steps)
        server.ways["g.bin"] = "404"
        assert "[not-gathered]" in project.mlpgen("vendor", bench.dir / "bundle", "app", code=1)
        assert "[not-vendored]" in project.configure("--vendor=bundle", code=1)
        server.ways.clear()
        project.mlpgen("vendor", bench.dir / "bundle", "app")
        assert len(server.asked("f.bin")) == 1
        project.configure("--vendor=bundle")
        project.ninja()
        asked = len(server.requests)
        project.mlpgen("vendor", bench.dir / "second", "app")
        assert len(server.requests) == asked, "the user's own store has it all"


def case_the_own_store_is_refused_before_anything_is_touched(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [
            f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin, sha256: '
            f'{sha256(BODY)}}}'
        ])
        project.configure()
        project.ninja()
        store = pathlib.Path(project.env()["MLPGEN_STORE"])
        link = bench.dir / "link"
        link.symlink_to(store)
        before = sorted(store.rglob("*"))
        assert store / "uses.jsonl" in before
        for own in (store, f"{store}/", link):
            said = project.mlpgen("vendor", own, "app", code=1)
            assert "[not-gathered]" in said and "is your own store" in said, said
        assert sorted(store.rglob("*")) == before
        project.mlpgen("vendor", f"{bench.dir}/bundle/", "app")
        project.configure("--offline", "--vendor=bundle")


def case_damage_in_a_vendored_directory_is_never_used(bench):
    with FileServer({"f.bin": BODY}) as server:
        project = Project(bench, [
            f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin, sha256: '
            f'{sha256(BODY)}}}'
        ])
        project.mlpgen("vendor", bench.dir / "bundle", "app")
        [stored] = [p for p in (bench.dir / "bundle/objects").rglob("f.bin")]
        stored.chmod(0o644)
        stored.write_bytes(BODY[:-1] + b"?")
        project.configure("--offline", "--vendor=bundle")
        said = project.ninja(code=1)
        assert "[offline]" in said and "is not used" in said, said
        project.configure("--vendor=bundle")
        project.ninja()
        assert project.file("f.bin").read_bytes() == BODY


def case_what_a_person_brings_is_named_and_not_gathered(bench):
    (bench.dir / "mine").mkdir()
    (bench.dir / "mine/x").write_text("x")
    project = Project(bench, [
        f"{{id: mine, rule: local-copy, path: {bench.dir / 'mine'}, what: a data set, how: get it}}"
    ])
    said = project.mlpgen("vendor", bench.dir / "bundle", "app")
    assert "not in it: app/mine: you provide it" in said, said


def case_packages_of_an_environment_are_kept_and_installed_without_an_index(bench):
    from store.cases_environment import uv_wheel
    from store.cases_package import NOWHERE, SIX, pinned, pythons
    uv = uv_wheel(bench)
    (bench.dir / "requirements.txt").write_text(pinned(SIX))
    words = [
        "python-environment", "--python",
        pythons()[0], "--locked", bench.dir / "requirements.txt", "--uv", uv
    ]
    bundle = bench.dir / "bundle"
    (bundle / "objects/sha256").mkdir(parents=True)
    (bundle / "vendor.json").write_text('{"format": 1, "complete": false}\n')
    bench.run(*words, "--out", "first", env=bench.env(MLPGEN_STORE=bundle)).ok()
    assert [p.name for p in (bundle / "objects").rglob("six*")] == [SIX["file-name"]]
    (bench.dir / ".mlpgen").mkdir()
    (bench.dir / ".mlpgen/fetch.json").write_text(
        sealed({"format": 1, "mirrors": [], "offline": True, "vendor": str(bundle)}))
    env = bench.env(MLPGEN_EDGE="a" * 12, **NOWHERE)
    bench.run(*words, "--settings", ".mlpgen/fetch.json", "--out", "second", env=env).ok()
    done = subprocess.run(
        [bench.dir / "second/venv/bin/python", "-c", "import six; print(six.__version__)"],
        capture_output=True, text=True)
    assert done.stdout == "1.16.0\n", done.stderr


def case_the_main_job_of_the_demo_runs_with_the_network_unplugged(bench):
    """`ninja submission` with an empty store, a vendored directory and no network: the same plan as
    online."""
    bundle = CACHE / "vendored-demo"  # kept: what comes from a registry is fetched once
    env = bench.env(MLPGEN_HOME=ROOT, MLPGEN_STORE=bench.dir / "own")
    mlpgen = bench.tool.with_name("mlpgen")

    def run(*words, before=(), **more):
        done = subprocess.run([*map(str, before), *map(str, words)], cwd=bench.dir, env=env | more,
                              capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout

    gathered = subprocess.run([mlpgen, "vendor", bundle, "--preset=demo"], cwd=bench.dir, env=env,
                              capture_output=True, text=True)
    if "[no-network]" in gathered.stderr:
        raise Skip("no package registry can be reached")
    assert gathered.returncode == 0, gathered.stderr[-3000:]
    offline = bench.dir / "offline"
    run(mlpgen, "configure", "--preset=demo", "-C", bench.dir / "online")
    run(mlpgen, "configure", "--preset=demo", "--offline", f"--vendor={bundle}", "-C", offline)
    assert (offline / ".mlpgen/plan").read_bytes() == (bench.dir /
                                                       "online/.mlpgen/plan").read_bytes()
    log = bench.dir / "sockets"
    run("ninja", "-C", offline, "submission", before=[*unplugged(), *traced(log)],
        MLPGEN_STORE=str(bench.dir / "empty"))
    opens_no_socket(log)
    assert (offline / "open.tar.gz").stat().st_size and (offline / "summary.csv").stat().st_size
    assert "no work to do" in run("ninja", "-C", offline, "submission", before=unplugged())
