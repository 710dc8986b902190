"""Several ways to say one thing give one graph; the order of the words of a request changes no
byte."""
import json
import os
import random
import shlex
import subprocess

# the reference's RetinaNet in Offline: as ids and variations, as flags, in the tutorial's words
ONE_POINT = [
    "--model=retinanet",
    "--model=retinanet --implementation=python",
    "--model=retinanet --implementation=mlcommons-python --scenario=Offline",
    "--model=retinanet --lang=reference --device=cpu --backend=onnxruntime",
    "run,mlperf,inference,generate-run-cmds,_find-performance --model=retinanet",
    "run-mlperf inference _find-performance --model=retinanet",
    "app-mlperf-inference,_python,_retinanet,_onnxruntime,_cpu,_offline",
    "app mlperf inference generic _python _retinanet _onnxruntime _cpu",
    "app,mlperf,inference,_reference,_retinanet",
    "app,mlperf,inference,generic --model=retinanet --implementation=reference --scenario=Offline",
]
SAME = [  # requests that must be the same graph to the byte
    ("--model=retinanet --num_threads=2", "--model=retinanet --threads=2"),
    ("--model=retinanet --implementation=cpp", "--model=retinanet --lang=mlcommons-cpp"),
    ("--model=retinanet --category=edge",
     "run-mlperf-inference-app --model=retinanet --system_type=edge"),
    ("--model=retinanet --scenario=Offline,SingleStream",
     "--model=retinanet --scenario=SingleStream,Offline"),
]
SHUFFLED = [
    "--model=retinanet --implementation=cpp --scenario=Offline,SingleStream --num_threads=2 "
    "--hw_name=x _submission _r5.1",
    "--model=retinanet --submitter=me --adr.compiler.tags=gcc --adr.compiler.version_min=10 "
    "--execution_mode=test _all-modes _short --implementation=cpp",
    "app-mlperf-inference _retinanet _cpp _cpu _onnxruntime _offline --num_threads=1 "
    "--env.CM_MLPERF_STREAMS=2",
    "--preset=demo --model=retinanet --hw_name=y --scenario=all --test_query_count=20",
]


def dump(mlpgen, request, stage):
    words = [str(mlpgen), "dump", f"--stage={stage}", *shlex.split(request)]
    run = subprocess.run(words, capture_output=True, text=True,
                         env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert run.returncode == 0, f"{request}: {run.stderr}"
    return run.stdout, run.stderr


def measured(mlpgen, request):
    lines = [json.loads(line) for line in dump(mlpgen, request, "plan")[0].splitlines()]
    return {line["identity"] for line in lines if line["mode"] == "measure"}


def one_point(mlpgen):
    first = measured(mlpgen, ONE_POINT[0])
    assert first, "nothing is measured"
    for request in ONE_POINT[1:]:
        # A root that also makes the accuracy run has one measurement more; the performance run is
        # the same.
        assert first & measured(mlpgen, request), f"another measurement: {request}"


def same_bytes(mlpgen):
    for a, b in SAME:
        assert dump(mlpgen, a, "ninja")[0] == dump(mlpgen, b, "ninja")[0], f"{a}  and  {b}"


def order_of_words(mlpgen, seeds=4):
    for request in SHUFFLED:
        expected, warned = dump(mlpgen, request, "ninja")
        assert "two-values" not in warned, warned
        for seed in range(seeds):
            words = request.split()
            random.Random(seed).shuffle(words)
            assert dump(mlpgen, " ".join(words),
                        "ninja")[0] == expected, f"{' '.join(words)}  and  {request}"


CASES = [("flags, ids and the tutorial's words measure the same", one_point),
         ("another name of a flag or of a value gives the same bytes", same_bytes),
         ("the order of the words of a request changes no byte", order_of_words)]
