"""The tutorial's last command on the demo data: one line, whose second run has nothing to do, whose
dashboard can be read, and which gives the same tree with the network unplugged."""
import json
import os
import pathlib
import shutil
import subprocess
import tarfile

from store.bench import sha256
from places import Skip
from tutorial.page import rows

HERE = pathlib.Path(__file__).resolve().parent


def last_lines():
    """The row of the page that runs the last command here."""
    [row] = [row for row in rows() if row.ran == "here" and "_dashboard" in row.lines[0]]
    return row.lines


def unplugged(line, session, env):
    """The line with no network at all, not even the loopback interface, and every call of connect
    noted."""
    for program in ("unshare", "strace"):
        if not shutil.which(program):
            raise Skip(f"there is no {program}")
    log = session.folder / "calls"
    words = f"unshare -n -- strace -f -qq -e trace=connect -o {log} {line}"
    if subprocess.run(["unshare", "-n", "--", "true"], capture_output=True).returncode:
        raise Skip("a network namespace of its own is not allowed here")
    said = session.call(words, env)
    bad = [text for text in log.read_text().splitlines() if "AF_INET" in text]
    assert not bad, "\n".join(bad[:5])
    return said


def tree(run_dir):
    """Names in the tarball; what is measured differs from run to run, the tree does not."""
    with tarfile.open(run_dir / "open.tar.gz") as archive:
        return sorted(member.name for member in archive.getmembers())


def submit(session):
    configure, ninja = last_lines()
    session.enter("run")
    session.call(configure, session.here())
    session.call(ninja, session.here())
    return session.run_dir


def case_the_dashboards_run_has_every_column_of_the_summary(session):
    run_dir = submit(session)
    summary = json.loads((run_dir / "summary.json").read_text())
    [made] = (run_dir / "dashboard").iterdir()
    python = next(p for p in run_dir.glob("out/get-python-environment/*/venv/bin/python")
                  if (p.parent / "wandb").exists())
    [file] = made.glob("*.wandb")
    told = json.loads(
        subprocess.run([python, "-E", "-s", "-B", HERE / "wandb_file.py", file],
                       capture_output=True, text=True, check=True).stdout)
    assert (told["entity"], told["project"]) == ("cmind", "cm-mlperf-dse-testing"), told
    assert told["id"] == sha256(
        (run_dir / "summary.json").read_bytes())[:12] and made.name.endswith(told["id"])
    [row] = [{key: value
              for key, value in row.items() if not key.startswith("_")} for row in told["history"]]
    assert row == summary["0"], (row, summary["0"])
    assert told["config"]["test_run"] is True and told["config"]["stand_in"] == summary["mlpgen"][
        "stand_in"], told["config"]
    said = session.call("mlpgen log publish-results-to-dashboard/dashboard", session.here())
    assert "1 results, and nothing was sent" in said and "wandb sync offline-run-" in said, said
    dry = subprocess.run([python.with_name("wandb"), "sync", "--dry-run", made],
                         capture_output=True, text=True,
                         env={"PATH": os.environ["PATH"], "HOME": str(session.folder)})
    assert "Would sync 1 run(s)" in dry.stdout + dry.stderr, dry


def case_the_last_command_again_with_the_network_unplugged(session):
    online = submit(session)
    plan, names = (online / ".mlpgen/plan").read_bytes(), tree(online)
    configure, ninja = last_lines()
    session.enter("unplugged")
    env = session.here() | {"MLPGEN_STORE": str(session.folder / "empty")}
    unplugged(
        f"{session.build}/mlpgen {configure.removeprefix('mlpgen ')} --offline "
        f"--vendor={session.bundle}", session, env)
    assert (session.run_dir / ".mlpgen/plan").read_bytes() == plan
    unplugged(ninja, session, env)
    session.note(False)
    assert tree(session.run_dir) == names and len(list(
        (session.run_dir / "dashboard").iterdir())) == 1
    assert "no work to do" in unplugged(ninja, session, env)
