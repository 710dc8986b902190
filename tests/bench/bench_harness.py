"""The C++ harness against a bare loop over ONNX Runtime, and against the Python reference where a
checkout is given."""
import json
import os
import re
import shutil
import subprocess

from harness import build
from measure import alternating, command, demo, line
from places import CACHE
from registry import python_with

PACKAGES = ("onnxruntime==1.31.1", "mlcommons_loadgen==6.0.17", "opencv-python-headless",
            "pycocotools", "numpy")
TRIAL = 400  # samples of a run that only chooses streams and threads


class Demo:
    """The artifacts of a finished demo, by what they are for."""
    def __init__(self, scratch):
        self.path = demo(scratch)
        steps = [json.loads(text) for text in (self.path / ".mlpgen/plan").read_text().splitlines()]
        self.argv = next(s["argv"] for s in steps
                         if s["name"].endswith("mlcommons-cpp/performance"))

    def word(self, flag):
        return str(self.path / self.argv[self.argv.index(flag) + 1])

    def harness(self, out, samples, streams, threads):
        """Samples a second of one performance run, Offline."""
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        conf = out / "user.conf"
        conf.write_text(
            f"retinanet.Offline.target_qps = 0.001\nretinanet.Offline.min_query_count = {samples}\n"
        )
        words = [str(self.path / self.argv[0]), *self.argv[1:]]
        for flag, value in (("--user-conf", conf), ("--streams", streams),
                            ("--num_threads", threads), ("--out", out)):
            words[words.index(flag) + 1] = str(value)
        command(words, cwd=self.path)
        return float(
            re.search(r"Samples per second: ([\d.]+)",
                      (out / "mlperf_log_summary.txt").read_text())[1])


def bare_loop(scratch):
    """The program, compiled with the harness's own flags."""
    compiler = build.Compiler(scratch / "build")
    src = build.APP / "src"
    flags = build.FLAGS + [f"-I{src}", f"-I{build.COMMON}"]
    parts = compiler.objects(
        "bench", [build.APP / "bench/bare_loop.cc", src / "npy.cc", src / "ort_session.cc"],
        sorted(src.glob("*.h")) + sorted(build.COMMON.glob("*.h")), flags)
    return compiler.program("bare_loop", parts, ["-ldl", "-lpthread"])


def layouts():
    """Ways to use all cores: few streams with many threads, or many streams with one."""
    cores = os.cpu_count()
    return sorted({(1, cores), (cores, 1), (max(1, cores // 2), 2)})


def fastest(measure):
    return max(layouts(), key=lambda layout: measure(TRIAL, *layout))


def reference(given, made, out, samples, threads):
    """Samples a second of the unmodified main.py of upstream, Offline, on the same model and
    images."""
    source = given.inference_src / "vision/classification_and_detection/python"
    if not (source / "main.py").is_file():
        raise SystemExit(f"error: {source}/main.py is not there\n"
                         f"help: --inference-src takes a checkout of mlcommons/inference")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / "user.conf").write_text(f"*.Offline.target_qps = {samples}\n*.Offline.min_duration = 1\n"
                                   f"*.Offline.min_query_count = {samples}\n")
    words = [
        python_with(CACHE / "reference", *PACKAGES), "main.py", "--profile",
        "retinanet-onnxruntime", "--backend", "onnxruntime", "--model",
        made.word("--model"), "--dataset-path", made.path / "dataset/openimages", "--output", out,
        "--cache_dir", given.scratch / "reference-cache", "--user_conf", out / "user.conf",
        "--scenario", "Offline", "--threads", threads, "--count", 64, "--time", 1
    ]
    done = subprocess.run([str(w) for w in words], cwd=source, capture_output=True, text=True)
    found = re.search(r"Samples per second: ([\d.]+)",
                      (out / "mlperf_log_summary.txt").read_text() if
                      (out / "mlperf_log_summary.txt").exists() else "")
    if done.returncode or not found:
        raise SystemExit(
            f"error: the reference did not run:\n{(done.stdout + done.stderr)[-2000:]}")
    return float(found[1])


def run(given):
    print(
        f"the harness on the demo, {given.samples} samples a run, {given.pairs} alternating pairs, "
        f"medians:")
    made, loop = Demo(given.scratch), bare_loop(given.scratch)

    def ours(samples, streams, threads):
        return made.harness(given.scratch / "harness-out", samples, streams, threads)

    def bare(samples, streams, threads):
        words = [
            loop,
            made.word("--onnxruntime"),
            made.word("--model"),
            made.word("--data"), streams, threads, samples
        ]
        return float(command(words).split()[0])

    mine, its = fastest(ours), fastest(bare)
    rates = alternating(
        {"harness": lambda: ours(given.samples, *mine), "bare": lambda: bare(given.samples, *its)},
        given.pairs)
    line(f"bare loop, {its[0]} streams x {its[1]} threads", f"{rates['bare']:8.1f} samples/s")
    line(
        f"harness, {mine[0]} streams x {mine[1]} threads", f"{rates['harness']:8.1f} samples/s = "
        f"{rates['harness'] / rates['bare']:.3f} x bare loop", "0.95")
    if not given.inference_src:
        line("Python reference", "not measured: no --inference-src DIR")
        return
    cores = os.cpu_count()
    best = max(
        (1, cores),
        key=lambda threads: reference(given, made, given.scratch / "reference-out", TRIAL, threads))
    pair = alternating(
        {
            "harness": lambda: ours(given.samples, *mine), "reference": lambda: reference(
                given, made, given.scratch / "reference-out", given.samples, best)
        }, given.pairs)
    line(f"Python reference, --threads {best}", f"{pair['reference']:8.1f} samples/s")
    line(
        "harness beside it",
        f"{pair['harness']:8.1f} samples/s = {pair['harness'] / pair['reference']:.3f} x reference",
        "1.0")
