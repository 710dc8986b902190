"""What can never run: configure refuses it where it is what was asked for, and lists it where
another target needs it."""
from commands.bench import has, has_not
from places import ROOT

CPP = "--implementation=cpp"
REFERENCE = "app,mlperf,inference,reference"
SERVER = [
    "--model=retinanet", "--category=datacenter", "--scenario=Server", "--execution_mode=valid"
]
# Words, and what the refusal says. Each was configured once and failed when it ran, or ran as
# something else.
REFUSED = [
    (["--power=yes"], "the power is measured of mlpgen's C++ harness only"),
    (["--power=yes", CPP, "--model=retinanet"], "measuring the power needs power-dev's server"),
    (["--docker=yes"], "running in a container is not written"),
    (["--network=lon"], "LoadGen over the network is not written"),
    (["--network=sut", CPP, "--model=retinanet"], "LoadGen over the network is not written"),
    ([f"{REFERENCE},_retinanet", "--power=yes"], "measuring the power is not written"),
    (SERVER, "a valid run in Server needs a target"),
    (["--division=closed", "_submission"],
     "has the compliance test TEST01, and the implementation reference has no run"),
    (["--division=closed", "--compliance=yes"], "has the compliance test TEST01"),
    ([f"{REFERENCE},_rnnt"], "have no reference of RNN-T"),
    ([f"{REFERENCE},_rnnt", "--adr.inference-src.version=r4.1"], "have no reference of RNN-T"),
    ([f"{REFERENCE},_gptj-99,_multistream"], "GPT-J does not run MultiStream"),
    ([f"{REFERENCE},_gptj-99", "--scenario=MultiStream"], "GPT-J does not run MultiStream"),
    ([f"{REFERENCE},_3d-unet-99,_server"], "3D U-Net does not run Server"),
    ([f"{REFERENCE},_llama2-70b-99,_singlestream"], "Llama 2 does not run SingleStream"),
    (["--model=resnet50", "--backend=pytorch"], "imports Caffe2"),
    (["--model=resnet50", "--backend=tflite"], "this model gives the class itself"),
    (["--implementation=dummy"], "measures nothing"),
    (["--model=retinanet", "_r4.0"],
     "every package of LoadGen notes an error of the run with the programs of a round before v5.0"),
    # A batch that the program cannot be told.
    *[([f"--model={model}", "--batch_size=8", *more
        ], "on one sample at a time, and nothing tells it to take 8")
      for model, more in (("bert-99", ["_r5.1"]), ("3d-unet-99", []), ("gptj-99", []))],
    ([f"{REFERENCE},_gptj-99,_batch_size.4"], "nothing tells it to take 4"),
    # A precision that no program computes in.
    *[([f"--precision={p}"], f"with onnxruntime does not compute in {told}")
      for p, told in (("int8", "int8"), ("fp16", "float16"), ("float16", "float16"),
                      ("bfloat16", "bfloat16"), ("uint8", "uint8"))],
    *[([f"{REFERENCE},_{model},_{precision}"], f"does not compute in {precision}")
      for model in ("retinanet", "3d-unet-99", "bert-99") for precision in ("float16", "bfloat16")],
    ([f"{REFERENCE},_gptj-99,_int8"], "does not compute in int8"),
    ([f"{REFERENCE},_sdxl,_int8"], "does not compute in int8"),
    ([f"{REFERENCE},_dlrm-v2-99,_int8"], "does not compute in int8"),
    ([f"{REFERENCE},_bert-99,_pytorch,_int8"], "does not compute in int8"),
    (["--preset=demo", "--precision=int8"], "in fp32, and no step makes it int8"),
    (["--preset=demo", "--precision=float16"], "in fp32, and no step makes it fp16"),
    (["--implementation=intel", "_r3.1", "--model=bert-99",
      "--precision=fp32"], "in int8, and not in fp32"),
]
# Words that run, and say the same by both names of a precision.
TAKEN = [
    ["--precision=fp32"],
    ["--precision=float32"],
    ["--preset=demo", "--precision=float32"],
    ["--model=bert-99", "--precision=int8"],
    ["--model=sdxl", "--precision=fp16"],
    ["--model=sdxl", "--precision=float16"],
    ["--model=resnet50", "--backend=tflite", "--adr.resnet50-model.tags=_no-argmax"],
    ["--division=closed"],
    ["--division=closed", "_compliance", CPP, "--model=retinanet"],
    ["--division=closed", "_submission", CPP, "--model=resnet50", "_r6.1"],
    # Plain `ninja` searches for the rate, which needs no target.
    [*SERVER, CPP],
    [*SERVER, CPP, "--target_qps=10"],
    ["--model=retinanet", "--category=datacenter", "--scenario=Server"],
    ["--model=gptj-99", "--batch_size=1"],
    ["--model=sdxl", "--batch_size=4"],
]


