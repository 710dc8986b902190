"""Words of a request in the command lines of the reference, and the sizes of the data sets that its
runs read."""
import json

from commands.bench import has
from places import ROOT

REFERENCE = "app,mlperf,inference,reference"


def edges(bench, *words):
    bench.run([bench.mlpgen, "configure", *words], MLPGEN_HOME=str(ROOT))
    return [
        json.loads(line)
        for line in (bench.run_directory / ".mlpgen/plan").read_text().splitlines()
    ]


def words_of_the_run(bench, *words):
    [edge] = [
        e for e in edges(bench, *words)
        if e["name"].startswith("benchmark-program-mlperf/performance")
    ]
    return [
        w.removeprefix("--word=").removeprefix("--path-env=") for w in edge["argv"]
        if w.startswith(("--word=", "--path-env="))
    ]


def test_a_batch_size_reaches_each_program_that_takes_one(bench):
    assert "--max-batchsize=4" in words_of_the_run(bench, f"{REFERENCE},_sdxl", "--max_batchsize=4")
    assert "--max-batchsize=4" in words_of_the_run(bench, f"{REFERENCE},_sdxl,_batch_size.4")
    assert "--batch-size=4" in words_of_the_run(bench, f"{REFERENCE},_llama2-70b-99,_batch_size.4")
    assert "--max-batchsize=4" in words_of_the_run(bench, f"{REFERENCE},_dlrm-v2-99,_batch_size.4")
    assert not [
        w for w in words_of_the_run(bench, f"{REFERENCE},_gptj-99,_batch_size.1") if "batch" in w
    ]


def test_int8_of_bert_is_the_quantized_model_and_its_option(bench):
    said = words_of_the_run(bench, f"{REFERENCE},_bert-99,_int8")
    assert "--quantized" in said and any(
        w.startswith("ML_MODEL_FILE_WITH_PATH=") and w.endswith("/bert_large_v1_1_fake_quant.onnx")
        for w in said), said


# Request, recipe of the data set, and how many samples it has then: those of the old tools in a
# test run, all in others.
CPP = "--implementation=cpp"
SIZES = [
    (["--model=retinanet", CPP], "get-preprocessed-dataset-openimages", "50"),
    (["--model=retinanet", CPP,
      "--execution_mode=fast"], "get-preprocessed-dataset-openimages", "24781"),
    (["--model=retinanet", CPP,
      "--execution_mode=valid"], "get-preprocessed-dataset-openimages", "24781"),
    (["--model=retinanet", CPP,
      "--adr.openimages-preprocessed.tags=_500"], "get-preprocessed-dataset-openimages", "500"),
    (["--model=resnet50", CPP], "get-preprocessed-dataset-imagenet", "500"),
    (["--model=resnet50", CPP,
      "--execution_mode=valid"], "get-preprocessed-dataset-imagenet", "50000"),
    (["--model=resnet50", CPP, "--execution_mode=valid",
      "--adr.imagenet-preprocessed.tags=_500"], "get-preprocessed-dataset-imagenet", "500"),
    (["--model=sdxl"], "get-dataset-coco2014", "50"),
    (["--model=sdxl", "--execution_mode=fast", "--target_qps=1"], "get-dataset-coco2014", "5000"),
    # Stand-ins are small, and a run takes all of them.
    (["--preset=demo"], "get-preprocessed-dataset-openimages", "64"),
    (["--preset=demo", "--execution_mode=valid"], "get-preprocessed-dataset-openimages", "64"),
    (["--preset=efficientnet"], "get-preprocessed-dataset-imagenet", "20"),
    (["--preset=efficientnet",
      "--execution_mode=valid"], "get-preprocessed-dataset-imagenet", "20"),
    (["--preset=fashion-mnist",
      "--execution_mode=fast"], "get-preprocessed-dataset-imagenet", "10000"),
]
ALL = {"get-preprocessed-dataset-openimages": "24781",
       "get-dataset-coco2014": "5000"}  # where no size is set


def samples(bench, words, recipe):
    [one
     ] = [i for i in bench.ask_json_of(ROOT, "dump", *words)["instances"] if i["recipe"] == recipe]
    size = one["env"].get("CM_DATASET_SIZE", {}).get("value", "")
    if any(v.startswith("demo") for v in one["variations"]):
        has(one["env"]["CM_DATASET_NAME"]["value"], "64 images")
        return size or "64"
    return size or ALL[recipe]


def test_a_test_run_takes_the_small_data_set_and_others_all_of_it(bench):
    found = [(words, recipe, samples(bench, words, recipe)) for words, recipe, _ in SIZES]
    assert found == SIZES, [(f, s) for f, s in zip(found, SIZES) if f != s]


def test_a_first_run_of_retinanet_needs_little_room(bench):
    least = [
        bench.ask_json_of(ROOT, "plan", "submission", "--model=retinanet", CPP,
                          f"--execution_mode={mode}")["disk"]["least_bytes"]
        for mode in ("test", "valid")
    ]
    assert least[0] < 2 * 10**9 and least[1] > 180 * 10**9, least
