#!/usr/bin/env python3
"""Runs the program of an implementation, unmodified, in a folder of its own: a Python program of
the reference, or a vendor's own.

    run_program.py --program PROGRAM --out OUT [--python PYTHON] [--out-option=OPTION]
                   [--out-env=NAME] [--prefix=WORD]... [--word=WORD]... [--path=OPTION=PATH]...
                   [--env=NAME=VALUE]... [--path-env=NAME=PATH]... [--python-path=PATH]...
                   [--library-path=PATH]... [--own-folder] [--require-valid]

PROGRAM starts as `PREFIX... PYTHON -B PROGRAM WORD... OPTION=PATH...`, without --python as
`PREFIX... PROGRAM WORD... OPTION=PATH...`, in OUT/scratch, which is removed at the end, so that
what it leaves beside itself harms no sources; with --own-folder OUT/scratch is a copy of PROGRAM's
folder and the copy runs, else it is empty. Every PATH becomes absolute. A word or path whose value
is empty (`--count=`) is left out; one with a single dash (`-n=2`) becomes two words. A NAME with
several PATHs gets all of them, with `:` between. OPTION and NAME tell the program where LoadGen's
logs go: OUT; logs that it leaves where it starts come there too. Exit code: that of PROGRAM; 1
where it left no result of LoadGen, 3 where with --require-valid it left an INVALID one.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

KEPT = ("LC_ALL", "PATH", "HOME", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "OPENBLAS_CORETYPE",
        "OPENBLAS_L2_SIZE", "ORT_DISABLE_TELEMETRY")
INVALID = 3  # the exit code by which mlpgen-edge knows an INVALID run (docs/own-harness.md)


def absolute(setting):
    """`NAME=PATH` with PATH made absolute; "" where PATH is empty."""
    name, _, path = setting.partition("=")
    return f"{name}={os.path.abspath(path)}" if path else ""


def split(word):
    """Many a program takes `-n 2` and no `-n=2`."""
    return word.split("=", 1) if re.match(r"-\w=", word) else [word]


def words_of(given):
    words = [w for w in given.word if w and not w.endswith("=")]
    words += [w for w in map(absolute, given.path) if w]
    if given.out_option:
        words.append(f"{given.out_option}={os.path.abspath(given.out)}")
    return [part for word in words for part in split(word)]


def environment_of(given):
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env["PYTHONDONTWRITEBYTECODE"] = "1"
    for setting in given.env:
        name, _, value = setting.partition("=")
        env[name] = value
    paths = {}
    for setting in filter(None, map(absolute, given.path_env)):
        name, _, value = setting.partition("=")
        paths.setdefault(name, []).append(value)
    if any(re.search(r"\s", path)
           for path in paths.get("LD_PRELOAD", [])):  # the dynamic linker would go on without it
        sys.exit(f"error: LD_PRELOAD takes no path with a blank: {paths['LD_PRELOAD']}\n"
                 f"help: configure in a folder whose path has none")
    env |= {name: os.pathsep.join(values) for name, values in paths.items()}
    for name, folders in (("PYTHONPATH", given.python_path), ("LD_LIBRARY_PATH",
                                                              given.library_path)):
        if folders:
            env[name] = os.pathsep.join(map(os.path.abspath, folders))
    if given.out_env:
        env[given.out_env] = os.path.abspath(given.out)
    return env


def take_logs(scratch, out):
    """LoadGen's logs of a program that cannot be told another place than the folder where it
    starts."""
    for log in scratch.glob("mlperf_log_*"):
        if not (out / log.name).exists():
            log.rename(out / log.name)


def fault_of(out, require_valid):
    """The exit code for LoadGen's result in `out`, and what is wrong with it: 0, "" if nothing."""
    summary = out / "mlperf_log_summary.txt"
    if not summary.is_file():
        return 1, f"the program ended well and left no {summary.name}"
    text = summary.read_text(errors="replace")
    verdict = re.search(r"^Result is : (\w+)", text, re.MULTILINE)
    if require_valid and not (verdict and verdict[1] == "VALID"):
        return INVALID, (f"LoadGen calls this run {verdict[1] if verdict else 'nothing at all'}, "
                         f"and only a VALID one counts:\n{text}")
    return 0, ""


def command_of(given, program):
    interpreter = [os.path.abspath(given.python), "-B"] if given.python else []
    return [*given.prefix, *interpreter, str(program), *words_of(given)]


def writable_copy(source, target):
    """Fetched sources are read-only; a program may write into a copy of its own."""
    shutil.copy2(source, target)
    os.chmod(target, os.stat(target).st_mode | 0o200)
    return target


def run(given):
    out = pathlib.Path(given.out)
    scratch, program = out / "scratch", pathlib.Path(given.program).absolute()
    if given.own_folder:
        shutil.copytree(program.parent, scratch, copy_function=writable_copy,
                        ignore_dangling_symlinks=True)
        program = scratch.absolute() / program.name
    else:
        scratch.mkdir(parents=True)
    command = command_of(given, program)
    print("running:", " ".join(command), flush=True)
    try:
        code = subprocess.run(command, cwd=scratch, env=environment_of(given),
                              stdin=subprocess.DEVNULL).returncode
    except FileNotFoundError as why:
        print(f"error: {why.filename} is not on this machine", file=sys.stderr)
        return 1
    take_logs(scratch, out)
    shutil.rmtree(scratch)
    if code:
        print(f"error: {given.program} ended with {code}", file=sys.stderr)
        return code if 0 < code < 126 else 1
    code, fault = fault_of(out, given.require_valid)
    if fault:
        print(f"error: {fault}", file=sys.stderr)
    return code


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    for option in ("--program", "--out"):
        parser.add_argument(option, required=True)
    for option in ("--python", "--out-option", "--out-env"):
        parser.add_argument(option, default="")
    for option in ("--prefix", "--word", "--path", "--env", "--path-env", "--python-path",
                   "--library-path"):
        parser.add_argument(option, action="append", default=[])
    for option in ("--own-folder", "--require-valid"):
        parser.add_argument(option, action="store_true")
    return run(parser.parse_args())


if __name__ == "__main__":
    sys.exit(main())
