"""Power: the demo measured under power-dev's own client and server, which drive a simulated
analyser; what cannot be measured is refused before anything runs."""
import json
import os
import shutil
import subprocess
import sys

import pytest

from places import MLPGEN, ROOT, TOOL, Skip, need_upstream
from power import ptdaemon
from power.peers import HERE, namespaced

CLIENT = ROOT / "recipes/app/get-mlperf-power-dev/src/power_run.py"
POWER = ["--power=yes", "--power_server=127.0.0.1", "--ntp_server=127.0.0.1"]
# of retinanet's demo; long enough for samples of the analyser, one a second
QUERIES = "--test_query_count=2000"


class Job:
    def __init__(self, folder):
        self.folder, self.run_dir = folder, folder / "run"
        self.env = {k: v for k, v in os.environ.items() if not k.startswith("MLPGEN_")}
        self.env |= {
            "MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(folder / "store"),
            "MLPGEN_MACHINE_LOCK": str(folder / "lock")
        }

    def __call__(self, *words, code=0):
        done = subprocess.run([str(w) for w in words], cwd=self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == code, f"{words}: {done.returncode}\n{said[-5000:]}"
        return said

    def configure(self, *words, code=0):
        return self(MLPGEN, "configure", "-C", self.run_dir, "--preset=demo", *words, code=code)

    def measured(self):
        """The folder of the performance run."""
        [link] = self.run_dir.glob("results/*/performance")
        return link.resolve()


@pytest.fixture
def job(work):
    return Job(work)


def need_programs():
    path = os.environ["PATH"] + ":/usr/sbin:/sbin"
    for program in ("chronyd", "unshare", "ip"):
        if not shutil.which(program, path=path):
            raise Skip(f"there is no {program}")
    if subprocess.run(namespaced(["true"]), capture_output=True).returncode:
        raise Skip("this machine makes no network namespaces")


@pytest.mark.alone
@pytest.mark.registry
def case_the_demo_is_measured_twice_and_power_devs_check_passes(job, work):
    power_dev = need_upstream("power-dev")
    need_programs()
    job.configure(*POWER, QUERIES, f"--with_inference_src={need_upstream('inference')}")
    job("ninja", "-C", job.run_dir, "accuracy", "harness", "loadgen")
    peers = work / "peers"
    peers.mkdir()
    words = [sys.executable, "-B", HERE / "peers.py", power_dev, peers, "ninja", "-C", job.run_dir]
    job(*namespaced([*words, "performance"]))
    job("ninja", "-C", job.run_dir, "submission")
    [performance] = job.run_dir.glob("submission/open/*/results/*/*/*/performance")
    check = [sys.executable, "-B", power_dev / "compliance/check.py", performance]
    assert "All checks passed" in job(*check)
    tree = job.run_dir / "submission"
    [readme] = tree.glob("open/*/README.md")
    [system] = tree.glob("open/*/systems/*.json")
    for text in (tree / "TEST-RUN.md", readme, system):
        assert "simulated power" in text.read_text(), text
    known = json.loads((job.measured() / "power.json").read_text())
    assert known["simulated"] and known["samples"] >= 2
    assert abs(known["average_watts"] - ptdaemon.WATTS) <= 1
    summary = json.loads((job.run_dir / "summary.json").read_text())["mlpgen"]
    verdicts = {name: checker["verdict"] for name, checker in summary["checkers"].items()}
    assert verdicts == {"mlpgen": "ok", "official": "ok"}, verdicts
    rows = (job.run_dir / "summary.csv").read_text()
    assert "Watts" in rows, rows
    assert "no work to do" in job("ninja", "-C", job.run_dir, "submission")


def case_power_without_a_server_or_an_ntp_server_is_refused_at_configure(job):
    for words in (POWER[:1], POWER[:2], [POWER[0], POWER[2]]):
        said = job.configure(*words, code=1)
        assert "cannot-run" in said and "--power_server=HOST --ntp_server=HOST" in said, said


def case_half_a_range_is_refused_and_a_range_makes_no_submission(job):
    for words in (["--max_amps=1"], ["--max_volts=230"]):
        said = job.configure(*POWER, *words, code=1)
        assert "amperes and volts together" in said, said
    said = job.configure(*POWER, "--max_amps=1", "--max_volts=230", code=1)
    assert "there is no ranging run" in said and "ninja performance" in said, said


def case_an_implementation_that_measures_no_power_refuses_it(job):
    said = job.configure(*POWER, "--implementation=reference", code=1)
    assert "cannot-run" in said and "C++ harness only" in said, said


def answers(*commands):
    with open(os.devnull, "w") as log:
        daemon = ptdaemon.Daemon(log)
        return [daemon.answers(command.split(","))[0] for command in commands]


def case_the_simulated_analyser_says_what_it_is():
    hello, identity, refused = answers("Hello", "Identify", "Wattz")
    assert hello == "Hello, PTDaemon here!" and refused == "Unknown command"
    assert identity.startswith("YokogawaWT310,") and "version=1.11.1-simulated" in identity
    said = subprocess.run([HERE / "ptdaemon.py", "-l", os.devnull, "-p", "1", "0", "none"],
                          capture_output=True, text=True)
    assert said.returncode == 1 and "device type 49" in said.stderr, said


def power_run(work, client, *words):
    """power_run.py with a client of the case; the harness is never reached."""
    (work / "client.py").write_text(client)
    done = subprocess.run([
        sys.executable, CLIENT, "--client", work / "client.py", "--server", "192.0.2.1", "--ntp",
        "192.0.2.2", *words
    ], capture_output=True, text=True, cwd=work)
    return done.returncode, done.stderr


def case_a_client_that_ends_well_and_leaves_nothing_is_a_failure(work):
    (work / "out").mkdir()
    words = ["harness", "--out", work / "out"]
    code, said = power_run(work, "", *words)
    assert code == 1 and "left no session/power/client.json" in said, said
    assert "192.0.2.1:4950" in said and "192.0.2.2" in said, said
    code, said = power_run(work, "exit(3)", *words)
    assert code == 1 and "ended with 3" in said, said
    assert list((work / "out").iterdir()) == []


def case_a_range_needs_amps_and_volts(work):
    code, said = power_run(work, "", "--max-amps=1", "harness", "--out", "out")
    assert code == 2 and "belong together" in said, said


def case_closed_refuses_simulated_power(work):
    folder = work / "performance/power"
    folder.mkdir(parents=True)
    message = {"cmd": "Identify", "reply": ptdaemon.IDENTITY}
    (folder / "server.json").write_text(json.dumps({"ptd_messages": [message]}))
    given = {
        "round": ROOT / "recipes/rounds/v5.1.yaml", "division": "closed", "category": "edge",
        "submitter": "acme", "system": "box", "implementation": "cpp", "model": "retinanet",
        "scenario": "Offline", "performance": folder.parent, "out": work / "tree"
    }
    rest = ["accuracy", "truncated", "measurements", "user-conf", "readme"]
    words = [f"--{k}={v}" for k, v in given.items()] + [f"--{k}={work}/none" for k in rest]
    done = subprocess.run([TOOL, "result-tree", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 1 and "the power is simulated" in done.stderr, done
    assert not (work / "tree").exists()
