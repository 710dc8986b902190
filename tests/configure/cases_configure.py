"""The second configure does nothing when nothing changed, and everything when anything did.

Whether configure did its work is seen from a file that only then is written again:
.mlpgen/say/help.
"""
import fcntl
import json
import os
import shutil
import subprocess
import time

from configure.project import RECIPE, RULE
from sealed import sealed


def must_work(project, *words):
    did, done = project.worked(*words)
    assert did, "configure did not notice the change"
    return done


def test_the_second_configure_says_the_same_and_does_nothing(p):
    answer = p.settle()
    assert "Next: ninja" in answer.stdout


def test_warnings_are_said_again(p):
    assert "[two-values]" in p.settle("app,_x,_y").stderr


def test_other_words_are_another_configure(p):
    p.settle()
    must_work(p, "app", "--word=other")
    p.settle()


def test_where_bytes_come_from_is_noticed_and_kept(p):
    settings = p.path / "run/.mlpgen/fetch.json"
    p.settle()
    must_work(p, "app", "--offline", "--mirror=https://a.example/=http://127.0.0.1:9/")
    read = lambda: {
        key: value
        for key, value in json.loads(settings.read_text()).items() if key != "digest"
    }
    assert read() == {
        "format": 1, "mirrors": ["https://a.example/=http://127.0.0.1:9/"], "offline": True
    }
    settings.unlink()
    must_work(p, "app", "--offline", "--mirror=https://a.example/=http://127.0.0.1:9/")
    assert json.loads(settings.read_text())["offline"], "a lost file is written again"
    must_work(p, "app")
    assert read() == {"format": 1, "mirrors": [], "offline": False}


def test_a_users_own_presets_are_taken_and_watched(p):
    mine = ("format: 1\npresets:\n  mine: {about: m, inherits: [ours], recipe: app, flags: {word: "
            "mine}}\n")
    p.write(
        "recipes/presets.yaml",
        "format: 1\npresets:\n  ours: {about: o, recipe: app, variations: _x, flags: {word: "
        "ours}}\n")
    own = p.write(".config/mlpgen/presets.yaml", mine)
    p.settle("--preset=mine")
    plan = p.path / "run/.mlpgen/plan"
    assert '"mine ' in plan.read_text(), "what a preset says beats what it inherits"
    own.write_text(mine.replace("word: mine", "word: other"))
    p.age()
    must_work(p, "--preset=mine")
    assert '"other ' in plan.read_text()
    must_work(p, "--preset=mine", "--word=line")
    assert '"line ' in plan.read_text(), "the command line beats a preset"


def test_json_is_not_answered_with_text(p):
    p.settle()
    did, done = p.worked(json=True)
    assert did and done.stdout.startswith("{")


def test_every_kind_of_input_is_noticed(p):
    changes = {
        "an edited recipe": lambda: p.write("recipes/t/app/recipe.yaml",
                                            RECIPE.replace("hello", "howdy")),
        "a new recipe": lambda: p.write("recipes/t/new/recipe.yaml",
                                        "format: 1\nrecipe: new\nabout: n\ntags: [new]\n"),
        "a recipe in a folder that was empty": lambda: p.write(
            "recipes/t/empty/recipe.yaml", "format: 1\nrecipe: e\nabout: n\ntags: [e]\n"),
        "a new category": lambda: p.write("recipes/u/other/recipe.yaml",
                                          "format: 1\nrecipe: other\nabout: n\ntags: [other]\n"),
        "an edited rule": lambda: p.write("rules/note.yaml", RULE + "# again\n"),
        "an edited source": lambda: p.write("recipes/t/app/src/a", "two"),
        "a new source": lambda: p.write("recipes/t/app/src/b", ""),
        "a source that became executable": lambda: (p.path / "recipes/t/app/src/b").chmod(0o755),
        "a removed source": lambda: (p.path / "recipes/t/app/src/b").unlink(),
        "a lock that appears": lambda: p.write("run/mlpgen.lock", '{"format": 1, "entries": {}}'),
        "a lock that changes": lambda: p.write("run/mlpgen.lock", '{"format": 1, "entries": { }}'),
        "a lock that goes": lambda: (p.path / "run/mlpgen.lock").unlink(),
        "a lock of the installation that appears": lambda: p.write("recipes/mlpgen.lock",
                                                                   '{"format": 1, "entries": {}}'),
        "presets that appear": lambda: p.write("recipes/presets.yaml", "format: 1\npresets: {}\n"),
        "another version of a tool": lambda: p.tool("bin/probed-tool", "1.1"),
        "a PATH folder that appears": lambda: p.tool("more/other", "1.0"),
        "a counted attempt": lambda: p.write("run/.mlpgen/attempts.json",
                                             sealed({"format": 1, "attempts": {"x": 1}})),
        "a missing build.ninja": lambda: (p.path / "run/build.ninja").unlink(),
        "an edited plan": lambda: p.write("run/.mlpgen/plan", ""),
        "a damaged record": lambda: p.write("run/.mlpgen/configured", '{"format": 1, "digest": 3}'),
    }
    (p.path / "recipes/t/empty").mkdir()
    p.settle()
    for what, change in changes.items():
        change()
        p.age()
        did, _ = p.worked()
        assert did, f"not noticed: {what}"
        p.settle()


