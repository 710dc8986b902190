"""Each round's runs take its LoadGen, and that draws samples of its own."""
import json
import os
import pathlib
import re
import subprocess

from environments.planned import ROUNDS, SCRIPT
from places import ROOT, Skip

HERE = pathlib.Path(__file__).resolve().parent
# The source packages of the index: 4.0, 4.0.1, 4.1.25, 4.1.28 to 30 and those from 5.0.0 on. Those
# of 4.0 note an error in every run.
OF_ROUND = {"4.1": "4.1.30", "5.0": "5.0.13", "5.1": "5.1.2", "6.0": "6.0.14", "6.1": "6.0.17"}
OLDEST = "4.1.30"
MODELS = ("retinanet", "resnet50")  # every round has one of them


def dump(locked, *words):
    env = {k: v
           for k, v in os.environ.items()
           if not k.startswith("MLPGEN_")} | {"MLPGEN_HOME": str(ROOT)}
    return subprocess.run([str(locked.mlpgen), "dump", "--stage=plan", *words], cwd=locked.scratch,
                          env=env, capture_output=True, text=True)


def loadgens(plan):
    """Versions of LoadGen's packages in a plan: the source package and those in environments."""
    return set(re.findall(r"mlcommons-loadgen==([0-9.]+)", plan)) | set(
        re.findall(r'"--name=mlcommons-loadgen", ?"--version=([0-9.]+)"', plan))


def plan_in(locked, number, implementation):
    """A plan of the first model that the round has."""
    for model in MODELS:
        for category in ("edge", "datacenter"):
            done = dump(locked, f"run-mlperf-inference-app,_r{number}", f"--model={model}",
                        f"--implementation={implementation}", f"--category={category}")
            if done.returncode == 0:
                return done
    raise AssertionError((number, implementation, done.stderr))


def case_each_round_takes_the_loadgen_of_its_own(locked):
    """In a round before v5.0 the reference is refused, whatever its LoadGen."""
    for number in ROUNDS:
        for implementation in ("cpp", "reference") if number >= SCRIPT.FIRST_ROUND else ("cpp", ):
            done = plan_in(locked, number, implementation)
            assert loadgens(done.stdout) == {OF_ROUND.get(number, OLDEST)}, (number, implementation,
                                                                             loadgens(done.stdout))
            assert ("no package is LoadGen of v" + number
                    in done.stderr) == (number not in OF_ROUND), (number, done.stderr)
    print("    " + ", ".join(f"v{n}: {OF_ROUND.get(n, OLDEST + ', and a warning')}"
                             for n in ROUNDS))


def drawn(locked, number):
    """(version, indices) of the LoadGen of a round, built by its recipe."""
    run = locked.scratch / f"loadgen-{number}"
    run.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith("MLPGEN_")}
    env |= {
        "MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(locked.cache / "store"),
        "MLPGEN_MACHINE_LOCK": str(locked.scratch / "machine")
    }
    for words in ([locked.mlpgen, "configure",
                   f"get-mlperf-inference-loadgen,_v{number}"], ["ninja"]):
        done = subprocess.run(list(map(str, words)), cwd=run, env=env, capture_output=True,
                              text=True)
        told = done.stdout + done.stderr
        if "no-network" in told or "cannot be reached" in told:
            raise Skip("no package registry can be reached")
        assert done.returncode == 0, told[-3000:]
    plan = [json.loads(line) for line in (run / ".mlpgen/plan").read_text().splitlines()]
    [sources] = [run / e["directory"] / "files" for e in plan if e["name"].endswith("/sources")]
    [library] = run.glob("out/get-mlperf-inference-loadgen/*/libmlperf_loadgen.a")
    program = run / "draws"
    subprocess.run([
        "g++", "-std=c++17", f"-I{sources}", HERE / "draws.cc", library, "-lpthread", "-o", program
    ], check=True)
    version, _, indices = subprocess.run([program, run], check=True, capture_output=True,
                                         text=True).stdout.strip().partition(":")
    return version, [int(word) for word in indices.split() if word.isdigit()]


def case_two_rounds_draw_other_samples_by_the_same_seeds(locked):
    (old, before), (new, after) = drawn(locked, "5.1"), drawn(locked, "6.1")
    assert (old, new) == (OF_ROUND["5.1"], OF_ROUND["6.1"]), (old, new)
    assert len(before) == len(after) == 40 and before != after, (before, after)
    # v5.1 draws what lies in memory from the whole set of 200, v6.1 from its first 64.
    assert max(before) >= 64 > max(after), (before, after)
    print(f"    LoadGen {old}: {before[:6]}, {new}: {after[:6]} ...")
