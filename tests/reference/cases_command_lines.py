"""Cases of the command lines with which mlpgen starts the reference: each row of the documented
ones, word by word.

ROWS restates upstream's own lines: script/app-mlperf-inference-mlcommons-python/customize.py of
mlcommons/cm4mlops (get_run_cmd_reference), run_common.sh of vision/classification_and_detection and
run.py of language/bert in mlcommons/inference. Upstream calls run_local.sh, which does nothing but
start main.py with the profile MODEL-BACKEND.
"""
import json
import os
import subprocess

from places import MLPGEN, ROOT

VISION = "vision/classification_and_detection/python/main.py"
BERT = "language/bert/run.py"
CPU = {"CUDA_VISIBLE_DEVICES=", "USE_GPU=no"}  # no row may use a GPU of the machine
SAMPLES = ["--use_preprocessed_dataset", "--dataset-path=samples", "--cache_dir=samples"]


def vision(profile, batch, model, listed, *more):
    return VISION, [
        f"--profile={profile}", "--scenario=Offline", "--threads=CORES", f"--max-batchsize={batch}",
        f"--model={model}", f"--dataset-list={listed}", "--user_conf=user.conf", "--output=OUT",
        *SAMPLES, *more
    ], CPU


def bert(backend, model, *more):
    files = {
        f"ML_MODEL_FILE_WITH_PATH={model}", "VOCAB_FILE=vocab.txt", "DATASET_FILE=dev-v1.1.json",
        "LOG_PATH=OUT", "SKIP_VERIFY_ACCURACY=True"
    }
    return BERT, [f"--backend={backend}", "--scenario=Offline", "--user_conf=user.conf",
                  *more], CPU | files


# (model, framework): (program, words of its performance run, its environment); a path is its last
# part.
ROWS = {
    ("retinanet", "onnxruntime"): vision("retinanet-onnxruntime", 1, "resnext50_32x4d_fpn.onnx",
                                         "openimages-mlperf.json"),
    ("retinanet", "pytorch"): vision("retinanet-pytorch", 1, "resnext50_32x4d_fpn.pth",
                                     "openimages-mlperf.json"),
    ("resnet50", "onnxruntime"): vision("resnet50-onnxruntime", 32, "resnet50_v1.onnx",
                                        "val_map.txt"),
    ("resnet50", "tf"): vision("resnet50-tf", 32, "resnet50_v1.pb", "val_map.txt"),
    ("resnet50", "tflite"): vision("resnet50-tflite", 1, "resnet50_v1.no-argmax.tflite",
                                   "val_map.txt", "--dataset=imagenet_tflite_tpu"),
    ("bert-99", "onnxruntime"): bert("onnxruntime", "model.onnx"),
    ("bert-99", "pytorch"): bert("pytorch", "model.pytorch"),
}
# what comes after the runs is no matter of their command lines
SCORE = "process-mlperf-accuracy/unscored"
MORE = {("resnet50", "tflite"): ["--adr.resnet50-model.tags=_no-argmax"]
        }  # main.py takes the best of the scores
OWN_FOLDER = {("bert-99", "pytorch")
              }  # it opens bert_config.json, which lies beside it, by a relative name


class Graph:
    """The plan of one row, in SCRATCH/rows; its environment is locked first, its data stay where
    they are."""
    def __init__(self, scratch, model, framework, *words):
        self.folder = scratch / f"rows/{model}-{framework}{''.join(words)}"
        request = [
            "run-mlperf-inference-app", f"--model={model}", f"--backend={framework}",
            "--implementation=reference", "--device=cpu", "--scenario=Offline", *words
        ]
        env = {k: v
               for k, v in os.environ.items() if not k.startswith("MLPGEN_")
               } | {"MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(scratch / "rows/store")}
        for verb in ("lock", "configure"):
            done = subprocess.run([MLPGEN, verb, "-C", self.folder, *request], env=env,
                                  capture_output=True, text=True)
            assert done.returncode == 0, f"{verb}: {done.stdout}{done.stderr}"
        self.edges = [
            json.loads(line) for line in (self.folder / ".mlpgen/plan").read_text().splitlines()
        ]

    def run(self, step):
        """(the program below the sources, its words, its environment, the launcher's own switches)
        of one run."""
        [edge] = [
            edge for edge in self.edges
            if edge["name"].startswith(f"benchmark-program-mlperf/{step}")
        ]
        words = edge["argv"]
        program = words[words.index("--program") + 1].split("/tree/", 1)[-1]
        values = {
            name:
            [word.removeprefix(f"--{name}=") for word in words if word.startswith(f"--{name}=")]
            for name in ("word", "path", "env", "path-env", "out-option", "out-env")
        }
        said = [word for word in values["word"] if word and not word.endswith("=")
                ] + [last_part(path) for path in values["path"]]
        said += [f"{option}=OUT" for option in values["out-option"]]
        env = {
            *values["env"], *map(last_part, values["path-env"]),
            *(f"{name}=OUT" for name in values["out-env"])
        }
        return program, said, env, {
            word
            for word in words if word in ("--own-folder", "--require-valid")
        }


def last_part(setting):
    name, _, path = setting.partition("=")
    return f"{name}={path.rsplit('/', 1)[-1]}"


def the_same(found, program, words, env, switches):
    assert (found[0], sorted(found[1]), found[2],
            found[3]) == (program, sorted(words), env, switches), (found, program, words, env,
                                                                   switches)


def check_row(graph, row):
    program, words, env = ROWS[row]
    words = [word.replace("CORES", str(os.cpu_count())) for word in words]
    switches = {"--own-folder"} if row in OWN_FOLDER else set()
    the_same(graph.run("performance"), program, words, env, switches)
    the_same(graph.run("accuracy"), program, [*words, "--accuracy"], env, switches)
    refused = {edge["name"]
               for edge in graph.edges
               if edge["argv"][1:2] == ["refuse"]}  # steps that say why they cannot be done
    assert refused <= {SCORE}, (row, refused)


def case_each_row_is_started_with_upstreams_command_line(scratch):
    for row in ROWS:
        check_row(Graph(scratch, *row, *MORE.get(row, [])), row)
    print(f"    {len(ROWS)} rows: " + ", ".join(" with ".join(row) for row in ROWS))


def case_settings_of_the_request_reach_the_command_line(scratch):
    graph = Graph(scratch, "resnet50", "onnxruntime", "--num_threads=3", "--batch_size=4",
                  "--execution_mode=valid", "--target_qps=1")
    _, words, _, switches = graph.run("performance")
    assert {"--threads=3", "--max-batchsize=4"} <= set(words) and "--require-valid" in switches, (
        words, switches)
