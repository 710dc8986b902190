"""What is done stays done: Ninja may ask as often as it likes, the digests decide."""

import os
import time

from runner.run_directory import has


def small_graph(folder):
    """source -> one -> two (a folder) -> three, and a link to the last."""
    run = folder("run")
    (run.path / "source").write_text("text\n")
    one = run.step("app/one", "echo one >> ran; cat source > $1/x", sources=["source"])
    two = run.step(
        "app/two",
        f"echo two >> ran; mkdir -p $1/d/e; cp {one.directory}/x $1/d/e/y; ln -s e/y $1/d/l",
        outputs=("d/", ),
        needs=[one],
    )
    three = run.step(
        "app/three",
        f"echo three >> ran; cat {two.directory}/d/l > $1/x",
        needs=[two],
        links=[{"name": "results/three", "to": "x"}],
    )
    run.write().ninja()
    assert run.ran() == ["one", "three", "two"], run.ran()
    return run, one, two, three


def change_byte(path):
    """Another byte; size, mtime and inode stay, but for the mtime's last nanosecond."""
    before = path.stat()
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    with open(path, "r+b") as f:
        f.write(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 1))


def case_nothing_to_do_twice(folder):
    run, *_, three = small_graph(folder)
    run.nothing_to_do()
    assert (run.path / "results/three").read_text() == "text\n"
    assert os.readlink(run.path / "results/three") == f"../{three.directory}/x"
    has(run.log(three).read_text(), "$ /bin/sh -ec 'echo three")
    assert not run.leftovers()


def case_lost_ninja_log_runs_nothing(folder):
    run, *_ = small_graph(folder)
    run.forget()
    has(run.ninja().stdout, "[3/3]")
    assert run.ran() == ["one", "three", "two"], run.ran()
    run.nothing_to_do()


def case_touched_source_runs_nothing(folder):
    run, *_ = small_graph(folder)
    os.utime(run.path / "source")
    done = run.ninja()
    has(done.stdout, "app/one")
    assert "app/two" not in done.stdout, done.stdout  # one's .done has kept its mtime
    assert run.ran() == ["one", "three", "two"], run.ran()
    run.nothing_to_do()


def case_changed_source_runs_what_depends_on_it(folder):
    run, *_ = small_graph(folder)
    (run.path / "source").write_text("other\n")
    run.ninja()
    assert run.ran() == ["one", "one", "three", "three", "two", "two"], run.ran()
    assert (run.path / "results/three").read_text() == "other\n"
    run.nothing_to_do()


def case_source_from_the_future_runs_once(folder):
    run, *_ = small_graph(folder)
    later = time.time() + 3600
    os.utime(run.path / "source", (later, later))
    run.ninja()
    run.nothing_to_do()
    run.forget()
    run.ninja()
    run.nothing_to_do()
    assert run.ran() == ["one", "three", "two"], run.ran()


def case_changed_output_byte_is_made_again(folder):
    run, one, two, _ = small_graph(folder)
    change_byte(run.file(one))
    run.forget()
    run.ninja()
    assert run.ran() == ["one", "one", "three", "two"], run.ran()  # its new bytes are the old ones
    change_byte(run.file(two, "d/e/y"))
    run.forget()
    run.ninja()
    assert run.ran() == ["one", "one", "three", "two", "two"], run.ran()
    assert (run.path / "results/three").read_text() == "text\n"
    assert not run.trash()


def case_damaged_input_is_refused(folder):
    run, one, two, _ = small_graph(folder)
    change_byte(run.file(one))
    run.file(two, ".done").unlink()
    done = run.edge(two)
    assert done.returncode == 1, done
    has(
        done.stderr,
        f"app/two: {one.directory}/x has changed since app/one made it",
        f"rm {one.directory}/.done",
    )
    assert run.ran() == ["one", "three", "two"], run.ran()


def case_touched_output_runs_nothing(folder):
    run, one, two, three = small_graph(folder)
    for path in (run.file(one), run.file(two, "d/e/y"), run.file(three)):
        os.utime(path)
    run.forget()
    run.ninja()
    run.nothing_to_do()
    assert run.ran() == ["one", "three", "two"], run.ran()


def case_missing_output_is_made_again(folder):
    run, one, two, _ = small_graph(folder)
    run.file(one).unlink()
    run.ninja()
    assert run.ran() == ["one", "one", "three", "two"], run.ran()
    run.file(two, "d/e/y").unlink()
    assert run.edge(two).returncode == 0
    assert run.ran() == ["one", "one", "three", "two", "two"], run.ran()


def case_removed_and_wrong_links_are_repaired(folder):
    run, *_, three = small_graph(folder)
    link = run.path / "results/three"
    link.unlink()
    assert run.edge(three).returncode == 0
    assert link.read_text() == "text\n"
    link.unlink()
    link.symlink_to(f"../out/app/{'a' * 12}")  # of another request
    assert run.edge(three).returncode == 0
    assert link.read_text() == "text\n"
    assert run.ran() == ["one", "three", "two"], run.ran()


def case_damaged_measurement_goes_to_the_trash(folder):
    run = folder("run")
    step = run.step("app/performance", "echo m >> ran; echo result > $1/x", mode="measure")
    run.write().ninja()
    change_byte(run.file(step))
    damaged = run.file(step).read_text()
    run.forget()
    done = run.ninja()
    assert run.ran() == ["m", "m"], run.ran()
    kept = [p for p in run.trash() if p.is_dir()]
    assert len(kept) == 1 and (kept[0] / "x").read_text() == damaged, run.trash()
    has(
        done.text,
        f"app/performance: {step.directory}/x has changed; ",
        f"what was in {step.directory} is now in .mlpgen/trash/",
    )
    assert run.file(step).read_text() == "result\n"


def case_foreign_files_go_to_the_trash(folder):
    run = folder("run")
    step = run.step("app/one", "echo text > $1/x")
    run.write()
    run.file(step).parent.mkdir(parents=True)
    run.file(step, "mine").write_text("precious")
    run.ninja()
    kept = run.trash()
    assert [(p / "mine").read_text() for p in kept] == ["precious"], kept
    assert not run.file(step, "mine").exists()


def case_equal_artifacts_are_fast(folder):
    run, *_, three = small_graph(folder)
    began = time.monotonic()
    for _ in range(100):
        assert run.edge(three).returncode == 0
    print(
        f"    {(time.monotonic() - began) * 10:.1f} ms a finished edge, with its start from Python")


def case_a_done_file_with_another_byte_is_damaged(folder):
    """The artifact is made again; what is made of it says so before, and uses nothing of it."""
    run, one, two, _ = small_graph(folder)
    done = run.file(one, ".done")
    right = done.read_bytes()
    for at in (right.index(b"output ") + 10, right.index(b" x\n") + 1, len(right) - 10):
        damaged = bytearray(right)
        damaged[at] ^= 1
        times = done.stat()
        done.write_bytes(damaged)
        os.utime(done, ns=(times.st_atime_ns, times.st_mtime_ns))  # Ninja sees no change
        run.file(two, ".done").unlink()
        told = run.ninja(ok=False)
        has(told.text, f"{one.directory}/.done", "is damaged",
            f"`rm {one.directory}/.done`, then ninja")
        done.unlink()
        run.ninja()
        run.nothing_to_do()
        assert run.file(one).read_text() == "text\n"
        right = done.read_bytes()
    done.write_bytes(right.replace(b"output ", b"Output "))
    edge = run.edge(one)
    assert edge.returncode == 0 and run.file(one).read_text() == "text\n", edge
    has(edge.stderr, "a .done file is damaged")
