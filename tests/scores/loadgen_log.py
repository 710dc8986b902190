#!/usr/bin/env python3
"""Answers that are known before -> LoadGen's own accuracy log of them.

    loadgen_log.py ANSWERS OUT < SIZES

ANSWERS: the bytes of all samples' answers, one behind the other; SIZES: how many each has, a JSON
list. LoadGen writes its logs into OUT. Needs the package mlcommons-loadgen.
"""
import array
import json
import pathlib
import sys

import mlperf_loadgen as lg


def main(answers, out):
    sizes, data = json.load(sys.stdin), pathlib.Path(answers).read_bytes()
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    kept = []  # LoadGen reads them where they lie

    def issue(queries):
        for query in queries:
            kept.append(array.array("B", data[starts[query.index]:][:sizes[query.index]]))
            lg.QuerySamplesComplete([lg.QuerySampleResponse(query.id, *kept[-1].buffer_info())])

    settings = lg.TestSettings()
    settings.scenario, settings.mode = lg.TestScenario.Offline, lg.TestMode.AccuracyOnly
    logs = lg.LogSettings()
    logs.log_output.outdir = out
    program, samples = lg.ConstructSUT(issue,
                                       lambda: None), lg.ConstructQSL(len(sizes), len(sizes),
                                                                      lambda _: None,
                                                                      lambda _: None)
    lg.StartTestWithLogSettings(program, samples, settings, logs)
    lg.DestroyQSL(samples)
    lg.DestroySUT(program)


main(*sys.argv[1:])
