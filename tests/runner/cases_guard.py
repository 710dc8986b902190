"""Runner, guard and command: whichever of them is killed or stopped, the run ends and nothing is
left."""

import os
import pathlib
import signal
import subprocess
import time

from runner.run_directory import finish, has

CHAIN = """
sleep 1000 & echo $! > child
setsid sh -c 'echo $$ > left; exec sleep 1000' &
while [ ! -s left ]; do sleep 0.01; done
echo $PPID > guard; echo $$ >> ran; wait"""


def until(true, what, seconds=60):
    began = time.monotonic()
    while not true():
        assert time.monotonic() - began < seconds, f"after {seconds} s it is not so: {what}"
        time.sleep(0.01)


def alive(process):
    try:
        return pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")",
                                                                        1)[1].split()[0] not in "ZX"
    except OSError:
        return False


class Chain:
    """An edge whose command has a child in its group and one that left it, started by ninja."""
    def __init__(self, folder, mode="work", script=CHAIN):
        self.run = folder("run")
        self.step = self.run.step("app/one", script, mode=mode)
        self.run.write()
        self.begin()

    def begin(self):
        count = len(self.run.ran())
        self.ninja = self.run.start()
        until(lambda: len(self.run.ran()) > count, "the command has begun")
        self.command = int(self.run.ran()[-1]) if not count else None
        self.child, self.left, self.guard = (int((self.run.path / n).read_text())
                                             for n in ("child", "left", "guard"))
        self.runner = int(
            pathlib.Path(f"/proc/{self.guard}/stat").read_text().rsplit(")", 1)[1].split()[1])

    def ends(self, *texts):
        done = finish(self.ninja, 60)
        assert done.returncode != 0, done
        has(done.text, *texts)
        for process in (self.runner, self.guard, self.child, self.left):
            until(lambda p=process: not alive(p), f"{process} has ended")
        assert not self.run.leftovers()


def case_guard_killed(folder):
    chain = Chain(folder)
    os.kill(chain.guard, signal.SIGKILL)
    chain.ends("edge:  app/one", "killed by signal 9")


def case_interrupt_with_the_guard_stopped(folder):
    chain = Chain(folder)
    os.kill(chain.guard, signal.SIGSTOP)
    chain.ninja.send_signal(signal.SIGINT)
    chain.ends("interrupted by user")


def case_interrupt_with_the_command_stopped(folder):
    chain = Chain(folder)
    os.kill(chain.command, signal.SIGSTOP)
    chain.ninja.send_signal(signal.SIGINT)
    chain.ends("interrupted by user")


def case_what_is_called_mlpgen_edge_is_killed(folder):
    """As `pkill -9 mlpgen-edge` does: the guard has another name, and ends what left the group,
    too."""
    chain = Chain(folder)
    named = [
        p for p in (chain.runner, chain.guard)
        if pathlib.Path(f"/proc/{p}/comm").read_text() == "mlpgen-edge\n"
    ]
    for process in named:
        os.kill(process, signal.SIGKILL)
    assert named == [chain.runner] and finish(chain.ninja, 60).returncode != 0
    for process in (chain.guard, chain.child, chain.left):
        until(lambda p=process: not alive(p), f"{process} has ended")


def case_runner_and_guard_killed_together(folder):
    """The group dies at once; what left the group dies when the next run wants the locks that it
    holds."""
    chain = Chain(folder, mode="measure")
    os.kill(chain.guard, signal.SIGSTOP)  # neither can do anything before it dies
    os.kill(chain.runner, signal.SIGKILL)
    os.kill(chain.guard, signal.SIGKILL)
    assert finish(chain.ninja, 60).returncode != 0
    until(lambda: not alive(chain.child), "the command's child has ended")
    orphan = chain.left
    try:
        chain.begin()  # it has both locks
        until(lambda: not alive(orphan), "what left the group has ended")
        chain.ninja.send_signal(signal.SIGINT)
        chain.ends()
    finally:
        if alive(orphan):
            os.kill(orphan, signal.SIGKILL)


def case_an_orphan_does_not_hold_the_machine_against_other_directories(folder):
    chain = Chain(folder, mode="measure")
    os.kill(chain.guard, signal.SIGSTOP)
    os.kill(chain.runner, signal.SIGKILL)
    os.kill(chain.guard, signal.SIGKILL)
    finish(chain.ninja, 60)
    other = folder("other")
    other.step("other/measure", "echo > $1/x", mode="measure")
    try:
        assert finish(other.write().start(), 60).returncode == 0
        until(lambda: not alive(chain.left), "what left the group has ended")
    finally:
        if alive(chain.left):
            os.kill(chain.left, signal.SIGKILL)


