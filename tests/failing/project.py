"""Each folder here is a small project and a command that mlpgen refuses: the whole output is
compared.

A case holds `cmd` (the words after mlpgen, or a command of mlpgen-tool, one a line; what all but
the last print is not compared, and they must succeed; TMP is the folder of the test), the files of
the project (recipes/, rules/), `expected` (the whole output and the exit code), and where it needs
them `setup` (a shell script that runs in the project, with $RUN as the run directory) and `bin/`
(all that is on PATH then).
"""
import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile

from places import MLPGEN, TOOL

HERE = pathlib.Path(__file__).resolve().parent
OWN_FILES = ("cmd", "expected")


def environment(case, folder):
    env = {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    env.update(MLPGEN_HOME=str(folder / "project"), MLPGEN_STORE=str(folder / "store"),
               MLPGEN_MACHINE_LOCK=str(folder / "machine"), RUN=str(folder / "run"))
    if (case / "bin").is_dir():
        env["PATH"] = str(folder / "project/bin")
    return env


def command(line):
    """A line of `cmd` is the words after mlpgen, or begins with mlpgen-tool."""
    words = shlex.split(line)
    return [TOOL, *words[1:]] if words[0] == "mlpgen-tool" else [MLPGEN, *words]


def output_in(folder, case):
    shutil.copytree(case, folder / "project", ignore=shutil.ignore_patterns(*OWN_FILES),
                    symlinks=True)
    (folder / "run").mkdir()
    env = environment(case, folder)
    if (case / "setup").exists():
        subprocess.run(["/bin/sh", "-eu", "setup"], cwd=folder / "project",
                       env=dict(env, PATH=os.environ["PATH"]), check=True)
    *before, last = (case / "cmd").read_text().splitlines()
    for line in before:
        done = subprocess.run(command(line), cwd=folder / "run", env=env, capture_output=True,
                              text=True)
        if done.returncode != 0:
            return f"`{line}` did not succeed:\n{done.stderr}"
    done = subprocess.run(command(last.replace("TMP", str(folder))), cwd=folder / "run", env=env,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8")
    text = done.stdout.replace(str(folder), "TMP").replace(str(MLPGEN.parent), "BUILD")
    return f"{text}exit code {done.returncode}\n"


def output_of(case):
    """What the command of a case prints now, with its exit code."""
    with tempfile.TemporaryDirectory() as temporary:
        text = output_in(pathlib.Path(temporary).resolve(), case)
        subprocess.run(["chattr", "-R", "-i", temporary], capture_output=True)
    return text
