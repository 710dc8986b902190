"""Configure is a pure function: the same bytes everywhere, no network, no secret, any Python."""
import os
import re
import shutil
import subprocess
import tarfile

import pytest

from e2e.bench import MLPGEN
from places import Skip


def files_of_configure(directory):
    return {name: (directory.path / name).read_bytes() for name in ("build.ninja", ".mlpgen/plan")}


def case_two_directories_get_the_same_bytes(bench):
    one, two = bench.fresh("same/one"), bench.fresh("same/a longer name, with a comma/two")
    one.configure()
    two.configure()
    assert files_of_configure(one) == files_of_configure(two) == files_of_configure(bench.main)


def case_environment_does_not_change_a_byte(bench):
    other = bench.fresh("environment")
    other.env = {
        "LC_ALL": "C", "LANG": "de_DE.UTF-8", "TZ": "Asia/Tokyo", "HOME": str(bench.path),
        "CXXFLAGS": "-O0", "PYTHONHASHSEED": "7", "CM_MLPERF_MODEL": "bert-99"
    }
    other.configure()
    assert files_of_configure(other) == files_of_configure(bench.main)


@pytest.mark.parametrize("without", ["", "HOME", "SHELL"])
def case_configure_asks_no_network(bench, without):
    """A shell or a Python without HOME or SHELL asks the machine's own list of users (nscd's
    socket): no network."""
    strace = shutil.which("strace")
    if not strace:
        raise Skip("strace is not installed")
    directory = bench.fresh(f"strace{without}")
    directory.path.mkdir(parents=True)
    trace = directory.path / "trace"
    environment = {
        name: value
        for name, value in directory.environment().items() if name != without
    }
    done = subprocess.run(
        [strace, "-f", "-e", "trace=network", "-o", trace, MLPGEN, "configure", "--preset=demo"],
        cwd=directory.path, env=environment, capture_output=True, text=True)
    if "ptrace" in done.stderr.lower() and done.returncode:
        raise Skip("strace may not trace here: " + done.stderr.strip().splitlines()[-1])
    assert done.returncode == 0, done.stderr
    assert "exited with 0" in trace.read_text(), "nothing was traced"
    calls = [
        line for line in trace.read_text().splitlines()
        if re.search(r"\b(socket|connect|sendto|bind)\(", line)
    ]
    network = [
        c for c in calls if "socket(AF_UNIX" not in c and 'sun_path="/var/run/nscd/socket"' not in c
    ]
    assert not network, network[:5]


def case_both_pythons(bench):
    """The Python of the system and the one on PATH may be two; the lock must know either."""
    found = list(
        dict.fromkeys(p for p in ("/usr/bin/python3", shutil.which("python3"))
                      if p and os.path.exists(p)))
    for number, python in enumerate(found):
        directory = bench.fresh(f"python{number}")
        directory.env = {"PATH": f"{os.path.dirname(python)}:/usr/bin:/bin"}
        directory.configure()
        assert directory.steps()


def case_planted_secret_is_found_nowhere(bench):
    """It was in the environment of all that ran, once under a name that fetches pass on to pip."""
    steps = bench.main.steps()
    passed_on = [s for s in steps if "PIP_*" in s["pass_env"]]
    assert passed_on, "no step passes the variable on, so this shows nothing"
    for step in steps:
        assert bench.secret not in bench.main.mlpgen("repro", step["name"]), step["name"]
    for folder in (bench.main.path, bench.store):
        found = subprocess.run(["grep", "-rlF", "--", bench.secret, folder], capture_output=True,
                               text=True)
        assert found.returncode == 1, f"the secret is in {found.stdout}{found.stderr}"
    with tarfile.open(bench.main.path / "open.tar.gz") as archive:
        for member in archive:
            assert not member.isfile() or bench.secret.encode() not in archive.extractfile(
                member).read(), member.name
