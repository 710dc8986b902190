"""What comes from a package registry: environments of Python in the cache of the tests, each made
once."""
import fcntl
import subprocess
import sys

from places import CACHE, Skip

NEWER_NINJA = "1.13.2"


def python_with(folder, *packages):
    """The Python of the environment `folder`, which has these packages. Who holds the lock beside
    it makes it; `.ready` says of what."""
    python, ready = folder / "bin/python", folder / ".ready"
    wanted = packages[0] if len(packages) == 1 else repr(packages)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with open(folder.with_name(f"{folder.name}.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists() or ready.read_text() != wanted:
            subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True,
                           capture_output=True)
            done = subprocess.run([python, "-m", "pip", "install", "-q", *packages],
                                  capture_output=True, text=True)
            if done.returncode:
                raise Skip("packages from pip: " +
                           (done.stdout + done.stderr).strip().splitlines()[-1])
            ready.write_text(wanted)
    return python


def newer_ninja():
    """A Ninja that is newer than Debian's."""
    return python_with(CACHE / "ninja", f"ninja=={NEWER_NINJA}").with_name("ninja")