DAEMON = """
setsid python3 -c 'import os, time
os.closerange(0, 256)
open("left", "w").write(str(os.getpid()))
time.sleep(1000)' &
while [ ! -s left ]; do sleep 0.01; done
sleep 1000 & echo $! > child
echo $PPID > guard; echo $$ >> ran; wait"""


def case_what_holds_no_lock_is_ended_before_a_measurement(folder):
    """It left the group and closed what it had open; another command of the user is left alone."""
    chain = Chain(folder, script=DAEMON)
    own = subprocess.Popen(["sleep", "1000"])
    os.kill(chain.guard, signal.SIGSTOP)
    os.kill(chain.runner, signal.SIGKILL)
    os.kill(chain.guard, signal.SIGKILL)
    finish(chain.ninja, 60)
    other = folder("other")
    other.step("other/measure", "echo > $1/x", mode="measure")
    try:
        assert finish(other.write().start(), 60).returncode == 0
        until(lambda: not alive(chain.left), "what was left has ended")
        assert own.poll() is None
    finally:
        own.kill()
        own.wait()
        if alive(chain.left):
            os.kill(chain.left, signal.SIGKILL)


def case_who_waits_names_only_what_it_sees(folder):
    """The turnstile is held, the lock is free: no measurement is queued."""
    run = folder("run")
    step = run.step("app/one", "echo > $1/x")
    run.write()
    turnstile = run.bench.machine_lock.with_name(run.bench.machine_lock.name + ".turn")
    turnstile.parent.mkdir(parents=True, exist_ok=True)
    hold = f"echo held; while [ ! -e {run.path}/go ]; do sleep 0.01; done"
    other = subprocess.Popen(["flock", turnstile, "sh", "-c", hold], stdout=subprocess.PIPE,
                             text=True)
    assert other.stdout.readline() == "held\n"
    edge = run.start_edge(step)
    assert edge.stderr.readline(
    ) == f"app/one waits for the machine: process {other.pid}, which is next\n"
    (run.path / "go").touch()
    assert other.wait(60) == 0 and finish(edge, 60).returncode == 0


def case_a_wait_that_the_system_refuses_is_no_hang(folder):
    for error in ("EINVAL", "EPERM", "ECHILD"):
        run = folder(f"run-{error}")
        step = run.step("app/one", "sleep 1000 & echo $! > child; echo > $1/x")
        run.write()
        prefix = [
            "strace", "-f", "-qq", "-o", run.path / "trace", "-e",
            f"inject=wait4,waitid:error={error}"
        ]
        done = finish(run.child([*prefix, run.bench.edge, step.id12]), 60)
        assert done.returncode == 1 and "(INJECTED)" in (run.path / "trace").read_text(), done
        child = run.path / "child"
        until(lambda: not child.exists() or not alive(child.read_text().strip() or 0),
              "its child has ended")


def case_a_lock_that_another_program_took_is_waited_for(folder):
    """`flock FILE PROGRAM` is a way to be alone, too: nobody ends that program."""
    run = folder("run")
    step = run.step("app/one", "echo > $1/x", mode="measure")
    run.write()
    run.bench.machine_lock.parent.mkdir(parents=True, exist_ok=True)
    hold = f"echo held; while [ ! -e {run.path}/go ]; do sleep 0.01; done"
    other = subprocess.Popen(["flock", run.bench.machine_lock, "sh", "-c", hold],
                             stdout=subprocess.PIPE, text=True)
    assert other.stdout.readline() == "held\n"
    edge = run.start_edge(step)
    has(edge.stderr.readline(), f"app/one waits for the machine: process {other.pid}")
    time.sleep(3)  # longer than the runner waits before it looks again
    assert other.poll() is None and edge.poll() is None
    (run.path / "go").touch()
    assert other.wait(60) == 0 and finish(edge, 60).returncode == 0


def case_caller_ignores_sigchld_and_closes_its_streams(folder):
    run = folder("run")
    step = run.step("app/one", "ls -l /proc/self/fd > $1/x; true | cat", mode="measure")
    run.write()
    start = f"trap '' CHLD; exec {run.bench.edge} {step.id12} <&- >&- 2>&-"
    done = subprocess.run(["bash", "-c", start], cwd=run.path, env=run.environment(), timeout=60)
    assert done.returncode == 0 and run.file(step).exists()
    has(run.file(step).read_text(), f"/.mlpgen/lock/{step.id12}", str(run.bench.machine_lock))
