"""The search for what a system reaches, on a simulated one whose limit is known: it needs no time
of its own."""
import json
import subprocess
import sys
import time

import pytest

from places import TESTS, TOOL
from runner.cases_kill import kill_all

SYSTEM = TESTS / "runner/simulated_system.py"
LIMITS = {"Offline": 400, "Server": 90, "SingleStream": 3, "MultiStream": 21}


def words(scenario, limit, seed, conf, kept, out, *more):
    """One command of the search."""
    return [
        str(TOOL), "search", f"--name=m/{scenario}", "--model=m", f"--scenario={scenario}",
        f"--user-conf={conf}", "--probe-s=2", f"--kept={kept}", f"--out={out}", "--",
        sys.executable,
        str(SYSTEM), "--user-conf",
        str(conf), "--out",
        str(out), f"--scenario={scenario}", f"--limit={limit}", f"--seed={seed}", *more
    ]


def search(folder, scenario, limit, seed):
    """What one search found; the probes that ran stand in folder/ran."""
    folder.mkdir()
    (folder / "out").mkdir()
    (folder / "user.conf").write_text("")
    done = subprocess.run(
        words(scenario, limit, seed, folder / "user.conf", folder / "kept", folder / "out"),
        cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((folder / "out/found.json").read_text())
    assert len(found["probes"]) == len((folder / "ran").read_text().splitlines()) <= 12
    return found


@pytest.mark.parametrize("scenario", LIMITS)
def case_a_search_finds_the_limit_and_a_third_of_it_on_a_system_three_times_slower(
        tmp_path, scenario):
    latency = scenario.endswith("Stream")
    for seed in (1, 2, 3):
        limit = LIMITS[scenario]
        slower = limit * 3 if latency else limit / 3
        one = search(tmp_path / f"one-{seed}", scenario, limit, seed)
        third = search(tmp_path / f"third-{seed}", scenario, slower, seed + 10)
        assert abs(one["reached"] / limit - 1) < 0.1, one
        assert abs(third["reached"] / slower - 1) < 0.1, third
        assert one["name"] == f"m/{scenario}"
        assert ("target_latency" in one) == latency, one


def case_the_logs_of_the_last_probe_are_the_search_s_own(tmp_path):
    found = search(tmp_path / "logs", "Server", 90, 5)
    out = tmp_path / "logs/out"
    last = f"probes/probe-{len(found['probes']):02}/mlperf_log_detail.txt"
    assert (out / "mlperf_log_detail.txt").read_text() == (out / last).read_text()
    conf = (out / "user.conf").read_text()
    assert f"m.Server.target_qps = {found['reached']:.6g}".rstrip("0") in conf, conf


def case_a_search_that_was_killed_goes_on_with_the_probes_that_are_done(folder):
    run = folder("run")
    argv = words("Server", 90, 4, "user.conf", "${kept}", "${out}", "--blocks=4")
    step = run.step("app/search", "", mode="measure", argv=argv, outputs=("found.json", ))
    run.write()
    (run.path / "user.conf").write_text("")
    started = run.start()
    while len(run.ran()) < 4:
        assert started.poll() is None, started.communicate()
        time.sleep(0.01)
    kill_all(started.pid)
    started.wait()
    kept = run.path / f"{step.directory}.kept"
    assert sorted(p.name for p in kept.glob("probe-0?")) == ["probe-01", "probe-02", "probe-03"]
    (run.path / "go").touch()
    run.ninja()
    found = json.loads(run.file(step, "found.json").read_text())
    assert len(run.ran()) == len(found["probes"]) + 1, (run.ran(), found)
    assert not kept.exists() and not run.leftovers()
    assert abs(found["reached"] / 90 - 1) < 0.1, found


def case_a_harness_that_fails_ends_the_search(tmp_path):
    (tmp_path / "user.conf").write_text("")
    (tmp_path / "out").mkdir()
    command = words("Offline", 1, 1, "user.conf", "kept", "out")
    command = command[:command.index("--")] + ["--", "false"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "the harness ended with 1 in probe 1" in done.stderr, done
