"""What texts of a submission say of the system and the frameworks, before anything has run."""
import json
import re
import shutil

from places import ROOT

BACKENDS = [("resnet50", "onnxruntime"), ("resnet50", "pytorch"), ("resnet50", "tf"),
            ("retinanet", "onnxruntime"), ("bert-99", "onnxruntime")]


def env_of(bench, recipe, *request):
    instances = bench.ask_json_of(ROOT, "dump", "run-mlperf-inference-app,_submission",
                                  *request)["instances"]
    return [i["env"] for i in instances if i["recipe"] == recipe][-1]


def test_no_description_has_an_empty_version(bench):
    for model, backend in BACKENDS:
        env = env_of(bench, "prepare-mlperf-inference-result", "--implementation=reference",
                     f"--model={model}", f"--backend={backend}")
        for key in ("CM_MLPERF_FRAMEWORK_DESCRIPTION", "CM_MLPERF_HARNESS_DESCRIPTION"):
            text = env[key]["value"]
            if not text or text != text.strip() or "  " in text or " and " == text[-5:]:
                raise AssertionError(f"{model}, {backend}: {key} is '{text}'")


def test_the_type_of_the_system_is_the_category_and_no_more_is_guessed(bench):
    for category in ("edge", "datacenter"):
        env = env_of(bench, "get-mlperf-inference-sut-description", "--model=retinanet",
                     "--implementation=cpp", f"--category={category}")
        assert env["CM_MLPERF_SUBMISSION_SYSTEM_TYPE"]["value"] == category, env
        assert env["CM_MLPERF_SUT_SYSTEM_TYPE_DETAIL"]["value"] == "", env


def test_the_code_and_the_name_are_those_of_the_harness(bench):
    for implementation, part in (("cpp", "mlcommons-cpp/code.tree>"), ("reference", "main.py")):
        env = env_of(bench, "prepare-mlperf-inference-result", "--model=retinanet",
                     f"--implementation={implementation}")
        assert env["CM_MLPERF_HARNESS_CODE"]["value"].endswith(part) and env[
            "CM_MLPERF_HARNESS_NAME"]["value"] == implementation, env["CM_MLPERF_HARNESS_CODE"]


def test_the_version_of_a_framework_is_the_installed_one(bench):
    """Environments of a lock may disagree, and another one's version would be wrong."""
    for model, backend in BACKENDS:
        env = env_of(bench, "prepare-mlperf-inference-result", "--implementation=reference",
                     f"--model={model}", f"--backend={backend}")
        text = env["CM_MLPERF_FRAMEWORK_DESCRIPTION"]["value"]
        assert re.search(
            r"get-python-environment/environment.packages>?#/packages/\[name=[a-z-]+\]/version",
            text), text


def words(text):
    """Lines `key: value` of the page's recipe, below their keys."""
    return dict(re.findall(r"^ *([A-Za-z_]+): (.+)$", text, re.M))


def test_an_own_harness_is_made_as_its_page_says(bench):
    page = (ROOT / "docs/own-harness.md").read_text()
    changed = words(re.search(r"```yaml\n(.*?)```", page, re.S)[1])
    [line] = re.findall(r"^\$ mlpgen (configure .*)$", page, re.M)
    own = bench.run_directory / "my/recipes/app/my-harness"
    shutil.copytree(ROOT / "recipes/app/app-mlperf-inference-mlcommons-cpp", own)
    text = (own / "recipe.yaml").read_text()
    for key, value in changed.items():
        text, found = re.subn(rf"^( *){key}: (?:>-(?:\n\1 +.*)+|.*)$",
                              lambda m: f"{m[1]}{key}: {value}", text, count=1, flags=re.M)
        if not found:
            text = text.replace("exports:\n  # ", f"exports:\n  {key}: {value}\n  # ", 1)
    (own / "recipe.yaml").write_text(text)
    bench.run([bench.mlpgen, "check", "my"], 0, MLPGEN_HOME=str(ROOT))
    bench.run([bench.mlpgen, *line.split()], 0, MLPGEN_HOME=str(ROOT))
    edges = {
        e["name"]: e["argv"]
        for e in map(json.loads, (bench.run_directory /
                                  "run/.mlpgen/plan").read_text().splitlines())
    }
    tree, readme = edges["prepare-mlperf-inference-result/result"], " ".join(
        edges["prepare-mlperf-inference-result/readme"])
    assert "--implementation=my-harness" in tree and any(
        word.startswith("--code=out/my-harness/") for word in tree), tree
    assert f"--copy=harness={own / 'src'}" in edges["my-harness/code"], edges["my-harness/code"]
    assert "harness=My harness with LoadGen 5" in readme, readme
    assert "precision=fp32 (declared by its maker)" in readme, readme
    assert any(name.startswith("my-harness/performance") for name in edges), sorted(edges)
