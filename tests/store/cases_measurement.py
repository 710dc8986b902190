"""A fetch and a measurement at the same time, both started by the edge runner, mlpgen-edge."""

import hashlib
import http.server
import json
import random
import subprocess
import zipfile

from fetch.git_server import GitServer, Repository
from store.bench import sha256, wait_for
from places import Skip
from store.cases_environment import uv_wheel
from store.cases_fetch import BODY, Fetch
from store.cases_package import pythons
from store.loopback import BLOCK, Loopback, send_half_and_drop
from sealed import sealed_line


class RunDirectory:
    """A plan written by hand, in the form that `mlpgen configure` writes."""
    def __init__(self, bench):
        places = (bench.tool.parent / "mlpgen-edge", bench.tool.parent.parent / "edge/mlpgen-edge")
        self.edge = next((path for path in places if path.exists()), None)
        if not self.edge:
            raise Skip("mlpgen-edge is not built beside mlpgen-tool")
        self.bench, self.lines, self.env = bench, [], {}

    def log(self):
        return "".join(path.read_text() for path in (self.bench.dir / ".mlpgen/log").rglob("*.log"))

    def step(self, name, mode, argv, outputs):
        identity = hashlib.sha256(name.encode()).hexdigest()
        env = {key: self.bench.env()[key] for key in ("MLPGEN_STORE", "PATH")} | self.env
        self.lines.append(
            json.dumps(
                {
                    "identity": identity,
                    "name": name,
                    "about": "a step of the test",
                    "directory": f"out/{name.split('/')[0]}/{identity[:12]}",
                    "mode": mode,
                    "argv": [str(word) for word in argv],
                    "env": env,
                    "pass_env": ["MLPGEN_MACHINE_LOCK*"],
                    "secrets": [],
                    "inputs": [],
                    "outputs": outputs,
                    "links": [],
                },
                separators=(",", ":"),
            ))
        (self.bench.dir / ".mlpgen").mkdir(exist_ok=True)
        (self.bench.dir / ".mlpgen/plan").write_text("".join(
            sealed_line(line) for line in sorted(self.lines)))
        return identity[:12]

    def start(self, id12):
        return subprocess.Popen(
            [str(self.edge), id12],
            cwd=self.bench.dir,
            env=self.bench.env(),
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )


def case_a_measurement_is_let_through_by_a_fetch_and_by_one_that_waits_for_it(bench):
    run = RunDirectory(bench)
    with Fetch(bench) as fetch:
        fetches = [
            run.step(
                f"get-{i}/fetch",
                "fetch",
                [bench.tool, *fetch.words("gated", out="${out}")],
                ["f.bin"],
            ) for i in (1, 2)
        ]
        # Longer than the stall timeout: a pause is no stall of the server's.
        measure = run.step(
            "app/measure",
            "measure",
            [
                "/bin/sh",
                "-ec",
                f'wc -c < {fetch.partial()} > "$1/before"; sleep 2.5; '
                f'wc -c < {fetch.partial()} > "$1/after"',
                "sh",
                "${out}",
            ],
            ["before", "after"],
        )
        first = run.start(fetches[0])
        wait_for(
            lambda: fetch.partial().exists() and fetch.partial().stat().st_size >= BLOCK,
            "the fetch did not begin",
            first,
        )
        second = run.start(fetches[1])
        logs = bench.dir / ".mlpgen/log"
        wait_for(
            lambda: any("another run is at f.bin" in log.read_text()
                        for log in logs.rglob("*.log")),
            "no second fetch",
            second,
        )
        measured = run.start(measure)
        said = measured.communicate(
            timeout=120)[0]  # neither fetch can end before the gate is opened
        assert measured.returncode == 0, said
        assert first.poll() is None and second.poll() is None
        before, after = (next(bench.dir.glob(f"out/app/*/{name}")).read_text()
                         for name in ("before", "after"))
        assert before == after, f"it fetched during a measurement: {before} bytes, then {after}"
        fetch.mirror.open_gate()
        for child in (first, second):
            out = child.communicate(timeout=60)[0]
            assert child.returncode == 0, out
        assert len(list(bench.dir.glob("out/get-*/*/f.bin"))) == 2 and bench.left("partial") == []


def measure_while(run, server, fetch):
    """A measurement in the middle of the fetch, while which the server drops the connection; the
    fetch's end."""
    (run.bench.dir / "begun").unlink(missing_ok=True)
    measure = run.step(
        "app/measure",
        "measure",
        [
            "/bin/sh", "-ec", 'echo > begun; while [ ! -e go ]; do sleep 0.02; done; echo > "$1/x"',
            "sh", "${out}"
        ],
        ["x"],
    )
    fetching = run.start(fetch)
    wait_for(server.half_sent.is_set, "the fetch did not begin", fetching)
    measuring = run.start(measure)
    wait_for((run.bench.dir / "begun").exists, "the measurement did not begin", measuring)
    server.dropped.set()
    (run.bench.dir / "go").touch()
    said = measuring.communicate(timeout=120)[0]
    assert measuring.returncode == 0, said
    said = fetching.communicate(timeout=120)[0]
    assert fetching.returncode == 0, said + run.log()
    records = [
        json.loads(line)
        for line in (run.bench.dir / ".mlpgen/log/edges.jsonl").read_text().splitlines()
    ]
    pauses = [one for one in records if one["event"] == "pause"]
    measured = next(one for one in records if one["event"] == "edge" and one["mode"] == "measure")
    assert len(pauses) == 1 and pauses[0]["pid"] == fetching.pid, records
    assert pauses[0]["released"]["monotonic_ns"] < measured["acquired"]["monotonic_ns"]
    assert measured["released"]["monotonic_ns"] < pauses[0]["acquired"]["monotonic_ns"]


