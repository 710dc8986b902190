"""A configure that is killed: the next `ninja` goes on, by itself."""
import shutil
import subprocess

CALLS = ("rename", "fsync", "openat")
MOST = 400  # more of a call than configure makes


def environment(p):
    return {
        "PATH": f"{p.tools}:/usr/bin:/bin", "MLPGEN_HOME": str(p.path), "HOME": str(p.path),
        "MLPGEN_MACHINE_LOCK": str(p.path / "lock"), "MLPGEN_STORE": str(p.path / "store")
    }


def ninja(p):
    done = subprocess.run(["ninja", "-C", "run", "all"], cwd=p.path, env=environment(p),
                          capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def killed_at(p, call, count):
    """Whether `mlpgen configure` with another word made that system call so often; it was killed
    there."""
    words = [p.mlpgen, "configure", "app", "--word=two", "-C", "run"]
    done = subprocess.run([
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
        f"inject={call}:signal=KILL:when={count}", *words
    ], cwd=p.path, env=environment(p), capture_output=True)
    return done.returncode != 0


def test_ninja_goes_on_after_a_configure_that_was_killed(p):
    assert p.configure().returncode == 0  # nothing is built yet: Ninja needs each line of the plan
    shutil.copytree(p.path / "run", p.path / "before", symlinks=True)
    kills = 0
    for call in CALLS:
        count = 1
        while count < MOST:
            shutil.rmtree(p.path / "run")
            shutil.copytree(p.path / "before", p.path / "run", symlinks=True)
            if not killed_at(p, call, count):
                break
            kills += 1
            code, said = ninja(p)
            assert code == 0, f"killed at {call} {count}, then ninja:\n{said}"
            code, said = ninja(p)
            assert code == 0 and "no work to do" in said, (f"killed at {call} {count}, then the "
                                                           f"second ninja:\n{said}")
            count += 1 if call != "openat" else 15
    assert kills > 12, kills
