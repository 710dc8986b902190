"""mlpgen lock against a package index on loopback, with the real pip and uv where they are."""
import functools
import http.server
import json
import pathlib
import shutil
import sys
import threading
import zipfile

from commands.bench import has
from places import ROOT, Skip

RULES = {
    "package": """format: 1
rule: package
about: Obtains one package file
mode: fetch
lock: package
params:
  name: {type: text, about: the package}
  version: {type: text, about: its version}
  kind: {type: text, about: wheel or sdist}
  python: {type: text, about: the Python that it must fit}
  python_version: {type: text, about: version of that Python}
edges:
  - id: package
    argv: [echo, "${lock.sha256}"]
    outputs: {dir: "files/"}
""",
    "environment": """format: 1
rule: environment
about: Makes an environment
lock: python-environment
params:
  requirements: {type: list, about: what is in it}
  python: {type: text, about: the Python}
  python_version: {type: text, about: its version}
edges:
  - id: environment
    argv: [echo, {each: lock.lines, add: ["${item}"]}]
    outputs: {dir: "venv/"}
""",
}
PROBE = ('probes:\n  - {id: python, names: [python3], version_args: [--version], version_regex: '
         '"Python ([0-9.]+)"}\n')


def wheel(folder, name, version):
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr(f"{name}.py", "x = 1\n")
        info = f"{name}-{version}.dist-info"
        z.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        z.writestr(f"{info}/WHEEL",
                   "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        z.writestr(f"{info}/RECORD", "")


def index(folder):
    """Serves wheels of `words` 1.0 and 1.1 as a simple index; gives its URL."""
    pages = folder / "simple/words"
    pages.mkdir(parents=True)
    for version in ("1.0", "1.1"):
        wheel(pages, "words", version)
    links = "".join(f'<a href="{p.name}">{p.name}</a>\n' for p in sorted(pages.glob("*.whl")))
    (pages / "index.html").write_text(f"<html><body>{links}</body></html>")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
                                             functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/simple/"


def project(bench, steps):
    for name, text in RULES.items():
        (bench.project / f"rules/{name}.yaml").write_text(text)
    folder = bench.project / "recipes/t/packed"
    folder.mkdir()
    (folder / "recipe.yaml"
     ).write_text("format: 1\nrecipe: packed\nabout: Needs packages\ntags: [packed]\n" + PROBE +
                  "steps:\n" + steps)


PYTHON = 'python: "${python.path}", python_version: "${python.version}"'


def package(version):
    words = f'id: words, rule: package, name: words, version: "{version}", kind: wheel, {PYTHON}'
    return f"  - {{{words}}}\n" + '  - {id: use, rule: write, word: a, use: "${words.dir}"}\n'


def with_index(bench):
    if not shutil.which("python3", path=bench.env["PATH"]):
        raise Skip("no python3 on PATH")
    server, url = index(bench.folder / "index")
    bench.env.update(PIP_INDEX_URL=url, UV_DEFAULT_INDEX=url, UV_INDEX_URL=url,
                     PIP_DISABLE_PIP_VERSION_CHECK="1", UV_CACHE_DIR=str(bench.folder / "uv"))
    return server


def test_lock_writes_the_entry_that_configure_then_takes(bench):
    server = with_index(bench)
    project(bench, package("1.0"))
    has(bench.refused("configure", "packed"), "not-locked", "words==1.0 wheel")
    has(bench.ask("lock", "packed"), "1 of 1 entries written to mlpgen.lock")
    entries = json.loads((bench.run_directory / "mlpgen.lock").read_text())["entries"]
    (key, entry), = entries.items()
    assert key.startswith("package words==1.0 wheel cp"
                          ) and entry["file_name"] == "words-1.0-py3-none-any.whl" and len(
                              entry["sha256"]) == 64
    server.shutdown()
    bench.configure("packed")
    has(bench.ask("lock"), "nothing is missing in the locks")


def test_lock_says_when_a_version_does_not_exist(bench):
    with_index(bench)
    project(bench, package("7.0"))
    has(bench.refused("lock", "packed"), "no-such-package-version", "words==7.0", "1.1",
        "recipe.yaml:")
    assert not (bench.run_directory / "mlpgen.lock").exists()


def test_lock_resolves_an_environment_with_hashes(bench):
    with_index(bench)
    uv = shutil.which("uv") or next((str(p) for p in pathlib.Path(sys.prefix).glob("bin/uv")), None)
    if not uv:
        raise Skip("no uv on PATH")
    bench.env["PATH"] = str(pathlib.Path(uv).parent) + ":" + bench.env["PATH"]
    project(bench, '  - {id: venv, rule: environment, requirements: ["words<2"], ' + PYTHON + "}\n")
    has(bench.ask("lock", "packed"), "1 of 1")
    entry, = json.loads((bench.run_directory / "mlpgen.lock").read_text())["entries"].values()
    assert len(
        entry["lines"]) == 1 and entry["lines"][0].startswith("words==1.1 --hash=sha256:"), entry
    bench.configure("packed")


def fetched(bench, more=""):
    """A recipe that fetches one file without a digest, or with what `more` says."""
    shutil.copy(ROOT / "rules/download.yaml", bench.project / "rules")
    folder = bench.project / "recipes/t/fetched"
    folder.mkdir(exist_ok=True)
    (folder / "recipe.yaml").write_text(
        "format: 1\nrecipe: fetched\nabout: a file\ntags: [fetched]\nsteps:\n"
        f"  - {{id: get, rule: download, urls: ['http://a.test/f.bin'], name: f.bin{more}}}\n")


def write_lock(path, entries):
    path.write_text(json.dumps({"format": 1, "entries": entries}))


def test_locked_stops_where_the_lock_lacks_or_contradicts(bench):
    lock = bench.run_directory / "mlpgen.lock"
    fetched(bench)
    bench.configure("fetched")
    has(bench.refused("configure", "fetched", "--locked"), "stale-lock", "file http://a.test/f.bin",
        "recipe.yaml:")
    write_lock(lock, {"file http://a.test/f.bin": {"sha256": "a" * 64}})
    bench.configure("fetched", "--locked")
    fetched(bench, ", sha256: " + "b" * 64)
    has(bench.refused("configure", "fetched", "--locked"), "lock-contradicts")
    lock.unlink()
    bench.configure("fetched", "--locked")  # the recipe's digest is enough


def test_locked_holds_when_ninja_configures_again(bench):
    fetched(bench)
    write_lock(bench.run_directory / "mlpgen.lock",
               {"file http://a.test/f.bin": {"sha256": "a" * 64}})
    bench.configure("fetched", "--locked")
    write_lock(bench.run_directory / "mlpgen.lock", {})
    has(bench.refused("configure", "--again"), "stale-lock")


def test_frozen_takes_the_lock_as_it_is_and_writes_nothing(bench):
    lock = bench.run_directory / "mlpgen.lock"
    fetched(bench, ", sha256: " + "b" * 64)
    write_lock(lock, {"file http://a.test/f.bin": {"sha256": "a" * 64}})
    before = lock.read_bytes()
    done = bench.run([bench.mlpgen, "configure", "fetched", "--frozen"])
    has(done.stderr, "warning", "lock-contradicts", "--frozen")
    has((bench.run_directory / ".mlpgen/plan").read_text(), "a" * 64)
    has(bench.refused("lock"), "frozen-lock")
    assert lock.read_bytes() == before
    has(bench.refused("configure", "fetched", "--frozen", "--locked"), "wrong-word", "exclude")


def test_lock_diff_tells_what_came_went_and_changed(bench):
    one, two = bench.folder / "one.lock", bench.run_directory / "mlpgen.lock"
    write_lock(
        one, {
            "package onnxruntime==1.31.1 wheel cp311-x86_64": {"sha256": "a" * 64},
            "file http://a.test/f": {"sha256": "c" * 64}
        })
    write_lock(
        two, {
            "package onnxruntime==1.32.0 wheel cp311-x86_64": {"sha256": "b" * 64},
            "file http://b.test/g": {"sha256": "d" * 64}, "python-environment numpy cp311-x86_64": {
                "lines": ["numpy==2.4.6 --hash=sha256:" + "e" * 64]
            }
        })
    has(bench.ask("lock", "diff", one,
                  bench.run_directory), "changed  package onnxruntime wheel cp311-x86_64",
        "version  1.31.1 -> 1.32.0", "removed  file http://a.test/f", "added  file http://b.test/g",
        "2 added, 1 removed, 1 changed")
    changes = {c["entry"]: c for c in bench.ask_json("lock", "diff", one, two)["changes"]}
    assert {"name": "version", "before": "1.31.1",
            "after": "1.32.0"} in changes["package onnxruntime wheel cp311-x86_64"]["fields"]
    assert changes["python-environment numpy cp311-x86_64"]["change"] == "added"
    has(bench.ask("lock", "diff", one, one), "0 added, 0 removed, 0 changed")
    has(bench.refused("lock", "diff", one, "nowhere.lock"), "no-such-path")
    has(bench.refused("lock", "diff", one, code=2), "missing-word")


def test_the_command_that_not_locked_names_locks_that_very_request(bench):
    """Another request of this run directory is locked already; the command is typed as it stands,
    where configure was."""
    server = with_index(bench)
    project(bench, package("1.0"))
    other = bench.project / "recipes/t/other"
    other.mkdir()
    (other / "recipe.yaml"
     ).write_text("format: 1\nrecipe: other\nabout: Needs one more\ntags: [other]\nflags:\n"
                  "  note: {env: CM_NOTE, help: a text}\n"
                  "variations: {old: {}}\n" + PROBE + "steps:\n" + package("1.1"))
    bench.ask("lock", "packed")
    bench.configure("packed")
    words = ("other,_old", "--note=it's one", "-C", "../run")
    told = bench.refused("configure", *words)
    command = told.split("help: type `", 1)[1].split("` once", 1)[0]
    assert command.startswith("mlpgen lock -C ../run other,_old"), command
    bench.env["PATH"] = f"{bench.mlpgen.parent}:{bench.env['PATH']}"
    done = bench.run(["/bin/sh", "-c", command])
    has(done.stdout, "1 of 1 entries written to mlpgen.lock")
    server.shutdown()
    bench.configure(*words)


def test_plan_names_the_command_that_locks_its_request(bench):
    project(bench, package("1.0"))
    has(bench.ask("plan", "packed"), "is not locked", "`mlpgen lock packed` asks for it")


def test_ninja_that_configures_again_names_its_run_directory(bench):
    server = with_index(bench)
    project(bench, package("1.0"))
    bench.ask("lock", "packed")
    bench.configure("packed")
    (bench.run_directory / "mlpgen.lock").write_text('{"format": 1, "entries": {}}\n')
    has(bench.refused("configure", "--again"), f"`mlpgen lock -C {bench.run_directory}`")
    has(bench.ask("lock", "-C", bench.run_directory), "1 of 1")
    bench.run([bench.mlpgen, "configure", "--again"])
    server.shutdown()
