"""kill -9 at any moment leaves a state from which ninja simply continues."""

import os
import pathlib
import random
import signal
import time

from runner.run_directory import tree

KILLS = 20


def build(run):
    """A graph of ten edges, 20 to 60 ms each, with files, folders and a measurement."""
    (run.path / "source").write_text("text\n")
    last = [run.step("k/first", "sleep 0.02; cat source source > $1/x", sources=["source"])]
    for i in range(4):
        last.append(
            run.step(
                f"k/file{i}",
                f"sleep 0.0{i + 2}; cat {last[0].directory}/x > $1/x; echo {i} >> $1/x",
                needs=last[:1],
            ))
    folders = [
        run.step(
            f"k/folder{i}",
            f"mkdir $1/d; for n in $(seq 80); do cp {s.directory}/x $1/d/$n; done; sleep 0.02",
            outputs=("d/", ),
            needs=[s],
        ) for i, s in enumerate(last[1:])
    ]
    run.step(
        "k/all",
        "".join(f"cat {f.directory}/d/* >> $1/x; " for f in folders) + "(sleep 0.02 & wait)",
        needs=folders,
        links=[{"name": "results/all", "to": "x"}],
    )
    return run.write()


def session_of(leader):
    """The ids of all processes in the session that `leader` began."""
    found = []
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def kill_all(leader):
    while processes := session_of(leader):
        for pid in processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def state(run):
    done = [s.id12 for s in run.steps.values() if run.file(s, ".done").exists()]
    return (*sorted(done), *sorted(p.name.split(".")[0] + ".tmp" for p in run.leftovers()))


def wait_for_changes(run, ninja, count):
    """Until so many edges have begun or ended, or ninja has."""
    before = state(run)
    while count and ninja.poll() is None:
        now = state(run)
        count -= now != before
        before = now
        time.sleep(0.001)


def case_kill_at_random_moments(folder):
    random.seed(folder.seed)
    print(f"    seed {folder.seed}")
    whole = build(folder("whole"))
    whole.ninja("-j3")
    expected = tree(whole.path / "out")
    run = build(folder("killed"))
    states = set()
    for _ in range(KILLS):
        ninja = run.start("-j3")
        wait_for_changes(run, ninja, random.randint(0, 6))
        time.sleep(random.uniform(0, 0.02))
        if random.random() < 0.5 and (processes := session_of(ninja.pid)):
            try:
                os.kill(random.choice(processes), signal.SIGKILL)  # one alone, the others go on
            except ProcessLookupError:
                pass
            time.sleep(random.uniform(0, 0.05))
        kill_all(ninja.pid)
        ninja.communicate()
        states.add(state(run))
        if all(run.file(s, ".done").exists() for s in run.steps.values()):  # each kill meets work
            for name in random.sample(sorted(run.steps), 5):
                run.file(run.steps[name], ".done").unlink()
    print(f"    {len(states)} different states after {KILLS} kills")
    run.ninja("-j3")
    run.nothing_to_do()
    assert tree(run.path / "out") == expected
    assert (run.path / "results/all").read_bytes() == (whole.path / "results/all").read_bytes()
    assert not run.leftovers()
    assert len(states) > 3, states
