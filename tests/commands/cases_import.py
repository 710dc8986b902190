"""import-command: what users of CM and MLC type, as lines of mlpgen that resolve; each word is
taken, or its absence has a reason."""
import json
import pathlib
import re
import shlex

from commands.bench import has
from places import ROOT

HERE = pathlib.Path(__file__).resolve().parent
# A part of each command marked with !, and what is said of it.
NO_EQUAL = {
    "--output=out": "words without an equal: --input=in, --output=out",
    "cm gui": "mlpgen show run-mlperf,inference",
    "_branch.dev": "a branch moves",
    "_v4.0": "a word without an equal: _v4.0",
    "_int8,_bs.8": "a word without an equal: _int8",
    "_from-pip": "a word without an equal: _from-pip",
    "_nosuchvariation": "a word without an equal: _nosuchvariation",
    ",-_cpu,": "'CM_MLPERF_DEVICE' has no value",
    "_onnxruntime,_pytorch,_cpu": "a word without an equal: _pytorch",
    "user-conf": "a word without an equal: --mode=performance",
    "_r6.1-dev": "--model=retinanet",  # the round has no such model any more
    "for-intel-mlperf-inference-retinanet": "a word without an equal: "
    "_for-intel-mlperf-inference-retinanet",
}


def typed():
    """(has an equal, command) of each one in cm_commands.txt."""
    text = (HERE / "cm_commands.txt").read_text().replace("\\\n", "")
    lines = [
        line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")
    ]
    return [(not line.startswith("!"), line.lstrip("!")) for line in lines]


def imported(bench, command, code=None):
    done = bench.run([bench.mlpgen, "import-command", command, "--format=json"], code,
                     MLPGEN_HOME=str(ROOT))
    try:
        return json.loads(done.stdout)["commands"], done
    except ValueError:
        raise AssertionError(f"{command}:\n{done.stdout}{done.stderr}") from None


def test_every_command_has_an_equal_that_resolves_or_says_why_not(bench):
    for equal, command in typed():
        (answer, ), done = imported(bench, command)
        if answer["equal"] != equal or done.returncode != (0 if equal else 1):
            raise AssertionError(
                f"{command}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        if not equal:
            reason = next(why for part, why in NO_EQUAL.items() if part in command)
            has(done.stderr, '"id":"no-equal"', reason)
        for line in answer["lines"]:
            resolves(bench, line)


def resolves(bench, line):
    """The line as it stands; of `mlpgen configure` its answer without its files."""
    words = shlex.split(line)
    if words[:2] == ["mlpgen", "configure"]:
        bench.run([bench.mlpgen, "dump", *words[2:]], MLPGEN_HOME=str(ROOT))
    elif words[:2] == ["mlpgen", "store"]:  # it has nothing yet, and says so
        done = bench.run([bench.mlpgen, *words[1:]], None, MLPGEN_HOME=str(ROOT))
        if done.returncode and "[not-in-store]" not in done.stderr:
            raise AssertionError(f"{line}:\n{done.stdout}{done.stderr}")
    elif words[0] == "mlpgen":
        bench.run([bench.mlpgen, *words[1:]], MLPGEN_HOME=str(ROOT))
    elif words[0] != "ninja":
        raise AssertionError(f"what is this: {line}")


def test_no_word_is_lost(bench):
    for equal, command in typed():
        (answer, ), _ = imported(bench, command)
        if not any(line.startswith("mlpgen configure") for line in answer["lines"]):
            continue
        words = {w["word"] for w in answer["words"]}
        asked = {
            w
            for w in shlex.split(command)[1:] if w.startswith("-") and not w.startswith("--tags")
        }
        asked |= set(
            re.findall(
                r"(?<![\w-])-?_[\w.-]+",
                " ".join(w for w in shlex.split(command)
                         if w.startswith("--tags") or not w.startswith("-"))))
        if not asked <= words:
            raise AssertionError(f"{command}: nothing is said of {asked - words}")
        silent = [w["word"] for w in answer["words"] if not w["equal"] and not w["why"]]
        if silent:
            raise AssertionError(f"{command}: no reason for {silent}")


def test_the_tutorial_in_one_command(bench):
    (answer, ), _ = imported(
        bench, next(c for _, c in typed() if "_dashboard" in c and "--adr.python.version_min" in c),
        0)
    assert answer["lines"][1] == "ninja", "`_submission` makes it the default target"
    has(answer["lines"][0], "mlpgen configure run-mlperf-inference-app,_submission,_short",
        "--adr.compiler.tags=gcc", "--adr.openimages-preprocessed.tags=_500",
        "--submitter=Community", "--model=retinanet", "--test_query_count=10")


def test_the_text_can_be_pasted(bench):
    text = bench.ask("import-command",
                     "cmr 'get mlperf inference loadgen' --quiet\nmlcr detect,os -v",
                     MLPGEN_HOME=str(ROOT))
    has(
        text, "# cmr 'get mlperf inference loadgen' --quiet\n"
        "mlpgen configure get-mlperf-inference-loadgen\nninja\n"
        "#   --quiet is not needed: mlpgen asks nothing\n", "mlpgen configure detect-os\n")
    for line in text.splitlines():
        assert line.startswith(("#", "mlpgen ", "ninja")), line


def test_words_that_the_resolver_refuses_are_taken_out_with_its_reason(bench):
    (answer, ), _ = imported(
        bench,
        "mlcr run-mlperf,inference --model=retinanet --nam=x --threads=many --env.MLC_NO_SUCH=1", 1)
    why = {w["word"]: w["why"] for w in answer["words"]}
    assert why["--nam=x"] and why["--threads=many"] and why[
        "--env.MLC_NO_SUCH=1"] and not why["--model=retinanet"]
    assert answer["lines"][0] == "mlpgen configure run-mlperf-inference-app --model=retinanet"


def test_a_command_that_is_not_quoted_is_read_as_well(bench):
    assert bench.ask("import-command", "cm", "run", "script", "--tags=detect,os",
                     MLPGEN_HOME=str(ROOT)).startswith("mlpgen configure detect-os\n")
    has(bench.refused("import-command", code=2, MLPGEN_HOME=str(ROOT)), "[missing-word]")


def test_the_page_for_users_of_cm_shows_real_output(bench):
    page = (ROOT / "docs/from-cm.md").read_text()
    blocks = re.findall(
        r"^    \$ mlpgen import-command (.*(?:\n    >.*)*)\n((?:    .*\n|\n(?=    ))*)", page, re.M)
    assert len(blocks) > 3
    for command, output in blocks:
        words = shlex.split(re.sub(r"\n    > ?", "\n", command))
        done = bench.run([bench.mlpgen, "import-command", *words], None, MLPGEN_HOME=str(ROOT))
        real = done.stdout + done.stderr
        shown = re.sub(r"^    ", "", output, flags=re.M)
        if real != shown:
            raise AssertionError(
                f"docs/from-cm.md shows for {command}:\n{shown}--- and it is:\n{real}")
