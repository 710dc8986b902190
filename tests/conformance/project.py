"""Case to a folder that mlpgen reads, and a request to what mlpgen makes of it there."""
import json
import os
import pathlib
import subprocess


def write(case, folder, change=lambda text: text):
    """Writes the files of a case below `folder`; `change` may lay out recipes and presets anew (a
    rule's text is part of identities)."""
    for name, text in case.files.items():
        path = pathlib.Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            change(text) if name.startswith("recipes/") and "/rounds/" not in name else text)
        if name in case.programs:
            path.chmod(0o755)
    pathlib.Path(folder, "project").mkdir(exist_ok=True)


def environment(folder):
    return {
        "PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": str(folder), "MLPGEN_HOME": str(folder),
        "LC_ALL": "C.UTF-8", "MLPGEN_STORE": f"{folder}/store"
    }


def dump(mlpgen, folder, words, stage, form="json"):
    """Exit code, output and diagnostics (a list, or the text where it is none) of `mlpgen dump` in
    a project."""
    command = [mlpgen, "dump", f"--stage={stage}", f"--format={form}", *words]
    done = subprocess.run(command, cwd=pathlib.Path(folder, "project"), env=environment(folder),
                          capture_output=True, text=True)
    try:
        diagnostics = [json.loads(line) for line in done.stderr.splitlines()]
    except ValueError:
        diagnostics = done.stderr
    return done.returncode, done.stdout, diagnostics


def manifest(mlpgen, folder, words):
    """The bytes of build.ninja, with the folder's name taken out; what was said where there is
    none."""
    code, output, diagnostics = dump(mlpgen, folder, words, "ninja")
    text = output if code == 0 else json.dumps(diagnostics)
    return text.replace(os.path.realpath(folder), "HOME").replace(str(folder), "HOME")
