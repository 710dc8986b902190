"""All users of a machine meet at one lock, and none can use it against another.

Each case has a mount namespace of its own: /run/lock and /tmp are new folders there, and /mnt is
the case's."""

import os
import shlex
import shutil
import subprocess
import sys

from runner.cases_lock import check_alone
from runner.run_directory import has
from places import Skip

ONE, TWO = 65531, 65532

# The notes of holders once had these names: the next numbers of processes.
PLANT = f"""
import os
os.setuid({ONE})
os.umask(0)
os.makedirs("/run/lock/mlpgen/machine.who")
last = int(open("/proc/loadavg").read().split()[-1])
for number in range(last, last + 1000):
    os.symlink("/mnt/precious", "/run/lock/mlpgen/machine.who/%d" % number)
"""


class Users:
    def __init__(self, folder, run_lock="1777", tmp="1777"):
        if os.geteuid() != 0:
            raise Skip("needs root: it runs edges as two users")
        self.folder, self.run_lock, self.tmp, self.runs = folder, run_lock, tmp, {}
        shutil.copy(folder.edge, folder.path / "mlpgen-edge")
        folder.path.chmod(0o755)

    def directory(self, name, user, script, mode="measure"):
        run = self.folder(name)
        run.step(f"{name}/step", script, mode=mode)
        run.write()
        for path in (run.path, *run.path.rglob("*")):
            os.chown(path, user, user)
        self.runs[name] = (run, user)
        return run

    def edge(self, name):
        """The words of a shell that run the edge of a run directory as its user."""
        run, user = self.runs[name]
        (step, ) = run.steps.values()
        return f"(cd /mnt/{name}; exec {as_user(user, f'exec /mnt/mlpgen-edge {step.id12}')})"

    def run(self, script):
        mounts = f"mount --bind {self.folder.path} /mnt; "
        mounts += f"mount -t tmpfs -o mode={self.run_lock} none /run/lock; "
        mounts += f"mount -t tmpfs -o mode={self.tmp} none /tmp; "
        env = {k: v for k, v in os.environ.items() if not k.startswith("MLPGEN_")}
        done = subprocess.run(
            ["unshare", "-m", "bash", "-ec", f"{mounts} echo mounted; {script}"],
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )
        if "mounted" not in done.stdout:
            raise Skip(f"no mount namespace: {done.stderr.strip()}")
        return done


def as_user(user, script):
    return f"setpriv --reuid={user} --regid={user} --clear-groups sh -c {shlex.quote(script)}"


def check_two_users(folder, before="", **modes):
    users = Users(folder, **modes)
    one = users.directory("one", ONE, "echo > begun; sleep 0.5; echo > $1/x")
    two = users.directory("two", TWO, "echo > $1/x")
    begun = "while [ ! -e /mnt/one/begun ]; do sleep 0.01; done"
    done = users.run(f"{before} {users.edge('one')} & {begun}; {users.edge('two')}; wait $!")
    assert done.returncode == 0, done
    check_alone([record for run in (one, two) for record in run.records()])


def case_measurements_of_two_users_are_disjoint(folder):
    check_two_users(folder)


def case_two_users_meet_where_a_third_made_the_folder(folder):
    check_two_users(folder, before="mkdir -m 0700 /run/lock/mlpgen;")


def case_two_users_meet_where_run_lock_is_roots(folder):
    check_two_users(folder, run_lock="0755")


def case_no_measurement_where_the_users_share_no_lock(folder):
    users = Users(folder, run_lock="0755", tmp="0755")
    users.directory("one", ONE, "echo > $1/x")
    work = users.directory("two", TWO, "echo > $1/x", mode="work")
    done = users.run(f"{users.edge('two')}; {users.edge('one')}")
    assert done.returncode == 1, done
    has(
        done.stderr,
        "one/step: a measurement cannot be alone here: neither /run/lock nor /tmp is a folder where"
    )
    has(done.stderr, "set MLPGEN_MACHINE_LOCK to a file that all users of this machine can open")
    assert [r["finished"] for r in work.records()] == [True]


def case_links_of_another_user_are_not_written_through(folder):
    """Wherever another user can guess that a file of the lock will be, it makes a link to a file of
    root."""
    users = Users(folder)
    users.directory("root", 0, "echo > $1/x", mode="work")
    precious = folder.path / "precious"
    precious.write_text("precious")
    plant = f"{shlex.quote(sys.executable)} -c {shlex.quote(PLANT)}"
    at_files = ("ln -s /mnt/precious /run/lock/mlpgen-machine; ln -s /mnt/precious "
                "/run/lock/mlpgen-machine.turn")
    free = users.run(f"{plant}; {users.edge('root')}")
    assert free.returncode == 0 and precious.read_text() == "precious", (free, precious.read_text())
    shutil.rmtree(folder.path / "root/out")
    refused = users.run(f"{as_user(ONE, at_files)}; {users.edge('root')}")
    assert refused.returncode == 1, refused
    has(refused.stderr, "/run/lock/mlpgen-machine.turn is a symbolic link, not a lock",
        "rm /run/lock/mlpgen-machine.turn")
    assert precious.read_text() == "precious"


def case_the_lock_is_one_regular_file_that_all_users_may_take(folder):
    users = Users(folder)
    users.directory("root", 0, "echo > $1/x")
    done = users.run(f"umask 077; {users.edge('root')}; cd /run/lock; stat -c '%n %a %h %F' *")
    assert done.returncode == 0, done
    assert done.stdout.splitlines()[1:] == [
        "mlpgen-machine 666 1 regular empty file",
        "mlpgen-machine.turn 666 1 regular file",
    ], done.stdout
