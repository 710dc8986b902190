#!/usr/bin/env python3
"""Makes the LoadGen logs below tests/submission/data: real runs of LoadGen 6.0.17 with a system
that answers at once.

    python3 -m venv VENV && VENV/bin/pip install mlcommons-loadgen==6.0.17
    VENV/bin/python make_logs.py --out DIR

Each run gets LoadGen's built-in mlperf.conf, a user.conf with few queries and the seeds of its
round.
"""
import argparse
import ctypes
import multiprocessing
import os
import sys

try:
    import mlperf_loadgen as lg
except ImportError:
    sys.exit("error: this Python has no LoadGen\nhelp: pip install mlcommons-loadgen==6.0.17")

SEEDS = {  # qsl, sample_index, schedule
    "v5.1": (1780908523862526354, 14771362308971278857, 18209322760996052031),
    "v6.1": (2085463073848966840, 2747215439041700203, 16159082839903944936),
}
# folder, round, model in LoadGen's words, scenario, lines of user.conf
RUNS = [
    ("v5.1-retinanet-offline", "v5.1", "retinanet", "Offline",
     ["target_qps = 0.001", "min_query_count = 13"]),
    ("v5.1-resnet50-singlestream", "v5.1", "resnet50", "SingleStream",
     ["target_latency = 1", "max_query_count = 100"]),
    ("v5.1-resnet50-server", "v5.1", "resnet50", "Server",
     ["target_qps = 20000", "max_query_count = 1000"]),
    ("v6.1-resnet50-offline", "v6.1", "resnet50", "Offline",
     ["target_qps = 0.001", "min_query_count = 13"]),
]
WITH_ACCURACY = "v5.1-retinanet-offline"  # the others need no accuracy run of their own
SAMPLES = 10
ANSWER_BYTES = 600  # a sample: makes an accuracy log of more than 10 KiB


def run(out, conf, seeds, model, scenario, mode):
    buffer = bytearray(ANSWER_BYTES)
    address = ctypes.addressof((ctypes.c_char * ANSWER_BYTES).from_buffer(buffer))
    answers = lambda queries: lg.QuerySamplesComplete(
        [lg.QuerySampleResponse(q.id, address, ANSWER_BYTES) for q in queries])
    settings = lg.TestSettings()
    settings.scenario = getattr(lg.TestScenario, scenario)
    if settings.FromConfig(conf, model, scenario) not in (None, 0):
        sys.exit("error: LoadGen does not read " + conf)
    settings.mode = mode
    settings.qsl_rng_seed, settings.sample_index_rng_seed, settings.schedule_rng_seed = seeds
    output = lg.LogOutputSettings()
    output.outdir = out
    output.copy_summary_to_stdout = False
    logs = lg.LogSettings()
    logs.log_output = output
    logs.enable_trace = False
    sut = lg.ConstructSUT(answers, lambda: None)
    qsl = lg.ConstructQSL(SAMPLES, SAMPLES, lambda s: None, lambda s: None)
    lg.StartTestWithLogSettings(sut, qsl, settings, logs)
    lg.DestroyQSL(qsl)
    lg.DestroySUT(sut)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    out = parser.parse_args().out
    for name, round_name, model, scenario, lines in RUNS:
        parts = [("performance", lg.TestMode.PerformanceOnly)]
        if name == WITH_ACCURACY:
            parts.append(("accuracy", lg.TestMode.AccuracyOnly))
        for part, mode in parts:
            folder = os.path.join(out, name, part)
            os.makedirs(folder, exist_ok=True)
            conf = os.path.join(out, name, "user.conf")
            with open(conf, "w") as f:
                f.writelines(f"{model}.{scenario}.{line}\n" for line in lines)
            # One process a run: LoadGen takes a second user.conf in one process for an error.
            child = multiprocessing.Process(
                target=run, args=(folder, conf, SEEDS[round_name], model, scenario, mode))
            child.start()
            child.join()
            if child.exitcode != 0:
                sys.exit(f"error: the run for {folder} failed")
            for extra in ("mlperf_log_trace.json", ) + (
                ("mlperf_log_accuracy.json", ) if part == "performance" else ()):
                os.path.exists(os.path.join(folder, extra)) and os.remove(
                    os.path.join(folder, extra))
            print(folder)


if __name__ == "__main__":
    main()
