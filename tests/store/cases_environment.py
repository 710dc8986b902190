"""mlpgen-tool python-environment and lock-packages, with the real uv."""

import json
import pathlib
import shutil
import subprocess

from places import Skip
from store.cases_package import NOWHERE, SIX, need_index, package, pinned, pythons

UV_VERSION = "0.13.9"


def uv_wheel(bench):
    """uv's wheel, in the shared store."""
    need_index(bench)
    done = bench.run(
        "lock-packages",
        "--python",
        pythons()[-1],
        "--probe",
        f"uv=={UV_VERSION}",
        "--kind",
        "wheel",
        env=bench.shared_store(),
    ).ok()
    file = json.loads(done.out)
    folder = bench.cache / "store/objects/sha256" / file["sha256"][:2] / file["sha256"]
    return folder / file["file_name"]


def environment(bench, requirements, *more, python=None, out="env", env=None):
    (bench.dir / "requirements.txt").write_text(requirements)
    return bench.run(
        "python-environment",
        "--python",
        python or pythons()[-1],
        "--locked",
        "requirements.txt",
        "--uv",
        uv_wheel(bench),
        "--out",
        out,
        *more,
        env=env or bench.shared_store(),
    )


def case_packages_of_the_user_do_not_count(bench):
    need_index(bench)
    evil = bench.dir / "evil"
    for name in ("pip", "venv", "six"):
        (evil / name).mkdir(parents=True)
        (evil / name /
         "__init__.py").write_text("raise SystemExit('a module of the user was used')")
    env = {**bench.shared_store(), "PYTHONPATH": str(evil), "VIRTUAL_ENV": "/nowhere"}
    package(bench, SIX, env={**env, "MLPGEN_STORE": str(bench.store)}).ok()
    environment(bench, pinned(SIX), env=env).ok()
    assert [
        one["name"] for one in json.loads((bench.dir / "env/packages.json").read_text())["packages"]
    ] == ["six"]


def case_an_environment_still_works_after_it_is_renamed(bench):
    uv = uv_wheel(bench)
    for i, python in enumerate(pythons()):
        bench.run(
            "lock-packages",
            "--python",
            python,
            "--require",
            "pycocotools==2.0.8",
            "--require",
            "numpy<2",
            "--uv",
            uv,
            "--out",
            "locked.txt",
            env=bench.shared_store(),
        ).ok()
        locked = (bench.dir / "locked.txt").read_text()
        assert "--hash=sha256:" in locked and "://" not in locked and str(bench.dir) not in locked
        environment(bench, locked, python=python, out=f"env{i}.tmp").ok()
        (bench.dir / f"env{i}.tmp").rename(bench.dir / f"env{i}")
        venv = bench.dir / f"env{i}/venv"
        said = subprocess.run(
            [venv / "bin/python", "-c", "import sys, pycocotools.mask; print(sys.prefix)"],
            text=True,
            check=True,
            capture_output=True,
        ).stdout.strip()
        assert said == str(venv), said
        subprocess.run([venv / "bin/f2py", "-v"], check=True, capture_output=True)
        listed = json.loads((bench.dir / f"env{i}/packages.json").read_text())
        assert listed["format"] == 1 and all(one["hashes"] for one in listed["packages"])
        assert {"numpy", "pycocotools"} <= {one["name"] for one in listed["packages"]}
        environment(bench, locked, "--offline", python=python, out=f"offline{i}").ok()


def case_requirements_are_exact(bench):
    need_index(bench)
    environment(bench, "six==1.16.0\n", out="a").error("not-locked", "mlpgen lock")
    environment(bench, pinned({**SIX, "sha256": "0" * 64}), out="b",
                env=bench.env()).error("digest-differs", "0" * 64)
    environment(bench, pinned({**SIX, "version": "1.16.99"}),
                out="c").error("package-not-found", "1.16.99")
    environment(bench, pinned(SIX), out="d", env=bench.env(**NOWHERE)).error("no-network")
    environment(bench, pinned(SIX), "--offline", out="e",
                env=bench.env()).error("offline", "--offline")
    bench.run("python-environment", "--python",
              pythons()[0], "--locked", "none.txt", "--out", "f").error("not-found", "none.txt")
    bench.run(
        "lock-packages",
        "--python",
        pythons()[0],
        "--require",
        "six==1.16.99",
        "--uv",
        uv_wheel(bench),
        "--out",
        "g.txt",
        env=bench.shared_store(),
    ).error("package-not-found", "1.16.99")
    assert not (bench.dir / "g.txt").exists()


def case_without_uv_the_error_says_how_to_get_it(bench):
    (bench.dir / "r.txt").write_text(pinned(SIX))
    words = [
        "python-environment",
        "--python",
        "/usr/bin/python3",
        "--locked",
        "r.txt",
        "--out",
        "x",
    ]
    bench.run(*words, env=bench.env(PATH=bench.dir)).error("no-uv", "--uv")
    bench.run(*words, "--uv", "none.whl").error("not-an-archive", "none.whl")


def case_what_the_system_s_python_changes_stays_in_the_environment(bench):
    """A *.pth of the system adds a line to six, as a machine behind a proxy adds a certificate to
    certifi."""
    mine = "/usr/local/lib/python3.11/dist-packages"
    bare = ["bwrap", "--dev-bind", "/", "/", "--bind", str(bench.dir), mine]
    python = "/usr/bin/python3"
    if not pathlib.Path(mine).is_dir() or not shutil.which("bwrap") or subprocess.run(
        [*bare, "/usr/bin/true"], capture_output=True).returncode:
        raise Skip(f"nothing can be put into {mine} here (bubblewrap)")
    (bench.dir / "hook.pth").write_text(
        "import six; m = '# changed at a start'; f = open(six.__file__, 'a+'); f.seek(0); m in "
        "f.read() or f.write(m)\n")
    environment(bench, pinned(SIX)).ok()
    before = pathlib.Path(next(bench.dir.glob("env/venv/lib/*/site-packages/six.py"))).read_text()
    (bench.dir / "requirements.txt").write_text(pinned(SIX))
    words = [
        bench.tool, "python-environment", "--python", python, "--locked", "requirements.txt",
        "--uv",
        uv_wheel(bench)
    ]
    subprocess.run([*bare, *map(str, words), "--out", "seen", "--system-packages", "x==1"],
                   cwd=bench.dir, env=bench.shared_store(), check=True)
    [changed] = bench.dir.glob("seen/venv/lib/*/site-packages/six.py")
    noted = changed.read_text()
    assert noted == before + "# changed at a start", "it is done when the environment is made"
    subprocess.run([*bare, bench.dir / "seen/venv/bin/python", "-c", "pass"], check=True)
    assert changed.read_text() == noted
    environment(bench, pinned(SIX), out="other").ok()
    [other] = bench.dir.glob("other/venv/lib/*/site-packages/six.py")
    assert other.read_text() == before, "another environment has the package's own bytes"
