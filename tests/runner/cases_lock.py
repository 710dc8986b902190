"""A measurement is alone on its machine, and two runs do the work once."""

import json
import os
import time

from runner.run_directory import finish, has


def overlap(a, b):
    """Seconds that two records held the machine together."""
    begin = max(a["acquired"]["monotonic_ns"], b["acquired"]["monotonic_ns"])
    end = min(a["released"]["monotonic_ns"], b["released"]["monotonic_ns"])
    return max(0, end - begin) * 1e-9


def check_alone(records):
    assert any(r["mode"] == "measure" for r in records)
    for i, a in enumerate(records):
        for b in records[i + 1:]:
            if "measure" in (a["mode"], b["mode"]):
                assert overlap(a, b) == 0, (a, b)


def mixed(folder, name, works, measurements, seconds=0.05):
    run = folder(name)
    for i in range(works):
        run.step(f"{name}/work{i}", f"sleep {seconds}; echo > $1/x")
    for i in range(measurements):
        run.step(f"{name}/measure{i}", f"sleep {seconds}; echo > $1/x", mode="measure")
    return run.write()


def case_two_ninja_do_the_work_once(folder):
    run = folder("run")
    one = run.step("app/one", "echo one >> ran; sleep 0.5; echo > $1/x")
    run.step("app/two", "echo two >> ran; echo > $1/x", needs=[one])
    run.write()
    both = [run.start(), run.start()]
    done = [finish(p) for p in both]
    assert [d.returncode for d in done] == [0, 0], done
    assert run.ran() == ["one", "two"], run.ran()
    has(done[0].text + done[1].text, "app/one waits: app/one is made by process ")
    run.nothing_to_do()


def case_measurement_overlaps_no_work(folder):
    runs = [mixed(folder, "first", 12, 4), mixed(folder, "second", 12, 4)]
    for done in [finish(p) for p in [r.start("-j4") for r in runs]]:
        assert done.returncode == 0, done.text
    records = [r for run in runs for r in run.records()]
    assert len(records) == 32
    check_alone(records)
    work = [r for r in records if r["mode"] == "work"]
    assert any(overlap(a, b) > 0 for i, a in enumerate(work)
               for b in work[i + 1:])  # work does share


def case_measurement_is_not_starved(folder):
    busy = folder("busy")
    busy.step("busy/long", "echo > begun; while [ ! -e go ]; do sleep 0.01; done; echo > $1/x")
    for i in range(60):
        busy.step(f"busy/work{i}", "sleep 0.1; echo > $1/x")
    measuring = mixed(folder, "measuring", 0, 1)
    work = busy.write().start("-j4")
    while not (busy.path / "begun").exists():
        time.sleep(0.01)
    edge = measuring.start_edge(measuring.steps["measuring/measure0"])
    has(edge.stderr.readline(), "measuring/measure0 waits for the machine: ", "busy/long (process ")
    (busy.path / "go").touch()
    assert finish(edge).returncode == 0 and finish(work).returncode == 0
    record = measuring.records()[0]
    begin, got = record["start"]["monotonic_ns"], record["acquired"]["monotonic_ns"]
    pushed_in = [
        r for r in busy.records() if begin + 50_000_000 < r["acquired"]["monotonic_ns"] < got
    ]
    assert not pushed_in, pushed_in
    check_alone(busy.records() + [record])


def case_run_inside_a_lock_takes_none(folder):
    inner = folder("inner")
    inner.step("inner/work", "echo $MLPGEN_MACHINE_LOCK_HELD > $1/x")
    measure = inner.step("inner/measure", "echo > $1/x", mode="measure")
    inner.write()
    outer = folder("outer")
    ninja = f"cd {inner.path}; {inner.bench.ninja} > $OLDPWD/$1/x"
    outer.step("outer/measure", ninja, mode="measure")
    outer.write().ninja()
    work = inner.steps["inner/work"]
    assert inner.file(work).read_text() == "exclusive\n"
    inner.file(measure, ".done").unlink()
    outside = folder("outside")
    step = outside.step("outside/work", f"cd {inner.path}; {inner.bench.ninja}")
    outside.write()
    done = outside.edge(step)
    assert done.returncode == 1
    has(done.stderr,
        "inner/measure: a measurement cannot start inside work that shares the machine")


