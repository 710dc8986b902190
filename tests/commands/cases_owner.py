"""A run directory that another user configured: no question in it runs that user's programs."""
import json
import os
import shutil
import signal
import subprocess
import time

from commands.own_recipe import Own
from places import ROOT, Skip
from sealed import sealed

NOBODY = 65534
QUESTIONS = (["explain", "K"], ["plan"], ["query", "*"], ["graph"], ["doctor"], ["dump"],
             ["configure", "--again"], ["rerun", "app/s"], ["lock"], ["vendor", "bundle"])
PROBE = ('probes: [{id: p, names: ["%s"], version_args: [-v], version_regex: "v([0-9.]+)"}]\n'
         'steps: [{id: s, rule: json, name: a.json, values: {k: "${p.version}"}}]\n')


def foreign(bench):
    """A configured run directory of another user, and the file that its program leaves."""
    if os.geteuid() != 0:
        raise Skip("only root can give a directory to another user")
    ran, program = bench.folder / "RAN", bench.folder / "prog"
    program.write_text(f"#!/bin/sh\nid > {ran}\necho v1.2\n")
    program.chmod(0o755)
    own = Own(bench, PROBE % program)
    own.configure()
    give(bench)
    return own, ran


def give(bench, owner=NOBODY):
    for path in (bench.run_directory / ".mlpgen").rglob("*"):
        os.lchown(path, owner, owner)
    os.lchown(bench.run_directory / ".mlpgen", owner, owner)


def forget(bench, ran):
    """The program runs again as soon as it is asked for."""
    ran.unlink(missing_ok=True)
    (bench.run_directory / ".mlpgen/host.json").unlink(missing_ok=True)


def test_no_question_in_another_users_run_directory_runs_its_programs(bench):
    own, ran = foreign(bench)
    for words in QUESTIONS:
        forget(bench, ran)
        said = own.mlpgen(*words, code=1).stderr
        assert "[foreign-run-directory]" in said, f"{words}: {said}"
        assert f"--trust={bench.run_directory}" in said, f"{words}: {said}"
        assert not ran.exists(), f"{words} ran the program"
    for words in (["log"], ["repro", "app/s"], ["show", "get-gcc"]):
        forget(bench, ran)
        own.mlpgen(*words)
        assert not ran.exists(), f"{words} ran the program"


def test_a_folder_of_mine_with_another_users_request_is_his(bench):
    own, ran = foreign(bench)
    give(bench, 0)
    os.lchown(bench.run_directory / ".mlpgen/request.json", NOBODY, NOBODY)
    forget(bench, ran)
    assert "[foreign-run-directory]" in own.mlpgen("plan", code=1).stderr and not ran.exists()


def test_path_in_another_users_request_names_no_program_of_mine(bench):
    own, ran = foreign(bench)
    state = bench.run_directory / ".mlpgen/request.json"
    request = json.loads(state.read_text())
    fake = bench.folder / "bin/ninja"
    fake.parent.mkdir()
    fake.write_text(f"#!/bin/sh\nid > {ran}\necho 1.11\n")
    fake.chmod(0o755)
    state.write_text(
        sealed(
            {k: v
             for k, v in request.items() if k not in ("digest", "trusted")}
            | {"trusted": [], "words": ["--preset=demo"], "path": f"{fake.parent}:/usr/bin:/bin"}))
    give(bench)
    forget(bench, ran)
    assert "[foreign-run-directory]" in own.mlpgen("configure", "--again",
                                                   code=1).stderr and not ran.exists()


def test_trust_and_typed_words_answer(bench):
    own, ran = foreign(bench)
    for words in (["plan"], ["configure", "--again"], ["rerun", "app/s"]):
        own.mlpgen(*words, f"--trust={bench.run_directory}", code=None)
    assert own.mlpgen("plan", f"--trust={bench.run_directory}").stdout
    assert own.mlpgen("plan", "--preset=demo").stdout, "a request that is typed is one's own"


def test_who_calls_through_sudo_is_no_other_user(bench):
    own, ran = foreign(bench)
    assert own.mlpgen("plan", SUDO_UID=str(NOBODY)).stdout
    assert "[foreign-run-directory]" in own.mlpgen("plan", code=1, SUDO_UID="12345").stderr


def test_one_s_own_run_directory_asks_nothing(bench):
    own = Own(bench)
    own.configure()
    assert own.mlpgen("plan").stdout and ROOT


def test_a_link_to_another_users_request_is_his(bench):
    own, ran = foreign(bench)
    give(bench, 0)
    state = bench.run_directory / ".mlpgen/request.json"
    theirs = state.rename(bench.folder / "theirs.json")
    os.lchown(theirs, NOBODY, NOBODY)
    state.symlink_to(theirs)
    forget(bench, ran)
    assert "[foreign-run-directory]" in own.mlpgen("plan", code=1).stderr and not ran.exists()


def stopped_by(trace, process):
    """The process that strace stopped, as soon as it stands."""
    while process.poll() is None:
        for line in trace.read_text().splitlines() if trace.exists() else ():
            if "stopped by SIGSTOP" in line:
                return int(line.split()[0])
        time.sleep(0.01)
    raise Skip("strace may not trace here")


def test_what_was_read_is_what_was_asked_about(bench):
    """Another user exchanges .mlpgen for a folder of mine as soon as the request is open."""
    own, ran = foreign(bench)
    state = bench.run_directory / ".mlpgen"
    mine, trace = bench.folder / "exchanged", bench.folder / "trace"
    shutil.copytree(state, mine)
    forget(bench, ran)
    tracing = [
        "strace", "-f", "-qq", "-o", trace, "-P", "request.json", "-P", ".mlpgen/request.json",
        "-e", "trace=openat", "-e", "inject=openat:signal=STOP:when=1"
    ]
    asked = subprocess.Popen([*map(str, tracing), str(bench.mlpgen), "plan"],
                             cwd=bench.run_directory, env={**bench.env, "MLPGEN_HOME": str(ROOT)},
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    stopped = stopped_by(trace, asked)
    state.rename(bench.folder / "theirs")
    mine.rename(state)
    os.kill(stopped, signal.SIGCONT)
    said = asked.communicate(timeout=60)[1]
    assert asked.returncode == 1 and "[foreign-run-directory]" in said and not ran.exists(), said
