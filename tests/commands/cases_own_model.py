"""A model of the submitter's own in place of the published one, in its declared precision; what
_full asks for."""
import json

from commands.bench import has, has_not
from places import ROOT

MODEL = ROOT / "recipes/model/get-ml-model-retinanet/demo/model.onnx"
REQUEST = ("_submission", "--model=retinanet", "--implementation=cpp", "--hw_name=box",
           "--submitter=me", "--adr.openimages-preprocessed.tags=_demo", f"--with_model={MODEL}")
QUANTIZED = ("--own_model=quantized", "--precision=int8")


def configured(bench, *words, code=0):
    done = bench.run([bench.mlpgen, "configure", *REQUEST, *words], code=code,
                     MLPGEN_HOME=str(ROOT))
    return done.stdout + done.stderr


def env_of_result(bench):
    said = bench.ask("dump", "--stage=resolve", MLPGEN_HOME=str(ROOT))
    resolution, _ = json.JSONDecoder().raw_decode(said)
    env = [
        i["env"] for i in resolution["instances"]
        if i["recipe"] == "prepare-mlperf-inference-result"
    ][-1]
    return {key: entry["value"] for key, entry in env.items()}


def test_a_quantized_model_runs_with_its_declared_precision(bench):
    configured(bench, *QUANTIZED)
    env = env_of_result(bench)
    assert env["CM_MLPERF_MODEL_PRECISION"] == "int8", env
    assert env["CM_MLPERF_PRECISION_NOTE"] == " (declared by its maker)", env
    assert env["CM_MLPERF_MEASUREMENTS_WEIGHT_TRANSFORMATIONS"] == "quantized by the submitter", env
    assert env["CM_MLPERF_OWN_MODEL_FILE"] == str(MODEL), env
    plan = (bench.run_directory / ".mlpgen/plan").read_text()
    assert f"--digests=weights_sha256={MODEL}" in plan, "its digest is in the measurements"
    assert "resnext50_32x4d_fpn.onnx" not in plan, "the published model is not fetched"


def test_a_retrained_model_says_so(bench):
    configured(bench, "--own_model=retrained")
    env = env_of_result(bench)
    assert env["CM_MLPERF_MEASUREMENTS_RETRAINING"] == "yes", env
    assert env["CM_MLPERF_MODEL_PRECISION"] == "fp32", env


def test_closed_takes_a_quantized_model_with_its_calibration_document(bench):
    said = configured(bench, *QUANTIZED, "--division=closed", code=1)
    has(said, "[cannot-run]", "how a quantized model was calibrated", "--calibration_document=FILE")
    document = bench.run_directory / "how.md"
    document.write_text("500 images, minimum and maximum.\n")
    done = bench.run([
        bench.mlpgen, "configure", *REQUEST, *QUANTIZED, "--division=closed",
        "--calibration_document=how.md"
    ], code=None, MLPGEN_HOME=str(ROOT))
    has_not(done.stdout + done.stderr, "how a quantized model was calibrated")
    said = configured(bench, "--own_model=retrained", "--division=closed", code=1)
    has(said, "the closed division allows no retrained model")


def test_what_takes_no_model_of_ones_own_refuses_it(bench):
    said = bench.refused("configure", "--model=retinanet", "--implementation=cpp",
                         "--own_model=quantized", MLPGEN_HOME=str(ROOT))
    has(said, "--with_model")
    said = bench.refused("configure", "--preset=demo", f"--with_model={MODEL}",
                         "--own_model=quantized", MLPGEN_HOME=str(ROOT))
    has(said, "quantized", "demo")


def test_full_asks_for_valid_runs(bench):
    for words, style in ((["_full"], "valid"), ([], "test"), (["_full", "--execution_mode=test"],
                                                              "test")):
        bench.ask("configure", "--preset=demo", *words, MLPGEN_HOME=str(ROOT))
        said = bench.ask("dump", "--stage=resolve", MLPGEN_HOME=str(ROOT))
        resolution, _ = json.JSONDecoder().raw_decode(said)
        styles = {
            i["env"]["CM_MLPERF_RUN_STYLE"]["value"]
            for i in resolution["instances"] if "CM_MLPERF_RUN_STYLE" in i["env"]
        }
        assert styles == {style}, (words, styles)
