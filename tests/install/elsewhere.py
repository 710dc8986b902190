"""The installation under another root, for another user, and no checkout: a mount namespace of its
own."""
import os
import pathlib
import shutil
import subprocess

from places import CACHE, ROOT, Skip

NOBODY = 65534
PLACE = pathlib.Path("/mnt")  # there the namespace has a folder of its own
SCRIPT = """set -e
mount -t tmpfs none "$place"
mkdir "$place/root" "$place/home" "$place/store"
mount --bind "$destdir" "$place/root"
mount --bind "$home" "$place/home"
mount --bind "$store" "$place/store"
mount -t tmpfs none "$checkout"
cd "$place/home"
exec "$@"
"""


class Elsewhere:
    """Runs commands as a user that owns only an empty home. `home` is that folder as the test sees
    it."""
    def __init__(self, destdir, home):
        self.home, self.destdir, self.store = home, destdir, CACHE / "install/store"
        shutil.rmtree(home, ignore_errors=True)
        for folder in (self.home, self.store):
            folder.mkdir(parents=True, exist_ok=True)
        root = os.geteuid() == 0
        if root:
            os.chown(home, NOBODY, NOBODY)
            os.chown(self.store, NOBODY, NOBODY)
        # Who is not root cannot become another user, and is an ordinary one already.
        self.before = ["unshare", "--mount"] if root else [
            "unshare", "--user", "--map-current-user", "--keep-caps", "--mount"
        ]
        self.before += ["sh", "-c", SCRIPT, "sh", "setpriv", "--inh-caps=-all", "--no-new-privs"]
        self.before += [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if root else []
        self.prefix = PLACE / "root" / next(
            destdir.glob("**/bin/mlpgen")).relative_to(destdir).parents[1]
        if subprocess.run([*self.before, "true"], env=self.environment(),
                          capture_output=True).returncode:
            raise Skip("a mount namespace of its own is not allowed here")

    def environment(self):
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("MLPGEN_", "CM_", "CCACHE_", "XDG_")) and str(ROOT) not in v
        }
        return kept | {
            "PATH": f"{self.prefix}/bin:/usr/bin:/bin", "HOME": f"{PLACE}/home",
            "XDG_DATA_DIRS": f"{self.prefix}/share:/usr/share", "LC_ALL": "C.UTF-8",
            "MLPGEN_STORE": f"{PLACE}/store", "MLPGEN_MACHINE_LOCK": f"{PLACE}/home/machine",
            "place": str(PLACE), "destdir": str(self.destdir), "home": str(self.home), "store": str(
                self.store), "checkout": str(ROOT)
        }

    def run(self, *words, code=0):
        """What the command prints; it names the checkout nowhere."""
        script = [
            "env", "-u", "checkout", "-u", "destdir", "-u", "home", "-u", "store", "-u", "place",
            *map(str, words)
        ]
        done = subprocess.run([*self.before, *script], env=self.environment(),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        said = done.stdout + done.stderr
        assert done.returncode == code, (f"{' '.join(map(str, words))}: exit code "
                                         f"{done.returncode}\n{said[-4000:]}")
        assert str(ROOT) not in said, said
        return said


def files_with(text, folder):
    """Names of the files below `folder` that have `text`."""
    found = subprocess.run(["grep", "-rlF", "--", text, folder], capture_output=True, text=True)
    assert found.returncode < 2, found.stderr
    return found.stdout.splitlines()
