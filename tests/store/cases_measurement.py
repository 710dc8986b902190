"""A fetch and a measurement at the same time, both started by the edge runner, mlpgen-edge."""

import hashlib
import json
import subprocess

from store.bench import wait_for
from places import Skip
from store.cases_fetch import Fetch
from store.loopback import BLOCK
from sealed import sealed_line


class RunDirectory:
    """A plan written by hand, in the form that `mlpgen configure` writes."""

    def __init__(self, bench):
        places = (bench.tool.parent / "mlpgen-edge", bench.tool.parent.parent / "edge/mlpgen-edge")
        self.edge = next((path for path in places if path.exists()), None)
        if not self.edge:
            raise Skip("mlpgen-edge is not built beside mlpgen-tool")
        self.bench, self.lines = bench, []

    def step(self, name, mode, argv, outputs):
        identity = hashlib.sha256(name.encode()).hexdigest()
        env = {key: self.bench.env()[key] for key in ("MLPGEN_STORE", "PATH")}
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
            )
        )
        (self.bench.dir / ".mlpgen").mkdir(exist_ok=True)
        (self.bench.dir / ".mlpgen/plan").write_text(
            "".join(sealed_line(line) for line in sorted(self.lines))
        )
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
            )
            for i in (1, 2)
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
            lambda: any(
                "another run is at f.bin" in log.read_text() for log in logs.rglob("*.log")
            ),
            "no second fetch",
            second,
        )
        measured = run.start(measure)
        said = measured.communicate(timeout=120)[
            0
        ]  # neither fetch can end before the gate is opened
        assert measured.returncode == 0, said
        assert first.poll() is None and second.poll() is None
        before, after = (
            next(bench.dir.glob(f"out/app/*/{name}")).read_text() for name in ("before", "after")
        )
        assert before == after, f"it fetched during a measurement: {before} bytes, then {after}"
        fetch.mirror.open_gate()
        for child in (first, second):
            out = child.communicate(timeout=60)[0]
            assert child.returncode == 0, out
        assert len(list(bench.dir.glob("out/get-*/*/f.bin"))) == 2 and bench.left("partial") == []
