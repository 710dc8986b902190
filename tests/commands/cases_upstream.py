"""import-command on the commands that upstream shows (collect_commands.py): what it prints selects
what the words asked for, or it prints nothing."""
import concurrent.futures
import json
import pathlib
import re
import shlex

from commands import collect_commands
from commands.bench import has
from places import ROOT

HERE = pathlib.Path(__file__).resolve().parent
AT_ONCE = 4
BENCHMARK = "app-mlperf-inference"  # the recipe of one measured point
# What a word of CM or MLC asks for, and the key of the point that must then have the value.
KEYS = {
    "model": "CM_MLPERF_MODEL", "scenario": "CM_MLPERF_LOADGEN_SCENARIO",
    "implementation": "CM_MLPERF_IMPLEMENTATION", "lang": "CM_MLPERF_IMPLEMENTATION",
    "backend": "CM_MLPERF_BACKEND", "framework": "CM_MLPERF_BACKEND", "device": "CM_MLPERF_DEVICE",
    "precision": "CM_MLPERF_MODEL_PRECISION", "division": "CM_MLPERF_SUBMISSION_DIVISION",
    "category": "CM_MLPERF_SUBMISSION_SYSTEM_TYPE",
    "system_type": "CM_MLPERF_SUBMISSION_SYSTEM_TYPE", "execution_mode": "CM_MLPERF_RUN_STYLE",
    "run_style": "CM_MLPERF_RUN_STYLE"
}
SAME = {
    "tensorflow": "tf", "python": "reference", "mlcommons-python": "reference",
    "mlcommons-cpp": "cpp", "float32": "fp32", "float16": "fp16", "all": None
}
SPELLED = {"mlc": "mlcommons"}  # variations of which a recipe may have the other name only
MEANS = {"r2-downloader", "rclone", "wget"}  # of fetching: they choose no file


def table():
    rows = [
        line.split("\t") for line in collect_commands.TABLE.read_text().splitlines()
        if not line.startswith("#")
    ]
    return [(verdict.split(":")[0], command) for verdict, _, command in rows]


def words_of(command):
    return shlex.split(re.sub(r"<[^<>]*>", "x", command))


def same(value):
    return SAME.get(value.lower(), value.lower())


def asked(command):
    """({key: value}, variations) of the words of the command, read without mlpgen's help."""
    keys, variations = {}, set()
    for word in words_of(command)[1:]:
        if word.startswith("--") and not word.startswith("--tags"):
            name, _, value = word[2:].partition("=")
            if value and KEYS.get(name.replace("-", "_")):
                keys[KEYS[name.replace("-", "_")]] = same(value)
        else:
            variations |= {tag[1:] for tag in re.split("[ ,=]", word) if tag.startswith("_")}
    for name in [v for v in variations if re.fullmatch(r"r\d\.\d(-dev)?", v)]:
        variations.discard(name)
        keys["CM_MLPERF_INFERENCE_VERSION"] = name[1:4]
    return keys, {v.replace("_", "-") for v in variations - MEANS}


def resolved(bench, words):
    done = bench.run([bench.mlpgen, "dump", *words, "--format=json"], 0, MLPGEN_HOME=str(ROOT))
    return json.loads(done.stdout)["instances"]


def request(answer):
    """The words of the printed `mlpgen configure`, a value in each placeholder's place."""
    [line] = [line for line in answer["lines"] if line.startswith("mlpgen configure ")]
    trial = {w["equal"]: w["trial"] for w in answer["words"] if w["trial"]}
    return [trial.get(word, word) for word in shlex.split(line)[2:]]


def compare(bench, command, answer):
    """What the printed line selects, against what the words asked for."""
    keys, variations = asked(command)
    instances = resolved(bench, request(answer))
    recipe = request(answer)[0].split(",")[0]
    roots = [i for i in instances if i["recipe"] == recipe]
    active = {v.replace("_", "-") for i in roots for v in i["variations"]}
    names = {
        v
        for v in variations
        if not any(a in (v, SPELLED.get(v)) or a.startswith(v.split(".")[0] + ".") for a in active)
    }
    values = {e.get("value", "").lower() for i in roots for e in i["env"].values()}
    if missing := {v for v in names if v.lower() not in values}:
        raise AssertionError(
            f"{command}: {request(answer)} does not select {missing}, but {active}")
    points = [i for i in instances if i["recipe"] == BENCHMARK] or roots
    for key, value in keys.items():
        for point in points:
            has_value = same(point["env"].get(key, {}).get("value", ""))
            if value is not None and has_value is not None and has_value != value:
                raise AssertionError(
                    f"{command}: {request(answer)} has {has_value} for {key}, and {value} was "
                    f"asked for")


def judge(bench, row):
    kind, command = row
    done = bench.run([bench.mlpgen, "import-command", command, "--format=json"], None,
                     MLPGEN_HOME=str(ROOT))
    answer = json.loads(done.stdout)["commands"][0]
    now = collect_commands.verdict(answer)
    if now.split(":")[0] != kind:
        raise AssertionError(f"{command}: {now}, and the table says {kind}")
    if done.returncode != (kind != "equal"):
        raise AssertionError(f"{command}: {kind}, exit code {done.returncode}")
    if kind == "refused":
        if answer["lines"] or not now.removeprefix("refused:").strip(" ()"):
            raise AssertionError(f"{command}: refused without a reason: {answer}")
    elif any(line.startswith("mlpgen configure ") for line in answer["lines"]):
        compare(bench, command, answer)