def case_lock_lives_as_long_as_the_command(folder):
    """The runner is killed with -9; its command dies, too, before another can have the lock."""
    run = folder("run")
    step = run.step("app/one", "echo $$ >> ran; sleep 30; echo > $1/x", mode="measure")
    run.write()
    ninja = run.start()
    while not run.ran():
        time.sleep(0.01)
    first = run.ran()[0]
    ninja.kill()
    ninja.communicate()
    again = run.start()
    again_began = time.monotonic()
    os.kill(int((run.path / ".mlpgen/lock" / step.id12).read_text().split()[5]), 9)
    while len(run.ran()) < 2:
        assert time.monotonic() - again_began < 10, "the second run does not get the lock"
        time.sleep(0.01)
    assert not os.path.exists(f"/proc/{first}")
    again.terminate()
    finish(again)
    assert not run.file(step).exists()


def case_relative_machine_lock_is_refused(folder):
    run = mixed(folder, "run", 1, 1)
    for step in run.steps.values():
        done = run.edge(step, MLPGEN_MACHINE_LOCK="m")
        assert done.returncode == 1, done
        has(done.stderr,
            "MLPGEN_MACHINE_LOCK is 'm', which names another file in each run directory",
            "e.g. $PWD/m")
    assert not (run.path / "m").exists() and not (run.path / "out").exists()


def check_removed_lock(folder, names, who):
    """Who comes next waits all the same, and the measurement that lost its lock fails."""
    first = folder("first")
    lost = first.step("first/measure",
                      "echo > begun; while [ ! -e go ]; do sleep 0.01; done; echo > $1/x",
                      mode="measure")
    second = folder("second")
    next_one = second.step("second/measure", "echo > $1/x", mode="measure")
    edges = [first.write().start_edge(lost)]
    while not (first.path / "begun").exists():
        time.sleep(0.01)
    for name in names:
        (first.bench.machine_lock.parent / name).unlink()
    edges.append(second.write().start_edge(next_one))
    has(edges[1].stderr.readline(),
        f"second/measure waits for the machine: its lock file was removed while {who}")
    (first.path / "go").touch()
    done = [finish(edge) for edge in edges]
    assert [d.returncode for d in done] == [1, 0], done
    has(done[0].stderr, "was removed while this measurement ran: another may have run beside it")
    assert not first.file(lost).exists()
    check_alone(first.records() + second.records())


def case_machine_lock_removed_while_it_is_held(folder):
    check_removed_lock(folder, ["machine"], "first/measure (process ")


def case_both_files_of_the_machine_lock_removed_while_it_is_held(folder):
    check_removed_lock(folder, ["machine", "machine.turn"], "process ")


def case_both_files_removed_under_another_name_of_their_folder(folder):
    first = folder("first")
    folder_of_locks = first.bench.machine_lock.parent
    folder_of_locks.mkdir(parents=True, exist_ok=True)
    other_name = folder("other").path / "locks"
    other_name.symlink_to(folder_of_locks)
    lost = first.step("first/measure",
                      "echo > begun; while [ ! -e go ]; do sleep 0.01; done; echo > $1/x",
                      mode="measure")
    second = folder("second")
    next_one = second.step("second/measure", "echo > $1/x", mode="measure")
    edge = first.write().start_edge(lost)
    while not (first.path / "begun").exists():
        time.sleep(0.01)
    for name in ("machine", "machine.turn"):
        (folder_of_locks / name).unlink()
    waiter = second.write().start_edge(next_one, MLPGEN_MACHINE_LOCK=str(other_name / "machine"))
    has(waiter.stderr.readline(), "its lock file was removed while process ")
    (first.path / "go").touch()
    assert [finish(one).returncode for one in (edge, waiter)] == [1, 0]


def case_several_edges_begin_in_a_new_directory_at_once(folder):
    for number in range(20):
        run = folder(f"run{number}")
        steps = [run.step(f"app/{i}", "echo > $1/x") for i in range(8)]
        run.write()
        for done in [finish(edge) for edge in [run.start_edge(s) for s in steps]]:
            assert done.returncode == 0, done


def case_measurement_says_what_the_machine_was_like(folder):
    run = folder("run")
    step = run.step("app/performance", "echo > $1/x", mode="measure")
    run.write().ninja()
    facts = json.loads(run.file(step, "measurement.json").read_text())
    assert facts["name"] == "app/performance" and facts["identity"] == step.identity
    assert facts["cores"] >= 1 and facts["allowed_cpus"]
    assert facts["quiet"] == (facts["load_at_start"]["1_min"] <= 0.5 * facts["cores"])
    assert "governor" in facts and "frequency_khz" in facts
    record = run.records()[0]
    assert (record["start"]["monotonic_ns"] <= record["acquired"]["monotonic_ns"] <=
            record["released"]["monotonic_ns"])
    assert record["max_rss_kib"] > 0 and record["finished"]
    run.file(step, "measurement.json").write_text("{}")
    run.forget()
    run.ninja()
    assert run.trash()  # what describes a measurement is part of it
