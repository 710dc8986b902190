"""Exactly what a change touches runs again, and going back runs nothing."""
import re

FOLLOWS = ("prepare-mlperf-inference-result", "generate-mlperf-inference-submission",
           "run-mlperf-inference-submission-checker", "tar-my-folder",
           "process-mlperf-accuracy/score", "get-mlperf-inference-sut-description")
HARNESS = "app-mlperf-inference-mlcommons-cpp/"


def recipe_steps(names):
    return {re.sub(r"\.\d+$", "", name) for name in names}


def case_threads_touch_the_runs_and_what_follows(bench):
    directory = bench.main.copy("threads")
    count = len(directory.records())
    directory.ninja()
    assert directory.ran_since(count) == [], "a copied run directory runs something"
    threads = {"1": "2", "2": "1"}.get(threads_of(directory), "1")
    directory.configure(f"--num_threads={threads}")
    directory.ninja()
    ran = recipe_steps(directory.ran_since(count))
    assert {HARNESS + "accuracy", HARNESS + "performance"} <= ran, ran
    other = {
        n
        for n in ran
        if n not in (HARNESS + "accuracy", HARNESS + "performance") and not n.startswith(FOLLOWS)
    }
    assert not other, f"these ran again without need: {other}"
    directory.nothing_to_do()
    count = len(directory.records())
    directory.configure()
    directory.ninja()
    assert directory.ran_since(count) == [], directory.ran_since(count)
    assert digest(directory, "open.tar.gz") == digest(bench.main, "open.tar.gz")


def threads_of(directory):
    argv = directory.steps_of(HARNESS + "performance", "measure")[0]["argv"]
    return argv[argv.index("--num_threads") + 1]


def digest(directory, name):
    return (directory.path / name).read_bytes()


def case_changed_harness_source(bench):
    """Another installation with the same text is the same; a changed source runs its edges;
    reverting runs nothing."""
    home = bench.home("changed-home")
    directory = bench.main.copy("changed")
    directory.env = {"MLPGEN_HOME": str(home)}
    directory.configure()
    count = len(directory.records())
    directory.ninja()
    assert directory.ran_since(
        count) == [], f"another place of the same recipes runs {directory.ran_since(count)}"
    source = home / "recipes/app/get-mlperf-inference-harness-sources/src/progress.cc"
    before = source.read_text()
    source.write_text(before + "// one more line\n")
    directory.ninja()  # Ninja configures again by itself
    ran = directory.ran_since(count)
    compiled = [n for n in ran if n.startswith(HARNESS + "harness")]
    assert compiled, f"the changed source was not compiled: {ran}"
    foreign = [n for n in recipe_steps(ran) if not n.startswith((HARNESS, *FOLLOWS))]
    assert not foreign, f"these ran again without need: {foreign}"
    directory.nothing_to_do()
    source.write_text(before)
    count = len(directory.records())
    directory.ninja()
    assert directory.ran_since(count) == [], directory.ran_since(count)
    assert digest(directory, "open.tar.gz") == digest(bench.main, "open.tar.gz")


def case_wrong_seed_is_refused(bench):
    """One other digit in the seeds of the runs, and the check refuses the tree and says why."""
    steps = bench.main.steps_of(HARNESS + "performance", "measure")
    argv = steps[0]["argv"]
    right = argv[argv.index("--seeds") + 1]
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    directory = bench.main.copy("wrong-seed")
    directory.configure(f"--adr.mlperf-inference-implementation.env.CM_MLPERF_ROUND_SEEDS={wrong}")
    text = directory.ninja("check", ok=False)
    log = (directory.path /
           "results/retinanet-Offline/performance/mlperf_log_detail.txt").read_text()
    assert wrong.split(",")[-1] in log, "the run did not take the other seed"
    assert "seed" in text, text[-2000:]
    directory.ninja("submission", ok=False)
    made = directory.steps_of("tar-my-folder/tar")[0]["directory"]
    assert not (directory.path /
                made).exists(), "a tarball was made of a tree that the check refused"


def case_a_round_that_asks_for_mlperf_conf_gets_that_of_loadgen(bench):
    """Rounds up to v4.1. LoadGen has the file in itself; its sources hold it."""
    directory = bench.main.copy("v4.1")
    directory.configure("_r4.1")
    [result] = directory.steps_of("prepare-mlperf-inference-result/result")
    directory.ninja(f"{result['directory']}/.done")
    [conf] = (directory.path / result["directory"]).rglob("mlperf.conf")
    [sources] = directory.steps_of("get-mlperf-inference-loadgen/sources")
    own = directory.path / sources["directory"] / "files/mlperf.conf"
    assert conf.read_bytes() == own.read_bytes() and b"Offline.min_duration" in own.read_bytes()
