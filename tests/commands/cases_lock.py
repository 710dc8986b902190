"""mlpgen lock against a package index on loopback, with the real pip and uv where they are."""
import functools
import http.server
import json
import pathlib
import shutil
import sys
import threading
import zipfile

from bench import Skipped, has

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
PROBE = 'probes:\n  - {id: python, names: [python3], version_args: [--version], version_regex: "Python ([0-9.]+)"}\n'


def wheel(folder, name, version):
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr(f"{name}.py", "x = 1\n")
        info = f"{name}-{version}.dist-info"
        z.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        z.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
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

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/simple/"


def project(bench, steps):
    for name, text in RULES.items():
        (bench.project / f"rules/{name}.yaml").write_text(text)
    folder = bench.project / "recipes/t/packed"
    folder.mkdir()
    (folder / "recipe.yaml").write_text("format: 1\nrecipe: packed\nabout: Needs packages\ntags: [packed]\n" + PROBE + "steps:\n" + steps)


PYTHON = 'python: "${python.path}", python_version: "${python.version}"'


def package(version):
    return "  - {id: words, rule: package, name: words, version: \"" + version + "\", kind: wheel, " + PYTHON + "}\n" \
           "  - {id: use, rule: write, word: a, use: \"${words.dir}\"}\n"


def with_index(bench):
    if not shutil.which("python3", path=bench.env["PATH"]):
        raise Skipped("no python3 on PATH")
    server, url = index(bench.folder / "index")
    bench.env.update(PIP_INDEX_URL=url, UV_DEFAULT_INDEX=url, UV_INDEX_URL=url, PIP_DISABLE_PIP_VERSION_CHECK="1", UV_CACHE_DIR=str(bench.folder / "uv"))
    return server


def test_lock_writes_the_entry_that_configure_then_takes(bench):
    server = with_index(bench)
    project(bench, package("1.0"))
    has(bench.refused("configure", "packed"), "not-locked", "words==1.0 wheel")
    has(bench.ask("lock", "packed"), "1 of 1 entries written to mlpgen.lock")
    entries = json.loads((bench.run_directory / "mlpgen.lock").read_text())["entries"]
    (key, entry), = entries.items()
    assert key.startswith("package words==1.0 wheel cp") and entry["file_name"] == "words-1.0-py3-none-any.whl" and len(entry["sha256"]) == 64
    server.shutdown()
    bench.configure("packed")
    has(bench.ask("lock"), "nothing is missing in the locks")


def test_lock_says_when_a_version_does_not_exist(bench):
    with_index(bench)
    project(bench, package("7.0"))
    has(bench.refused("lock", "packed"), "no-such-package-version", "words==7.0", "1.1", "recipe.yaml:")
    assert not (bench.run_directory / "mlpgen.lock").exists()


def test_lock_resolves_an_environment_with_hashes(bench):
    with_index(bench)
    uv = shutil.which("uv") or next((str(p) for p in pathlib.Path(sys.prefix).glob("bin/uv")), None)
    if not uv:
        raise Skipped("no uv on PATH")
    bench.env["PATH"] = str(pathlib.Path(uv).parent) + ":" + bench.env["PATH"]
    project(bench, '  - {id: venv, rule: environment, requirements: ["words<2"], ' + PYTHON + "}\n")
    has(bench.ask("lock", "packed"), "1 of 1")
    entry, = json.loads((bench.run_directory / "mlpgen.lock").read_text())["entries"].values()
    assert len(entry["lines"]) == 1 and entry["lines"][0].startswith("words==1.1 --hash=sha256:"), entry
    bench.configure("packed")
