"""CM, the tool that mlpgen replaces, from its package and a checkout of its recipes; it writes
below the scratch folder alone."""
import os
import shutil
import subprocess
import sys

from places import CACHE

PACKAGE = "cmind==4.2.0"
DRY_RUN = ("app,vision,language,mlcommons,mlperf,inference,reference,ref,_retinanet,_onnxruntime,"
           "_cpu,_offline")


class Peer:
    def __init__(self, cm, home):
        self.cm = cm
        self.env = {**os.environ, "HOME": str(home), "CM_REPOS": str(home / "repos")}

    def commands(self, tags):
        return {
            "cm find": [self.cm, "find", "script", f"--tags={tags}"], "cm dry": [
                self.cm, "run", "script", f"--tags={DRY_RUN}", "--fake_run", "--fake_deps",
                "--print_deps", "--quiet"
            ]
        }


def installed():
    """The `cm` command in an environment of its own, which is made once; None where the package
    cannot be had."""
    cm = CACHE / "cm/bin/cm"
    if cm.exists():
        return cm
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", CACHE / "cm"], check=True,
                       capture_output=True)
        subprocess.run([CACHE / "cm/bin/pip", "install", "-q", PACKAGE], check=True,
                       capture_output=True)
    except subprocess.CalledProcessError:
        shutil.rmtree(CACHE / "cm", ignore_errors=True)
        return None
    return cm


def prepare(given):
    """(Peer, ""), its index made; or (None, why not)."""
    if not given.cm_recipes:
        return None, "name a checkout of its recipes by --cm-recipes"
    cm = installed()
    if not cm:
        return None, f"{PACKAGE} cannot be installed"
    home = given.scratch / "cm"
    shutil.rmtree(home, ignore_errors=True)
    # A copy: CM writes into its recipes' folders.
    recipes = home / "repos/repos/mlcommons@cm4mlops"
    shutil.copytree(given.cm_recipes, recipes, symlinks=True, ignore=shutil.ignore_patterns(".git"))
    (home / "repos/repos.json").write_text(f'["{recipes}"]\n')
    peer = Peer(cm, home)
    for words in peer.commands("detect,os").values():
        done = subprocess.run(words, env=peer.env, cwd=home, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL)
        if done.returncode:
            return None, (f"`{' '.join(map(str, words))}` fails: "
                          f"{(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return peer, ""