def test_what_is_printed_for_upstreams_commands_selects_what_was_asked(bench):
    rows = table()
    assert len(rows) >= 300, len(rows)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        wrong = []
        for outcome in [pool.submit(judge, bench, row) for row in rows]:
            try:
                outcome.result()
            except AssertionError as why:
                wrong.append(str(why))
    if wrong:
        raise AssertionError(f"{len(wrong)} of {len(rows)}:\n" + "\n".join(wrong))


def imported(bench, command, code):
    done = bench.run([bench.mlpgen, "import-command", command], code, MLPGEN_HOME=str(ROOT))
    return done.stdout, done.stderr


def test_a_command_whose_benchmark_cannot_be_selected_prints_no_line(bench):
    for word in [
            "--model=yolo-95", "--scenario=Sever", "--implementation=amd", "--framework=vllm",
            "--device=npu", "--precision=int4", "--division=close", "--category=edgy",
            "--execution_mode=quick", "--mode=accurate", "--modle=bert-99", "_r7.0", "_no-such",
            "--device=${device}", "--model=<MODEL>", "--env.MLC_MLPERF_MODELS=x",
            "--adr.mlperf-implementation.tags=_int4", "--MODEL=bert-99", "--Scenario=Server",
            "--cuda", "--server", "--int8", "--valid", "--all-scenarios", "--r4.1",
            "--input.model=bert-99", "--adr.mlperf-implementation.version=custom",
            "--add_deps_recursive.mlperf-inference-implementation.tags=_cuda",
            "--add-deps.mlperf-inference-implementation.tags=_cuda",
            "--local_env.MLC_MLPERF_MODELS=x", "--default_env.CM_MLPERF_DEVICE=cuda",
            "--const_state.x.y=1", "--mlc_input_file=run.yaml", "--adr.retinanet-model.names=x",
            "--adr.loadgen.version=5.0", "--adr={}", "--state.x=1"
    ]:
        tags, option = (f",{word}", "") if word.startswith("_") else ("", word)
        out, err = imported(bench,
                            f"mlcr run-mlperf,inference{tags} --model=retinanet {option} --quiet",
                            1)
        assert not any(line.startswith("mlpgen") for line in out.splitlines()), (word, out)
        has(err, f"has a word without an equal: {word}", "no line is printed")


def test_words_around_a_command_choose_nothing(bench):
    plain = imported(
        bench,
        "mlcr run-mlperf,inference --model=retinanet --scenario=Server --category=datacenter", 0)[0]
    for command in [
            "mlcr run-mlperf,inference --model=retinanet --scenario=server --category=datacenter "
            "-j --quiet > log.json 2>&1",
            "mlcr run-mlperf,inference --model=retinanet --scenario=SERVER --category=Datacenter "
            "2>&1 | tee log.txt",
            "mlcr run-mlperf,inference --model=retinanet --scenario=server --category=datacenter "
            "--hf_token=<my access token> </dev/null"
    ]:
        out = imported(bench, command, 0)[0]
        assert out.splitlines()[:2] == plain.splitlines()[:2], out


def test_a_placeholder_stays_in_the_line(bench):
    out, _ = imported(
        bench,
        "mlcr run-mlperf,inference --model=retinanet --scenario=Server --category=datacenter "
        "--server_target_qps=<MY RATE>", 0)
    has(out, "'--server_target_qps=<MY RATE>'\n",
        "#   --server_target_qps=<MY RATE>: put a value in place of <MY RATE>\n")


def test_scripts_for_folders_of_earlier_runs_name_their_equal(bench):
    for command, equal in [
        ("mlcr generate,inference,submission --run_checker=yes --submitter=MyTeam "
         "--division=closed", "`ninja submission`"),
        ("mlcr run,mlperf,submission,checker,inference --submission_dir=/data/tree",
         "`ninja check`"),
        ("mlcr run,mlperf,inference,accuracy,truncator --submission_dir=/data/tree",
         "mlpgen-tool truncate-accuracy-log"),
        ("mlcr run,accuracy,mlperf,_dataset_openorca --result_dir=<Path to the results>",
         "`ninja accuracy`")
    ]:
        has(
            imported(bench, command, 0)[0],
            "the equal is a target of the benchmark's run directory", equal)


def test_each_spelling_of_an_override_is_the_same_word(bench):
    lines = set()
    for name in ["adr", "ad", "add_deps_recursive", "add-deps-recursive", "add_deps"]:
        out, _ = imported(
            bench, f"mlcr run-mlperf,inference --model=retinanet --{name}.compiler.tags=llvm", 0)
        lines.add(out.splitlines()[0])
    assert lines == {
        "mlpgen configure run-mlperf-inference-app --model=retinanet --adr.compiler.tags=llvm"
    }, lines
