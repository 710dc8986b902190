"""What texts of a submission say of the system and the frameworks, before anything has run."""
import re

from commands.bench import ROOT

BACKENDS = [("resnet50", "onnxruntime"), ("resnet50", "pytorch"), ("resnet50", "tf"), ("retinanet", "onnxruntime"), ("bert-99", "onnxruntime")]


def env_of(bench, recipe, *request):
    instances = bench.ask_json_of(ROOT, "dump", "run-mlperf-inference-app,_submission", *request)["instances"]
    return [i["env"] for i in instances if i["recipe"] == recipe][-1]


def test_no_description_has_an_empty_version(bench):
    for model, backend in BACKENDS:
        env = env_of(bench, "prepare-mlperf-inference-result", "--implementation=reference", f"--model={model}", f"--backend={backend}")
        for key in ("CM_MLPERF_FRAMEWORK_DESCRIPTION", "CM_MLPERF_HARNESS_DESCRIPTION"):
            text = env[key]["value"]
            if not text or text != text.strip() or "  " in text or " and " == text[-5:]:
                raise AssertionError(f"{model}, {backend}: {key} is '{text}'")


def test_the_kind_of_system_follows_the_category(bench):
    for category in ("edge", "datacenter"):
        env = env_of(bench, "get-mlperf-inference-sut-description", "--model=retinanet", "--implementation=cpp", f"--category={category}")
        assert env["CM_MLPERF_SUT_SYSTEM_TYPE_DETAIL"]["value"] == f"{category} server", env["CM_MLPERF_SUT_SYSTEM_TYPE_DETAIL"]


def test_the_code_and_the_name_are_those_of_the_harness(bench):
    for implementation, part in (("cpp", "/src"), ("reference", "main.py")):
        env = env_of(bench, "prepare-mlperf-inference-result", "--model=retinanet", f"--implementation={implementation}")
        assert env["CM_MLPERF_HARNESS_CODE"]["value"].endswith(part) and env["CM_MLPERF_HARNESS_NAME"]["value"] == implementation, env["CM_MLPERF_HARNESS_CODE"]


def test_the_version_of_a_framework_is_the_installed_one(bench):
    """Environments of a lock may disagree, and another one's version would be wrong."""
    for model, backend in BACKENDS:
        env = env_of(bench, "prepare-mlperf-inference-result", "--implementation=reference", f"--model={model}", f"--backend={backend}")
        text = env["CM_MLPERF_FRAMEWORK_DESCRIPTION"]["value"]
        assert re.search(r"get-python-environment/environment.packages>?#/packages/\[name=[a-z-]+\]/version", text), text
