"""Cases of the harness: accuracy logs, scenarios, settings and refusals."""
import json
import struct

from harness.build import HERE
from harness.case import SCENARIOS, SEEDS, accuracy_log, detail, refused, run


def expected(bench, model, tensors):
    done = run([bench.python, HERE / "expected_responses.py", model, tensors])
    assert done.returncode == 0, done.stderr
    return {int(k): v for k, v in json.loads(done.stdout).items()}


def case_accuracy_log_is_the_references_in_every_scenario(bench):
    folder = bench.folder("accuracy")
    wanted = expected(bench, bench.inputs / "detector.onnx", bench.tensors("NCHW"))
    assert wanted[3] == "" and len(wanted[0]) == 12 * 7 * 8, "the inputs have lost their meaning"
    for scenario in SCENARIOS:
        out = folder / scenario
        done = bench.harness(out, scenario=scenario, streams=2)
        assert done.returncode == 0, done.stderr
        assert accuracy_log(out) == wanted, scenario


def case_both_libraries_give_every_response(bench):
    folder = bench.folder("libraries")
    logs = []
    for version, library in bench.libraries.items():
        done = bench.harness(folder / version, onnxruntime=library)
        assert done.returncode == 0, done.stderr
        report = json.loads((folder / version / "harness.json").read_text())
        assert report["versions"]["onnxruntime"] == version, report
        logs.append(accuracy_log(folder / version))
    assert [sorted(log) for log in logs] == [list(range(22))] * 2
    assert all(len(a) == len(b) for a, b in zip(*(map(log.get, range(22)) for log in logs)))


def case_streams_and_threads_do_not_change_the_answers(bench):
    folder = bench.folder("streams")
    logs = []
    for streams, threads in ((1, 1), (1, 2), (3, 1)):
        out = folder / f"{streams}x{threads}"
        done = bench.harness(out, streams=streams, num_threads=threads)
        assert done.returncode == 0, done.stderr
        logs.append(accuracy_log(out))
    assert logs[0] == logs[1] == logs[2]


def case_performance_runs_in_every_scenario(bench):
    folder = bench.folder("performance")
    for scenario in SCENARIOS:
        out = folder / scenario
        done = bench.harness(out, scenario=scenario, mode="performance", streams=2,
                             sut_name="a name")
        assert done.returncode == 0, done.stderr
        assert sorted(p.name for p in out.iterdir()) == [
            "harness.json", "mlperf_log_accuracy.json", "mlperf_log_detail.txt",
            "mlperf_log_summary.txt", "mlperf_log_trace.json"
        ]
        log = detail(out)
        seeds = [log[f"effective_{k}_rng_seed"] for k in ("qsl", "sample_index", "schedule")]
        assert seeds == list(SEEDS), seeds
        assert log["effective_min_duration_ms"] == 600000
        assert log["effective_scenario"] == scenario and log["sut_name"] == "a name"
        assert log["effective_performance_sample_count"] == 64
        report = json.loads((out / "harness.json").read_text())
        counts = {"Offline": 200, "SingleStream": 100, "MultiStream": 560, "Server": 300}
        assert report["result"]["samples_issued"] == counts[scenario], report["result"]
        assert report["result"]["samples_completed"] == counts[scenario]


def case_report_tells_what_ran(bench):
    out = bench.folder("report") / "out"
    done = bench.harness(out, streams=1, num_threads=1, affinity="compact", warmup=3)
    assert done.returncode == 0, done.stderr
    report = json.loads((out / "harness.json").read_text())
    assert report["format"] == 1
    execution = report["execution"]
    assert execution["streams"] == 1 and execution["warmup_runs"] == 3
    assert execution["session"] == {}
    assert execution["warmup_seconds"] > 0 and len(execution["cores"][0]) == 1
    assert report["model"]["inputs"] == [{"name": "images", "tensor": "float32[1,3,800,800]"}]
    assert report["versions"]["loadgen"] == "6.0.17"
    assert len(report["host"]["load_average"]) == 3 and report["host"]["governor"]


def case_require_valid_tells_the_reason(bench):
    folder = bench.folder("valid")
    short = bench.harness(folder / "short", "--require-valid", mode="performance")
    refused(short, 3, "LoadGen calls the run INVALID", "Min duration satisfied : NO")
    done = bench.harness(folder / "long", "--require-valid", mode="performance",
                         scenario="SingleStream",
                         conf="*.*.min_duration = 500\n*.SingleStream.target_latency = 0.01\n")
    assert done.returncode == 0, done.stderr
    assert detail(folder / "long")["result_validity"] == "VALID"


def case_batches_where_the_model_has_the_axis(bench):
    folder = bench.folder("batches")
    pixels = bench.inputs / "pixels.npy"
    wanted = expected(bench, bench.inputs / "classifier.onnx", pixels)
    assert len(set(wanted.values())) > 1
    for model, batch in (("classifier", 1), ("classifier", 4), ("classifier3", 3)):
        out = folder / f"{model}-{batch}"
        done = bench.harness(out, model=bench.inputs / f"{model}.onnx", data=pixels,
                             task="classification", batch=batch)
        assert done.returncode == 0, done.stderr
        assert accuracy_log(out) == wanted, (model, batch)