def case_a_file_whose_connection_is_dropped_during_a_measurement_goes_on(bench):
    run = RunDirectory(bench)
    with Fetch(bench) as fetch:
        words = fetch.words("drop-once", out="${out}")
        words[words.index("--tries") + 1] = 1  # what happens during a stop is no failure
        step = run.step("get/fetch", "fetch", [bench.tool, *words], ["f.bin"])
        measure_while(run, fetch.mirror, step)
        assert next(bench.dir.glob("out/get/*/f.bin")).read_bytes() == BODY
        assert fetch.asked("drop-once") == [None, f"bytes={len(BODY) // 2}-"], "it did not resume"


def case_a_repository_whose_connection_is_dropped_during_a_measurement_comes(bench):
    run = RunDirectory(bench)
    (bench.dir / "served").mkdir()
    with GitServer(bench.dir / "served") as server:
        commit = Repository(bench.dir, bench.dir / "served", "a").commit({"big": BODY})
        words = ["git", "--url", f"{server.url}/drop/a", "--commit", commit, "--out", "${out}/tree"]
        measure_while(run, server, run.step("get/git", "fetch", [bench.tool, *words], ["tree/"]))
        assert next(bench.dir.glob("out/get/*/tree/big")).read_bytes() == BODY


class Index(Loopback):
    """A package index with one package of one module, whose first transfer is dropped in the
    middle."""

    NAME = "dropped_package-1.0-py3-none-any.whl"

    def __init__(self, folder):
        info = "dropped_package-1.0.dist-info"
        with zipfile.ZipFile(folder / self.NAME, "w") as wheel:
            wheel.writestr("dropped_package.py",
                           "DATA = '" + random.Random(7).randbytes(400_000).hex() + "'\n")
            wheel.writestr(f"{info}/METADATA",
                           "Metadata-Version: 2.1\nName: dropped-package\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL",
                           "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(
                f"{info}/RECORD",
                "dropped_package.py,,\n" + "".join(f"{info}/{n},,\n"
                                                   for n in ("METADATA", "WHEEL", "RECORD")))
        self.wheel = (folder / self.NAME).read_bytes()
        self.sha256 = sha256(self.wheel)
        super().__init__(IndexHandler)

    def settings(self):
        return {
            "PIP_INDEX_URL": f"{self.url}/simple", "UV_DEFAULT_INDEX": f"{self.url}/simple",
            "UV_HTTP_RETRIES": "0"
        }


class IndexHandler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        index = self.server.owner
        is_wheel = self.path.endswith(".whl")
        page = f'<a href="/{index.NAME}#sha256={index.sha256}">{index.NAME}</a>'.encode()
        body = index.wheel if is_wheel else page
        self.send_response(200)
        self.send_header("Content-Type", "application/zip" if is_wheel else "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if is_wheel and not index.half_sent.is_set():
            send_half_and_drop(self, body)
        else:
            self.wfile.write(body)


def case_a_package_whose_connection_is_dropped_during_a_measurement_comes(bench):
    run = RunDirectory(bench)
    with Index(bench.dir) as index:
        run.env = index.settings()
        words = [
            "package", "--kind", "wheel", "--name", "dropped-package", "--version", "1.0",
            "--sha256", index.sha256, "--python",
            pythons()[0], "--out", "${out}/" + index.NAME
        ]  # fmt: skip
        measure_while(run, index,
                      run.step("get/package", "fetch", [bench.tool, *words], [index.NAME]))
        assert next(bench.dir.glob("out/get/*/*.whl")).read_bytes() == index.wheel
        assert "so it starts again" in run.log()


def case_an_environment_whose_connection_is_dropped_during_a_measurement_is_made(bench):
    uv = uv_wheel(bench)
    run = RunDirectory(bench)
    with Index(bench.dir) as index:
        run.env = index.settings()
        (bench.dir /
         "locked.txt").write_text(f"dropped-package==1.0 --hash=sha256:{index.sha256}\n")
        words = [
            "python-environment", "--python",
            pythons()[-1], "--locked", "locked.txt", "--uv", uv, "--out", "${out}"
        ]
        step = run.step("get/environment", "fetch", [bench.tool, *words],
                        ["venv/", "packages.json"])
        measure_while(run, index, step)
        packages = json.loads(next(bench.dir.glob("out/get/*/packages.json")).read_text())
        assert [one["name"] for one in packages["packages"]] == ["dropped-package"]
