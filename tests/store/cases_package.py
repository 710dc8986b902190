"""Packages and environments, with the real pip and uv. Downloads go to one store that these cases
share."""

import functools
import os
import shutil
import signal
import stat
import subprocess
import sys

from store.bench import Bench, sha256, wait_for
from places import Skip

SIX = {
    "kind": "wheel",
    "name": "six",
    "version": "1.16.0",
    "file-name": "six-1.16.0-py2.py3-none-any.whl",
    "sha256": "8abb2f1d86890a2dfb989f9a77cfcfd3e47c2a354b01111771326f8aa26e0254",
}
LOADGEN = {
    "kind": "sdist",
    "name": "mlcommons-loadgen",
    "version": "6.0.17",
    "file-name": "mlcommons_loadgen-6.0.17.tar.gz",
    "sha256": "a2e85d09e3cc0c606f89bfe1fbf97537c8b5b238ae0afbd923ad9c710fcf2ca8",
}
NOWHERE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/",
    "UV_DEFAULT_INDEX": "http://127.0.0.1:9/",
    "PIP_RETRIES": "0",
    "UV_HTTP_RETRIES": "0",
    "PIP_FIND_LINKS": "",
}


def pythons():
    """Debian's Python and the one on PATH; one where they are the same."""
    found = ["/usr/bin/python3", shutil.which("python3") or sys.executable]
    return [python for python in dict.fromkeys(found) if os.access(python, os.X_OK)]


def package(bench, wanted, *more, python=None, out="out", env=None, **changes):
    options = {**wanted, **changes}
    words = [
        word for key, value in options.items() if key != "file-name" for word in (f"--{key}", value)
    ]
    return bench.run("package", *words, "--python", python or pythons()[0], "--out",
                     f"{out}/{options['file-name']}", *more, env=env)


@functools.cache
def index_is_reached(cache, tool):
    """Whether a small package can be had at all; asked once."""
    bench = Bench(tool, cache, cache)
    done = package(bench, SIX)
    bench.remove()
    return done.code == 0 or "[no-network]" not in done.err


def need_index(bench):
    if not index_is_reached(bench.cache, bench.tool):
        raise Skip("no package index can be reached")


def pinned(*packages):
    return "".join(f"{one['name']}=={one['version']} --hash=sha256:{one['sha256']}\n"
                   for one in packages)


def case_a_wheel_with_each_python(bench):
    need_index(bench)
    for i, python in enumerate(pythons()):
        bench.store = bench.dir / f"store{i}"
        package(bench, SIX, python=python, out=f"out{i}").ok()
        assert sha256((bench.dir / f"out{i}" / SIX["file-name"]).read_bytes()) == SIX["sha256"]
        package(bench, SIX, "--offline", python=python, out=f"again{i}").ok()
        assert bench.left("tmp") == []


def case_a_source_package_with_each_python(bench):
    need_index(bench)
    for i, python in enumerate(pythons()):
        bench.store = bench.dir / f"store{i}"
        package(bench, LOADGEN, python=python, out=f"out{i}").ok()
        assert (sha256(
            (bench.dir / f"out{i}" / LOADGEN["file-name"]).read_bytes()) == LOADGEN["sha256"])
        assert bench.left("tmp") == []


def case_a_python_without_pip_gets_a_private_one(bench):
    need_index(bench)
    subprocess.run([pythons()[0], "-m", "venv", "--without-pip", bench.dir / "bare"], check=True)
    before = sorted((bench.dir / "bare").rglob("*"))
    package(bench, SIX, python=bench.dir / "bare/bin/python").ok()
    assert (bench.dir / "out" / SIX["file-name"]).exists() and sorted(
        (bench.dir / "bare").rglob("*")) == before


def case_a_python_without_pip_and_venv_names_the_package(bench):
    # Debian's python3 as it is without python3-pip and python3-venv.
    python = bench.dir / "python3"
    python.write_text(
        '#!/bin/sh\ncase "$3" in pip|venv) echo "No module named $3" >&2; exit 1;; esac\n'
        'exec /usr/bin/python3 "$@"\n')
    python.chmod(0o755)
    package(bench, SIX, python=python).error("no-pip", python, "apt install python3-venv")
    package(bench, SIX, python=bench.dir / "none").error("no-program", "none")


def case_a_version_that_does_not_exist(bench):
    need_index(bench)
    package(bench, SIX, version="1.16.99", sha256="0" * 64).error("package-not-found",
                                                                  "six==1.16.99", "1.16.0")
    assert not (bench.dir / "out").exists() and bench.objects() == []


def case_a_wrong_digest(bench):
    need_index(bench)
    package(bench, SIX, sha256="0" * 64).error("digest-differs", "0" * 64, SIX["sha256"],
                                               "mlpgen lock")
    package(bench, SIX, sha256="xyz").error("usage", "xyz")
    assert not (bench.dir / "out").exists() and bench.objects() == []


def case_no_network_and_offline(bench):
    package(bench, SIX, env=bench.env(**NOWHERE)).error("no-network", "six==1.16.0",
                                                        "PIP_INDEX_URL")
    package(bench, SIX, "--offline").error("offline", "six==1.16.0", "--offline")


def case_a_damaged_package_is_brought_again(bench):
    need_index(bench)
    package(bench, SIX).ok()
    bench.objects()[0].chmod(0o644)
    bench.objects()[0].write_bytes(b"damaged")
    done = package(bench, SIX, out="again").ok()
    assert "was damaged" in done.err
    assert sha256((bench.dir / "again" / SIX["file-name"]).read_bytes()) == SIX["sha256"]


def case_four_at_once_download_once(bench):
    need_index(bench)
    words = [
        word for key, value in SIX.items() if key != "file-name" for word in (f"--{key}", value)
    ]
    children = [
        bench.start("package", *words, "--python",
                    pythons()[0], "--out", f"out{i}/{SIX['file-name']}") for i in range(4)
    ]
    ended = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0] * 4, ended
    assert sum("Saved " in err for _, err in ended) == 1, ended


def case_killed_in_the_middle_the_next_run_is_whole(bench):
    need_index(bench)
    words = [
        word for key, value in LOADGEN.items() if key != "file-name" for word in (f"--{key}", value)
    ]
    child = bench.start("package", *words, "--python",
                        pythons()[0], "--out", f"out/{LOADGEN['file-name']}")
    wait_for(lambda: list(bench.store.glob("tmp/*/requirements.txt")), "pip did not begin", child)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert not (bench.dir / "out").exists() and bench.objects() == []
    package(bench, LOADGEN).ok()
    placed = bench.dir / "out" / LOADGEN["file-name"]
    assert (sha256(placed.read_bytes()) == LOADGEN["sha256"]
            and stat.S_IMODE(placed.stat().st_mode) == 0o444)
