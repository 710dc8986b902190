"""What a submission says of a run comes from the run: no word of a request changes a label and
nothing else."""
import collections
import json

SUBMISSIONS = ("--preset=demo _submission", "_submission --model=retinanet",
               "_submission --model=resnet50 --implementation=cpp", "_submission --model=sdxl")
# Recipes that write what others made, and those that measure.
SAYS = {
    "prepare-mlperf-inference-result", "generate-mlperf-inference-submission",
    "get-mlperf-inference-sut-description", "run-mlperf-inference-submission-checker",
    "tar-my-folder"
}
RUNS = {
    "benchmark-program-mlperf", "get-python-environment", "app-mlperf-inference-mlcommons-cpp",
    "generate-mlperf-inference-user-conf"
}
# What a submitter says, and the URL by which a model is fetched and named.
SUBMITTERS = {
    "CM_HW_NAME", "CM_MLPERF_SUBMITTER", "CM_MLPERF_MEASUREMENTS_RETRAINING",
    "CM_MLPERF_MEASUREMENTS_WEIGHT_TRANSFORMATIONS", "CM_PACKAGE_URL",
    "CM_MLPERF_SUT_SW_NOTES_EXTRA"
}


def resolved(job, requests):
    """The answer to each request: its instances, none where it is refused, and the ids of what was
    said."""
    file = job.folder / "requests"
    file.write_text("".join(f"{r}\n" for r in requests))
    answers = []
    for line in job.told("dump", f"--requests={file}", "--format=json").splitlines():
        told = json.loads(line)
        answers.append(((told["resolution"]
                         or {"instances": []})["instances"], {d["id"]
                                                              for d in told["diagnostics"]}))
    assert len(answers) == len(requests), (len(answers), len(requests))
    return answers


def handles(job, instances):
    """(handle, keys of the recipe that it reaches, those of its other variations too) of each dep
    that has one."""
    found = {}
    shown = {
        recipe: json.loads(job.told("show", recipe, "--format=json"))
        for recipe in sorted({i["recipe"]
                              for i in instances})
    }
    for recipe in shown.values():
        for part in (recipe, *recipe["variations"].values()):
            for phase in ("deps", "prehook_deps", "posthook_deps", "post_deps"):
                for dep in part.get(phase, []):
                    for i in instances:
                        if dep["names"] and dep.get("recipe") == i["recipe"]:
                            keys = found.setdefault(dep["names"][-1], set(i["env"]))
                            keys.update(key for v in shown[i["recipe"]]["variations"].values()
                                        for key in v.get("env", {}))
    return found


def reached(instances, word):
    """Keys that have the word, by recipe."""
    keys = {}
    for i in instances:
        for key, binding in i["env"].items():
            if word in str(binding["value"]):
                keys.setdefault(i["recipe"], set()).add(key)
    return keys


def case_no_word_changes_a_label_alone(job):
    forged, tried = [], collections.Counter()
    for request in SUBMISSIONS:
        [(instances, _)] = resolved(job, [request])
        roots = [i for i in instances if i["recipe"] == "run-mlperf-inference-app"]
        words = {f"--env.{key}=zzz": key for i in roots for key in i["env"]}
        words |= {
            f"--adr.{name}.env.{key}=zzz": key
            for name, keys in handles(job, instances).items() for key in keys
        }
        words = {
            word: key
            for word, key in words.items()
            if "+" not in word and key not in SUBMITTERS and tried[word] < 2
        }
        tried.update(list(words))
        for word, (made, _) in zip(words, resolved(job, [f"{request} {word}" for word in words])):
            keys = reached(made, "zzz")
            if keys.keys() & SAYS and not keys.keys() & RUNS:
                forged.append(f"{request} {word}: {keys}")
    assert tried.total() > 300 and not forged, "\n".join(forged)


# Words that make the program run something else than the result says.
OTHERS = ("tags=_cuda", "tags=_bert-99", "tags=_server", "tags=_singlestream",
          "env.CM_MLPERF_DEVICE=cuda", "env.CM_MLPERF_MODEL=bert-99",
          "env.CM_MLPERF_LOADGEN_SCENARIO=SingleStream", "env.CM_MLPERF_MODEL_PRECISION=int8",
          "env.CM_MLPERF_RUN_STYLE=valid", "env.CM_PRECISION_IS_RUN=yes")


def case_the_program_runs_what_the_result_says(job):
    words = [f"--adr.mlperf-inference-implementation.{other}" for other in OTHERS]
    words += [
        "--adr.user-conf-generator.env.CM_MLPERF_RUN_STYLE=valid",
        "--adr.user-conf-generator.env.CM_MLPERF_LOADGEN_SCENARIO=SingleStream",
        "--adr.retinanet-model.env.CM_ML_MODEL_PRECISION=int8",
        "--adr.mlperf-inference-app.env.CM_MLPERF_IMPLEMENTATION=cpp",
        "--adr.mlperf-inference-app.tags=_cpp"
    ]
    for word, (made, ids) in zip(
            words, resolved(job, [f"_submission --model=retinanet {word}" for word in words])):
        assert not made and "internal-key" in ids, (word, ids)
    for words, key, value in (("--model=bert-99 --adr.mlperf-inference-implementation.tags=_int8",
                               "CM_MLPERF_MODEL_PRECISION", "int8"),
                              ("--model=bert-99 --adr.bert-model.tags=_int8",
                               "CM_MLPERF_MODEL_PRECISION", "int8")):
        [(made, ids)] = resolved(job, [f"_submission {words}"])
        [result] = [i for i in made if i["recipe"] == "prepare-mlperf-inference-result"]
        assert result["env"][key]["value"] == value, (words, result["env"][key], ids)
