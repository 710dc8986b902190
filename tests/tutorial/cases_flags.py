"""What --rerun, --clean, --version, --name and the compilers promise, in the run directory of the
page's rows."""
import json
import shutil
import subprocess

from places import Skip
from tutorial.page import rows


def line_with(*parts, ran="here"):
    [line] = [
        row.lines[0] for row in rows()
        if row.ran == ran and all(part in row.lines[0] for part in parts)
    ]
    return line


def attempts(session):
    return json.loads((session.run_dir / ".mlpgen/attempts.json").read_text())["attempts"]


def case_rerun_measures_once_more_and_keeps_the_first(session):
    line = line_with("_cpp", "--mode=performance", "--rerun")
    plain = line.replace(" --rerun", "")
    session.enter("run")
    session.call(plain, session.here())
    session.call("ninja", session.here())
    link = session.run_dir / "results/retinanet-Offline/performance"
    first = link.resolve()
    before = sum(attempts(session).values())
    said = session.call(line, session.here())
    earlier = first.relative_to(session.run_dir / "out")
    assert f"the earlier one stays in out/{earlier}" in said, said
    assert sum(attempts(session).values()) == before + 1
    session.call("ninja", session.here())
    second = link.resolve()
    assert second != first and first.is_dir() and second.is_dir()
    assert "no work to do" in session.call("ninja", session.here())
    session.call(plain, session.here())
    assert "no work to do" in session.call(
        "ninja",
        session.here()) and link.resolve() == second, "without --rerun nothing is measured again"


def case_rerun_where_nothing_was_measured_counts_nothing(session):
    session.new_run_dir()
    said = session.call(line_with("_cpp", "--mode=performance", "--rerun"), session.here())
    assert "attempt" not in said and attempts(session) == {}, said


def case_clean_is_told_to_change_nothing(session):
    line = line_with("_dashboard", "--clean")
    session.new_run_dir()
    assert "--clean is not needed here: nothing stale is ever reused" in session.call(
        line, session.here())
    plan = (session.run_dir / ".mlpgen/plan").read_bytes()
    session.call(line.replace(" --clean", ""), session.here())
    assert (session.run_dir / ".mlpgen/plan").read_bytes() == plan


def case_a_named_environment_stands_by_itself(session):
    session.new_run_dir()
    session.call("mlpgen configure install,python-venv --name=mlperf", session.here())
    session.call("ninja", session.here())
    moved = session.folder / "moved"
    shutil.copytree(session.run_dir / "venv/mlperf", moved, symlinks=True)
    words = [
        "bash", "-c",
        f". {moved}/bin/activate && python -c 'import sys; print(sys.prefix)' && python -m pip "
        f"--version"
    ]
    told = subprocess.run(words, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"})
    assert told.stdout.splitlines()[0] == str(moved) and f"from {moved}" in told.stdout, told


def case_the_version_that_is_built_is_the_one_that_is_asked_for(session):
    session.new_run_dir()
    more = [f"--lock={session.lock}"]
    session.call("mlpgen configure install,python-venv --version=3.10.8 --name=own", session.env(),
                 more)
    names = [
        json.loads(line)["name"]
        for line in (session.run_dir / ".mlpgen/plan").read_text().splitlines()
    ]
    assert sorted(names) == [
        "get-python3/venv", "install-python-src/archive", "install-python-src/built",
        "install-python-src/sources"
    ], names
    session.call("mlpgen configure get,python --version=3.10.8", session.env(), more)
    session.call("ninja", session.env())
    session.note(True)
    [python] = session.run_dir.glob("out/install-python-src/*/install/bin/python3")
    assert subprocess.run([python, "--version"], capture_output=True,
                          text=True).stdout == "Python 3.10.8\n"
    assert "tool-too-old" in session.call("mlpgen configure get,python --version_min=3.99",
                                          session.env(), code=1)


def case_a_requirement_has_the_range_that_is_asked_for(session):
    session.new_run_dir()
    for words, expected in (("--version_min=1.10.0", ">=1.10.0"), ("--version=1.20.1", "==1.20.1"),
                            ("--version_min=1.10 --version_max=2", ">=1.10,<=2"), ("", "")):
        session.call(f"mlpgen configure get,generic-python-lib,_onnxruntime {words}",
                     session.here())
        said = session.call("mlpgen dump --stage=resolve",
                            session.here())  # a warning may stand behind it
        [instance] = json.JSONDecoder().raw_decode(said)[0]["instances"]
        assert instance["env"]["CM_GENERIC_PYTHON_PACKAGE_SPECIFIER"]["value"] == expected, instance


def case_each_compiler_is_the_one_that_is_asked_for(session):
    if not shutil.which("clang++"):
        raise Skip("clang is not installed")
    for tag, program in (("gcc", "g++"), ("llvm", "clang++")):
        session.new_run_dir()
        session.call(f"mlpgen configure get,mlperf,loadgen --adr.compiler.tags={tag}",
                     session.here())
        plan = (session.run_dir / ".mlpgen/plan").read_text()
        compiles = [
            edge["argv"][0] for edge in map(json.loads, plan.splitlines())
            if "/object" in edge["name"] or "lib/" in edge["name"]
        ]
        assert any(program in json.dumps(word) for word in compiles), compiles
