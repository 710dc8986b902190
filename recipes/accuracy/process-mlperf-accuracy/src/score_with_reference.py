#!/usr/bin/env python3
"""Scores an accuracy log with the reference's own program, unmodified -> OUT/accuracy.txt, all that it printed.

    score_with_reference.py --program PROGRAM --out OUT [--word=WORD]... [--path=OPTION=PATH]... [--made=OPTION=NAME]...
                            [--python-path=FOLDER]...

PROGRAM starts as `PYTHON -B PROGRAM WORD... OPTION=PATH... OPTION=OUT/NAME...` in OUT, PYTHON being the one that runs this script and
`python3` for what PROGRAM starts itself. Every PATH becomes absolute. A word or path whose value is empty is left out. Exit code:
that of PROGRAM.
"""
import argparse
import os
import pathlib
import subprocess
import sys

KEPT = ("LC_ALL", "HOME", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def absolute(setting):
    option, _, path = setting.partition("=")
    return f"{option}={os.path.abspath(path)}" if path else ""


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    for option in ("--program", "--out"):
        parser.add_argument(option, required=True, type=pathlib.Path)
    for option in ("--word", "--path", "--made", "--python-path"):
        parser.add_argument(option, action="append", default=[])
    given = parser.parse_args()
    out = given.out.absolute()
    words = [w for w in given.word if w and not w.endswith("=")]
    words += [w for w in map(absolute, given.path) if w]
    words += [f"{option}={out / name}" for option, _, name in (made.partition("=") for made in given.made)]
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}  # what it starts prints between
    if given.python_path:
        env["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, given.python_path))
    command = [sys.executable, "-B", str(given.program.absolute()), *words]
    print("running:", " ".join(command), flush=True)
    done = subprocess.run(command, cwd=out, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    print(done.stdout, end="")
    if done.returncode:
        print(f"error: {given.program} ended with {done.returncode}", file=sys.stderr)
        return done.returncode if 0 < done.returncode < 126 else 1
    (out / "accuracy.txt").write_text(done.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