def configure(bench, *words, code):
    return bench.run([bench.mlpgen, "configure", *words], code=code, MLPGEN_HOME=str(ROOT))


def test_a_request_that_cannot_run_is_refused_at_configure(bench):
    wrong = []
    for words, said in REFUSED:
        done = configure(bench, *words, code=None)
        told = "[cannot-run]" in done.stderr and said in done.stderr
        if done.returncode != 1 or not told or "not-locked" in done.stderr:
            wrong.append(f"{' '.join(words)}: {done.returncode} {done.stderr[:400]}")
    if wrong:
        raise AssertionError("\n".join(wrong))
    assert not (bench.run_directory / "build.ninja").exists()


def test_a_refusal_names_the_word_and_the_way_out(bench):
    said = configure(bench, "--power=yes", code=1).stderr
    has(said, "command line:1:9", "recipes/app/app-mlperf-inference/recipe.yaml",
        "help: leave --power out")
    has(
        configure(bench, f"{REFERENCE},_gptj-99", "--scenario=MultiStream", code=1).stderr,
        "command line:", "Offline, Server or SingleStream")


def test_what_can_run_is_taken_and_precisions_have_both_names(bench):
    wrong = []
    for words in TAKEN:
        done = configure(bench, *words, code=None)
        if done.returncode:
            wrong.append(f"{' '.join(words)}: {done.stderr[:400]}")
    if wrong:
        raise AssertionError("\n".join(wrong))


def test_summary_and_json_list_what_other_targets_cannot_do(bench):
    said = configure(bench, "--division=closed", code=0).stdout
    has(
        said, "  cannot run      ",
        "check, compliance, report, submission: a closed submission of resnet50 in v6.1 has the "
        "compliance test TEST01")
    refused = bench.ask_json_of(ROOT, "configure", "--division=closed")["refused"]
    targets = {name: r for r in refused for name in r["targets"]}
    has(targets["compliance"]["reason"], "has the compliance test TEST0")
    has(targets["submission"]["help"], "--division=open")
    has_not(" ".join(targets), "find-performance")


def test_a_refused_request_can_still_be_asked_about(bench):
    has(bench.ask("plan", "--power=yes", MLPGEN_HOME=str(ROOT)),
        "the power is measured of mlpgen's C++ harness only")
    said = bench.ask("doctor", "--power=yes", code=1, MLPGEN_HOME=str(ROOT))
    has(
        said, "request\n  missing  the power is measured of mlpgen's C++ harness only\n"
        "           leave --power out")
    has_not(said, "Nothing is missing")


def readme_values(bench, *words):
    answer = bench.ask_json_of(ROOT, "dump", "--stage=resolve", "_submission", *words)
    one = next(i for i in answer["instances"] if i["recipe"] == "prepare-mlperf-inference-result")
    return [
        one["env"][key]["value"]
        for key in ("CM_MLPERF_MODEL_PRECISION", "CM_MLPERF_PRECISION_NOTE",
                    "CM_MLPERF_MEASUREMENTS_WEIGHT_DATA_TYPES")
    ]


def test_the_readme_says_the_precision_that_ran(bench):
    assert readme_values(bench, CPP, "--model=retinanet") == ["fp32", "", "fp32"]
    assert readme_values(bench, "--model=bert-99", "--precision=int8") == ["int8", "", "int8"]
    assert readme_values(bench, "--model=sdxl", "--precision=float16") == ["fp16", "", "fp16"]
    assert readme_values(bench, "--backend=tflite",
                         "--adr.resnet50-model.tags=_int8,_no-argmax") == ["int8", "", "int8"
                                                                           ], "that of the model"
    assert readme_values(bench, "--implementation=intel", "_r3.1",
                         "--model=bert-99") == ["int8", "", "int8"]


OWN = """format: 1
recipe: own-harness
about: A submitter's own harness
tags: [own-harness]
inherits: [CM_MLPERF_MODEL_PRECISION]
exports: {CM_MLPERF_ACCURACY_LOG: "", CM_MLPERF_PERFORMANCE_RESULTS_DIR: ""}
"""


def test_the_precision_of_an_own_harness_is_declared_by_its_maker(bench):
    own = bench.folder / "own"
    (own / "recipes/mine/own-harness").mkdir(parents=True)
    (own / "recipes/mine/own-harness/recipe.yaml").write_text(OWN)
    words = [
        "--adr.mlperf-inference-implementation.tags=own-harness,-app,-mlperf,-inference,"
        "-mlcommons,-python", f"--trust={own}", "--precision=int8"
    ]
    assert readme_values(bench, *words)[:2] == ["int8", " (declared by its maker)"]
