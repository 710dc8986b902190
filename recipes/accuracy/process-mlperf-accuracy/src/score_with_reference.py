#!/usr/bin/env python3
"""Scores an accuracy log with the reference's own program, unmodified -> OUT/accuracy.txt, all that
it printed.

    score_with_reference.py --program PROGRAM --out OUT [--word=WORD]... [--path=OPTION=PATH]...
                            [--made=OPTION=NAME]... [--place=NAME=PATH]... [--python-path=FOLDER]...

PROGRAM starts as `PYTHON -B PROGRAM WORD... OPTION=PATH... OPTION=OUT/NAME...` in a folder of its
own, which is its home too and gone afterwards, PYTHON being the one that runs this script and
`python3` for what PROGRAM starts itself. --place: a file or folder of which PROGRAM finds a copy
below that folder, e.g. what it would else fetch. Every PATH becomes absolute; a word, path or place
whose value is empty is left out. Nothing can be fetched: what asks Hugging Face or another host is
told that there is no network. Exit code: that of PROGRAM.
"""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys

KEPT = ("LC_ALL", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
NOBODY = "http://127.0.0.1:9"  # nothing answers there
OFFLINE = {
    f"{part}_OFFLINE": "1"
    for part in ("HF_HUB", "HF_DATASETS", "HF_EVALUATE", "TRANSFORMERS")
} | dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOBODY)


def absolute(setting):
    option, _, path = setting.partition("=")
    return f"{option}={os.path.abspath(path)}" if path else ""


def fill(home, places):
    """A new folder with copies of `places`, NAME=PATH; of links NLTK would read none that leads out
    of its folder."""
    home.mkdir(parents=True)
    for name, _, path in (place.partition("=") for place in places):
        if path:
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if os.path.isdir(path) else shutil.copyfile)(path, home / name)


def environment(home, python_path):
    env = {name: os.environ[name] for name in KEPT if name in os.environ} | OFFLINE
    env |= {
        "HOME": str(home), "PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"
    }  # what it starts prints between
    return env | ({"PYTHONPATH": os.pathsep.join(map(os.path.abspath, python_path))}
                  if python_path else {})


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    for option in ("--program", "--out"):
        parser.add_argument(option, required=True, type=pathlib.Path)
    for option in ("--word", "--path", "--made", "--place", "--python-path"):
        parser.add_argument(option, action="append", default=[])
    given = parser.parse_args()
    out = given.out.absolute()
    words = [w for w in given.word if w and not w.endswith("=")]
    words += [w for w in map(absolute, given.path) if w]
    words += [
        f"{option}={out / name}" for option, _, name in (made.partition("=") for made in given.made)
    ]
    command = [sys.executable, "-B", str(given.program.absolute()), *words]
    home = out / "home"
    fill(home, given.place)
    print("running:", " ".join(command), flush=True)
    try:
        done = subprocess.run(command, cwd=home, env=environment(home, given.python_path),
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, errors="replace")
    finally:
        shutil.rmtree(home)
    print(done.stdout, end="")
    if done.returncode:
        print(f"error: {given.program} ended with {done.returncode}", file=sys.stderr)
        return done.returncode if 0 < done.returncode < 126 else 1
    (out / "accuracy.txt").write_text(done.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