def test_a_tool_that_appears_earlier_on_the_path_is_noticed(p):
    p.tool("more/probed-tool", "2.0")
    (p.path / "bin/probed-tool").unlink()
    p.settle()
    p.tool("bin/probed-tool", "3.0")
    p.age()
    must_work(p)


def test_an_edit_that_sets_the_time_back_is_noticed(p):
    p.settle()
    path = p.path / "recipes/t/app/src/a"
    times = path.stat()
    path.write_text("eno")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    p.age()
    did, _ = p.worked()
    assert did


def test_an_edit_right_before_configure_is_never_lost(p):
    for n in range(10):
        p.write("recipes/t/app/src/a", f"edit {n}")
        p.worked()
        once = p.manifest()
        (p.path / "run/.mlpgen/configured").unlink(missing_ok=True)
        p.worked()
        assert once == p.manifest()


def test_nothing_is_kept_when_an_input_changed_under_way(p):
    """It may have been read before it changed. Here the probed tool changes a source while
    configure asks it."""
    p.write("bin/probed-tool",
            f"#!/bin/sh\necho x >> {p.path}/recipes/t/app/src/a\necho tool 4.0\n")
    p.age()
    must_work(p)
    must_work(p)
    p.settle()


def test_a_path_given_by_a_flag_is_watched(p):
    p.settle("app", "--data=data")
    (p.path / "data").write_text("other")
    p.age()
    must_work(p, "app", "--data=data")


def test_an_error_is_not_kept(p):
    p.settle()
    p.write("recipes/t/app/recipe.yaml", RECIPE + "wrong: key\n")
    p.age()
    assert p.configure().returncode == 1
    assert p.configure().returncode == 1
    p.write("recipes/t/app/recipe.yaml", RECIPE)
    p.settle()


def test_the_quick_way_leads_to_the_bytes_of_the_long_one(p):
    p.settle()
    quick = p.manifest()
    shutil.rmtree(p.path / "run")
    p.worked()
    assert quick == p.manifest()


def test_ninja_finds_nothing_to_configure_afterwards(p):
    p.settle()
    env = {
        "PATH": f"{p.tools}:/usr/bin:/bin", "MLPGEN_HOME": str(p.path), "HOME": str(p.path),
        "MLPGEN_MACHINE_LOCK": str(p.path / "lock"), "MLPGEN_STORE": str(p.path / "store")
    }
    for wanted in ("app/s", "no work to do"):
        done = subprocess.run(["ninja", "-C", "run", "all"], cwd=p.path, env=env,
                              capture_output=True, text=True)
        assert done.returncode == 0 and wanted in done.stdout, done.stdout + done.stderr


def test_a_link_to_an_artifact_that_is_gone_is_removed_on_the_quick_way_too(p):
    test_ninja_finds_nothing_to_configure_afterwards(p)
    link = p.path / "run/result"
    assert link.exists()
    subprocess.run(["chmod", "-R", "u+w", "run/out"], cwd=p.path, check=True)
    shutil.rmtree(p.path / "run/out")
    did, _ = p.worked()
    assert not did and not link.is_symlink()


def test_a_tool_that_does_not_work_is_named(p):
    p.write("bin/probed-tool", "#!/bin/sh\nexit 1\n").chmod(0o755)
    done = p.configure()
    assert done.returncode == 1 and "[tool-not-found]" in done.stderr, done.stderr
    said = f"{p.tools}/probed-tool was found, but its version could not be read"
    assert said in done.stderr, done.stderr


def start(p, *words):
    env = {
        "PATH": f"{p.tools}:/usr/bin:/bin", "MLPGEN_HOME": str(p.path), "HOME": str(p.path),
        "MLPGEN_MACHINE_LOCK": str(p.path / "lock"), "MLPGEN_STORE": str(p.path / "store")
    }
    return subprocess.Popen([p.mlpgen, *words, "-C", "run"], cwd=p.path, env=env,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_at_once_leave_what_one_of_them_was_asked_for(p):
    p.settle()
    with open(p.path / "run/.mlpgen/configure.lock") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        waiting = start(p, "configure", "app,_x")
        time.sleep(0.3)
        assert waiting.poll() is None, "it did not wait for the other one"
    _, said = waiting.communicate(timeout=60)
    assert waiting.returncode == 0 and "another mlpgen configures this directory" in said, said
    for round in range(10):
        shutil.rmtree(p.path / "run")
        both = [
            start(p, "configure", "app", "--word=one"),
            start(p, "configure", "app,_y", "--word=two")
        ]
        for one in both:
            assert one.communicate(timeout=60) and one.returncode == 0
        manifest, plan = (text.decode() for text in p.manifest())
        words = json.loads((p.path / "run/.mlpgen/request.json").read_text())["words"]
        assert all(
            json.loads(line)["identity"][:12] in manifest
            for line in plan.splitlines()), "build.ninja of one request and the plan of another"
        assert words[-1].removeprefix("--word=") in plan, f"{words} was the last request:\n{plan}"


def test_reruns_at_once_are_all_counted(p):
    p.write("rules/note.yaml", RULE.replace("params:", "mode: measure\nparams:"))
    test_ninja_finds_nothing_to_configure_afterwards(p)
    for one in [start(p, "rerun", "app/s") for _ in range(6)]:
        said = one.communicate(timeout=60)
        assert one.returncode == 0, said
    [count] = json.loads((p.path / "run/.mlpgen/attempts.json").read_text())["attempts"].values()
    assert count == 6, f"six reruns were asked for, and {count} are counted"
