"""Words of requests that did something else than they say, each with its right outcome."""
import json
import os
import subprocess

from places import MLPGEN, ROOT

CPP = ("--implementation=cpp", "--model=retinanet")
REFERENCE = "app-mlperf-inference-mlcommons-python"


class Job:
    """A run directory and what `mlpgen configure` makes there."""
    def __init__(self, folder):
        self.mlpgen, self.folder, self.run = MLPGEN, folder, folder / "run"
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "MLPGEN_HOME": str(ROOT),
            "MLPGEN_STORE": str(self.folder / "store"),
            "MLPGEN_MACHINE_LOCK": str(self.folder / "machine"), "LC_ALL": "C.UTF-8"
        }

    def call(self, *words):
        done = subprocess.run([self.mlpgen, *words], env=self.environment, cwd=self.folder,
                              capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    def told(self, *words):
        """What mlpgen printed, errors of the requests themselves left to the caller."""
        return subprocess.run([self.mlpgen, *words], env=self.environment, cwd=self.folder,
                              capture_output=True, text=True).stdout

    def configure(self, *words):
        code, said = self.call("configure", "-C", str(self.run), *words)
        assert code == 0, said
        return said

    def refused(self, *words):
        code, said = self.call("configure", "-C", str(self.run), *words)
        assert code == 1, f"exit code {code}: {said}"
        return said

    def defaults(self):
        """Targets of plain `ninja`."""
        return [
            line.split()[1] for line in (self.run / "build.ninja").read_text().splitlines()
            if line.startswith("default ")
        ]

    def edges(self):
        return [json.loads(line) for line in (self.run / ".mlpgen/plan").read_text().splitlines()]

    def made(self, *targets):
        """Names of the edges that Ninja would run."""
        ninja = subprocess.run(
            ["ninja", "-C", str(self.run), "-n", "-d", "explain", "-v", *targets],
            capture_output=True, text=True, env=self.environment)
        assert ninja.returncode == 0, ninja.stdout + ninja.stderr
        return {edge["name"] for edge in self.edges() if edge["identity"][:12] in ninja.stdout}

    def runner(self, *words):
        """What the recipe is given that runs the program."""
        done = subprocess.run([self.mlpgen, "dump", "--stage=resolve", *words],
                              env=self.environment, cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        [runner] = [
            i for i in json.loads(done.stdout)["instances"]
            if i["recipe"] == "benchmark-program-mlperf"
        ]
        return {key: str(binding["value"]) for key, binding in runner["env"].items()}


def case_run_checker_no_packs_a_tree_without_its_checks(job):
    job.configure("_submission", "--run_checker=no", *CPP)
    made = job.made()
    assert "tar-my-folder/tar" in made and not [
        n for n in made if n.startswith("run-mlperf-inference-submission-checker/")
    ], made


def case_populate_readme_makes_each_result_with_its_readme_and_no_more(job):
    job.configure("_populate-readme", *CPP)
    assert job.defaults() == ["readme"]
    made = job.made()
    assert {"prepare-mlperf-inference-result/readme", "prepare-mlperf-inference-result/result"
            } <= made and "tar-my-folder/tar" not in made, made


def case_skip_submission_generation_measures_and_makes_no_tree(job):
    job.configure("_submission", "--skip_submission_generation=yes", *CPP)
    assert job.defaults() == ["accuracy", "performance"]
    made = job.made()
    assert {
        "app-mlperf-inference-mlcommons-cpp/accuracy",
        "app-mlperf-inference-mlcommons-cpp/performance"
    } <= made, made
    assert not [
        name for name in made
        if name.startswith(("tar-my-folder", "generate-mlperf-inference-submission"))
    ], made


def case_all_scenarios_beside_a_scenario_is_said_to_change_nothing(job):
    said = job.configure("_all-scenarios", "--scenario=Offline", *CPP)
    assert "_all-scenarios changes nothing in this request" in said, said
    assert "unused-value" not in job.configure("_all-scenarios", *CPP)
    text = (job.run / "build.ninja").read_text()
    assert all(f"build performance/retinanet-{scenario}:" in text
               for scenario in ("Offline", "SingleStream", "MultiStream")), text[-3000:]


def case_each_scenario_and_mode_chooses_what_plain_ninja_builds(job):
    for words, default in (([], "find-performance"), (["--mode=accuracy"], "accuracy"),
                           (["--mode=performance"], "find-performance"),
                           (["_accuracy-only"], "accuracy"), (["_performance-only"], "performance"),
                           (["_performance-only", "--mode=accuracy"], "accuracy")):
        job.configure(*words, *CPP)
        assert job.defaults() == [default], (words, job.defaults())


def case_a_flag_takes_the_aliases_of_the_group_that_it_selects(job):
    for name in ("app-mlperf-inference", "run-mlperf-inference-app"):
        job.configure(name, "--model=resnet50", "--backend=tf")
        plan = (job.run / "build.ninja").read_bytes()
        for flag in ("--backend", "--framework"):
            job.configure(name, "--model=resnet50", f"{flag}=tensorflow")
            assert (job.run / "build.ninja").read_bytes() == plan, (name, flag)
    job.configure("--scenario=SingleStream", *CPP)
    plan = (job.run / "build.ninja").read_bytes()
    job.configure("--scenario=singlestream", *CPP)
    assert (job.run / "build.ninja").read_bytes() == plan


def case_a_flag_without_its_value_says_how_to_write_it(job):
    assert "write --model=retinanet" in job.refused("--model", "retinanet")
    assert "write --scenario=Offline" in job.refused("--model=retinanet", "--scenario", "Offline")
    assert "write --submitter=VALUE" in job.refused("--submitter")
    assert "unset" not in job.configure("--rerun", "run-mlperf,inference", *CPP)


MODELS = {
    "resnet50": "onnxruntime", "retinanet": "onnxruntime", "bert-99": "onnxruntime",
    "3d-unet-99": "onnxruntime", "rnnt": "pytorch", "gptj-99": "pytorch", "sdxl": "pytorch",
    "llama2-70b-99": "pytorch", "dlrm-v2-99": "pytorch"
}


def case_a_user_s_own_model_reaches_the_program_of_every_model(job):
    own = job.folder / "own-model"
    own.write_text("weights")
    for model, framework in MODELS.items():
        paths = {
            key: value
            for key, value in job.runner(f"{REFERENCE},_{model},_{framework}",
                                         f"--model={own}").items() if "PATH" in key
        }
        found = [value.count(str(own)) for value in paths.values() if str(own) in value]
        assert found == [1], f"{model}: {paths}"


def case_a_stub_of_the_zoo_names_its_model_once(job):
    stub = "zoo:nlp/question_answering/bert-large/pytorch/huggingface/squad/base-none"
    (job.folder / "zoo").mkdir()
    runner = job.runner(f"{REFERENCE},_bert-99",
                        f"--env.CM_MLPERF_NEURALMAGIC_MODEL_ZOO_STUB={stub}",
                        f"--env.NEURALMAGIC_MODEL_PATH={job.folder / 'zoo'}")
    [path] = [value for value in runner.values() if "ML_MODEL_FILE_WITH_PATH=" in value]
    assert path.count("model.onnx") == 1, path


def case_explain_results_lists_what_lies_in_the_folder(job):
    job.configure(*CPP)
    code, said = job.call("explain", "-C", str(job.run), "results")
    assert code == 0 and "results/retinanet-Offline/performance" in said, said
    assert "app-mlperf-inference-mlcommons-cpp/performance" in said, said
    assert "object.results" not in said