def case_the_label_offset_and_the_output_reach_the_log(bench):
    """As MLPerf's ResNet50 needs them: class 0 is the background, and of two outputs one is named.
    """
    folder = bench.folder("offset")
    pixels, model = bench.inputs / "pixels.npy", bench.inputs / "classifier_two.onnx"
    wanted = {
        i: struct.pack("<f",
                       struct.unpack("<f", bytes.fromhex(v))[0] - 1).hex().upper()
        for i, v in expected(bench, bench.inputs / "classifier.onnx", pixels).items()
    }
    for output in ("ArgMax:0", "softmax_tensor:0"):
        out = folder / output
        done = bench.harness(out, model=model, data=pixels, task="classification", output=output,
                             label_offset=-1)
        assert done.returncode == 0, done.stderr
        assert accuracy_log(out) == wanted, output
        assert json.loads((out / "harness.json").read_text())["test"]["label_offset"] == -1
    refused(
        bench.harness(folder / "none", model=model, data=pixels, task="classification",
                      output="logits"), 1, "the model has no output 'logits'",
        "it has 'ArgMax:0' int64[?], 'softmax_tensor:0' float32[?,5]")


def case_other_batches_are_refused(bench):
    folder = bench.folder("no-batches")
    refused(bench.harness(folder / "a", batch=2), 1,
            "the model takes batches of 1 only (input 'images' is float32[1,3,800,800])",
            "help: give --batch 1")
    refused(bench.harness(folder / "b", batch=2, model=bench.inputs / "detector_free.onnx"), 1,
            "the model's outputs have no batch axis")
    done = bench.harness(folder / "c", model=bench.inputs / "detector_free.onnx")
    assert done.returncode == 0, done.stderr


def case_lines_of_user_conf_that_loadgen_would_drop_are_refused(bench):
    folder = bench.folder("conf")
    for number, (line, text) in enumerate({
            "retinanet.Offline.target_qps=5": "is not followed by ` = value`",
            "retinanet.Offline.target_qps = 5 # fast": "there is more than one value",
            "retinanet.Offline.min_query_count = 1e3": "is not a whole number",
            "retinanet.Offlin.target_qps = 5": "LoadGen knows no scenario 'Offlin'",
            "retinanet.Offline.qsl_rng_seed = 5": "LoadGen reads no seeds",
            "resnet50.Offline.target_qps = 5": "none for 'retinanet'"
    }.items()):
        out = folder / str(number)
        refused(bench.harness(out, conf=line + "\n"), 1, text)
        assert not out.exists(), "a refused run left a folder"


def case_wrong_files_and_words_are_refused(bench):
    folder = bench.folder("refusals")
    refused(bench.harness(folder / "a", model=folder / "absent"), 1, "names no file")
    refused(bench.harness(folder / "a", onnxruntime=bench.inputs / "sum.onnx"), 1,
            "cannot open ONNX Runtime", "--onnxruntime")
    refused(bench.harness(folder / "b", data=bench.tensors("NHWC")), 1,
            "a sample of the data is float32[800,800,3]")
    refused(bench.harness(folder / "c", data=bench.inputs / "annotations.json"), 1,
            "is no .npy file")
    refused(bench.harness(folder / "d", scenario="offline"), 2, "--scenario has no 'offline'")
    refused(bench.harness(folder / "e", model=bench.inputs / "annotations.json"), 1,
            "cannot load the model")
    refused(bench.harness(folder / "f", affinity="compact", streams=999), 1, "999 cores")
    done = bench.harness(folder / "g")
    assert done.returncode == 0, done.stderr
    refused(bench.harness(folder / "g"), 1, "already holds a run")


def case_an_error_of_loadgen_voids_an_accuracy_run(bench):
    folder = bench.folder("audit")
    audit = folder / "audit.config"
    audit.write_text("*.*.accuracy_sample_count_override = fast\n")
    refused(bench.harness(folder / "a", audit_config=audit), 1, "LoadGen logged an error")


def case_an_audit_config_logs_responses_of_a_performance_run(bench):
    """The file of compliance test TEST01 (mlcommons/inference, compliance/TEST01/retinanet)."""
    out = bench.folder("test01") / "out"
    audit = out.parent / "audit.config"
    audit.write_text("*.*.mode = 2\n*.*.accuracy_log_rng_seed = 720381539243781796\n"
                     "*.*.accuracy_log_sampling_target = 50\n")
    done = bench.harness(out, mode="performance", audit_config=audit)
    assert done.returncode == 0, done.stderr
    wanted = expected(bench, bench.inputs / "detector.onnx", bench.tensors("NCHW"))
    logged = accuracy_log(out)
    assert logged and all(wanted[index] == data for index, data in logged.items())
    report = json.loads((out / "harness.json").read_text())
    assert report["test"]["audit_config"] == "audit.config"


def case_an_audit_config_that_turns_the_run_into_another_is_refused(bench):
    folder = bench.folder("audit-mode")
    audit = folder / "audit.config"
    audit.write_text("# TEST01\n*.*.mode = 2\n")
    refused(bench.harness(folder / "a", audit_config=audit), 1,
            "audit.config:2: `*.*.mode = 2` turns the run", "--mode performance")
    assert not (folder / "a").exists()
    audit.write_text("*.Server.mode = 2\n*.Offline.mode = 1\n")
    refused(bench.harness(folder / "b", mode="performance", audit_config=audit), 1,
            "audit.config:2: `*.Offline.mode = 1`")
    done = bench.harness(folder / "c",
                         audit_config=audit)  # an accuracy run in Offline is what it asks for
    assert done.returncode == 0, done.stderr


def case_only_loaded_samples_take_memory(bench):
    """22 samples are 161 MiB; of a model that LoadGen has no sample count for, 2 may be kept."""
    folder = bench.folder("memory")
    peaks = []
    for count in (2, 22):
        done = bench.harness(folder / str(count), model_name="other", mode="performance",
                             performance_sample_count=count,
                             conf="other.Offline.target_qps = 0.001\n")
        assert done.returncode == 0, done.stderr
        peaks.append(done.peak_mib)
    assert peaks[1] - peaks[0] > 120, peaks
