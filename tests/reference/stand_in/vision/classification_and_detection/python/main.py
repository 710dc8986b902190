"""Stand-in for the reference's main.py, written for mlpgen's tests: its command line and output
files, RetinaNet with ONNX Runtime only.

The folder --output gets LoadGen's logs and results.json.
"""
import argparse
import json
import os
import queue
import sys
import threading

import mlperf_loadgen as lg
import numpy as np
import onnxruntime

from openimages import OpenImages, response

SCENARIOS = {
    name: getattr(lg.TestScenario, name)
    for name in ("SingleStream", "MultiStream", "Server", "Offline")
}
OUTPUTS = ["boxes", "labels", "scores"]


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", required=True, choices=["retinanet-onnxruntime"])
    parser.add_argument("--scenario", default="SingleStream", choices=sorted(SCENARIOS))
    for path in ("--model", "--dataset-path"):
        parser.add_argument(path, required=True)
    for path in ("--dataset-list", "--cache_dir", "--audit_conf"):
        parser.add_argument(path, default="")
    parser.add_argument("--output", default="output")
    parser.add_argument("--user_conf", default="user.conf")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--max-batchsize", type=int, default=1, choices=[1])
    parser.add_argument("--count", type=int)
    parser.add_argument("--use_preprocessed_dataset", action="store_true", required=True)
    parser.add_argument("--accuracy", action="store_true")
    return parser.parse_args()


class Runner:
    """Threads that answer LoadGen's queries, one sample at a time."""
    def __init__(self, model, dataset, threads):
        self.session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0].name
        self.dataset, self.tasks, self.answered = dataset, queue.Queue(), 0
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(threads)]
        for thread in self.threads:
            thread.start()

    def detect(self, index):
        boxes, labels, scores = self.session.run(
            OUTPUTS, {self.input: self.dataset.loaded[index][np.newaxis]})
        return response(index, boxes, labels, scores)

    def work(self):
        while (sample := self.tasks.get()) is not None:
            found = self.detect(sample.index)
            lg.QuerySamplesComplete(
                [lg.QuerySampleResponse(sample.id, found.ctypes.data, found.nbytes)])
            self.answered += 1

    def issue(self, samples):
        for sample in samples:
            self.tasks.put(sample)

    def finish(self):
        for _ in self.threads:
            self.tasks.put(None)
        for thread in self.threads:
            thread.join()


def settings_of(given):
    settings = lg.TestSettings()
    settings.FromConfig(given.user_conf, "retinanet", given.scenario)
    settings.scenario = SCENARIOS[given.scenario]
    settings.mode = lg.TestMode.AccuracyOnly if given.accuracy else lg.TestMode.PerformanceOnly
    if given.count:
        settings.min_query_count = settings.max_query_count = given.count
    logs = lg.LogSettings()
    logs.log_output.outdir = given.output
    return settings, logs


def main():
    given = arguments()
    print("a stand-in for MLPerf's reference, of mlpgen's tests")
    os.makedirs(given.output, exist_ok=True)
    dataset = OpenImages(given.dataset_list, given.cache_dir or given.dataset_path, given.count)
    runner = Runner(given.model, dataset, given.threads)
    total = len(dataset.files)
    sut = lg.ConstructSUT(runner.issue, lambda: None)
    qsl = lg.ConstructQSL(total, min(total, 500), dataset.load, dataset.unload)
    settings, logs = settings_of(given)
    lg.StartTestWithLogSettings(sut, qsl, settings, logs, given.audit_conf)
    runner.finish()
    lg.DestroyQSL(qsl)
    lg.DestroySUT(sut)
    with open(os.path.join(given.output, "results.json"), "w") as file:
        json.dump(
            {
                "runtime": "onnxruntime", "version": onnxruntime.__version__,
                "count": runner.answered, "stand_in": True
            }, file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
