"""What an edge writes stays in the run directory, and what a person put there stays, too."""

import os

from runner.run_directory import has


def linked(folder, name="results/x", **fields):
    run = folder("run")
    step = run.step("app/one", "echo one >> ran; echo text > $1/x",
                    links=[{"name": name, "to": "x"}], **fields)
    return run.write(), step


def refused(run, step, *texts):
    """Before its command has run: nothing is to be measured for a link that cannot be made."""
    done = run.edge(step)
    assert done.returncode == 1, done
    has(done.stderr, *texts)
    assert run.ran() == [] and not run.file(step).exists()


def case_a_file_or_a_link_of_a_person_is_kept(folder):
    run, step = linked(folder)
    (run.path / "results").mkdir()
    (run.path / "mine").write_text("mine")
    place = run.path / "results/x"
    place.write_text("mine")
    refused(run, step, "app/one: results/x is in the way: the link to ",
            "mv results/x results/x.old")
    assert place.read_text() == "mine"
    for to in (str(run.path / "mine"), "../mine", "nowhere"):
        place.unlink()
        place.symlink_to(to)
        refused(run, step, "app/one: results/x is in the way, a link that is not mlpgen's",
                "mv results/x results/x.old")
        assert os.readlink(place) == to
    place.unlink()
    place.symlink_to(f"../out/app/{'a' * 12}/x")  # of another request
    run.ninja()
    assert os.readlink(place) == f"../{step.directory}/x" and place.read_text() == "text\n"


def case_no_link_is_made_through_a_folder_that_is_a_link(folder):
    run, step = linked(folder)
    elsewhere = run.path.parent / "elsewhere"
    elsewhere.mkdir()
    (run.path / "results").symlink_to(elsewhere)
    refused(
        run, step,
        "results is in the way, a link that is not mlpgen's: the link results/x belongs below it")
    assert list(elsewhere.iterdir()) == []


def case_names_of_the_plan_do_not_lead_out(folder):
    outside = folder.path / "outside"
    for number, fields in enumerate([
        {"name": "../outside"},
        {"name": str(outside)},
        {"name": "a/../../outside"},
        {"outputs": ["x", "../../../../outside"]},
        {"outputs": ["x", str(outside)]},
        {"directory": f"../outside/{'a' * 12}"},
        {"directory": str(outside)},
    ]):
        run = folder(f"run{number}")
        name = fields.pop("name", "results/x")
        outputs = fields.pop("outputs", ["x"])
        script = "echo one >> ran; echo text > $1/x; " + "".join(f"echo > $1/{o} || true; "
                                                                 for o in outputs)
        step = run.step("app/one", script, outputs=outputs, links=[{"name": name, "to": "x"}],
                        **fields)
        (run.path / ".mlpgen").mkdir()
        run.write()
        done = run.edge(step)
        assert done.returncode == 1, (number, done)
        has(done.stderr, ".mlpgen/plan is damaged: the ", "of app/one",
            "run `mlpgen configure` again")
        assert run.ran() == [] and not outside.exists() and not outside.is_symlink(), number


def case_a_link_that_a_kill_left_unnamed_goes_with_the_next_run(folder):
    run, step = linked(folder)
    (run.path / "results").mkdir()
    (run.path / f"results/x.tmp.{step.id12}").symlink_to(
        "nowhere")  # as a kill leaves it before the rename
    run.ninja()
    assert os.listdir(run.path / "results") == ["x"]
