"""The harness for language models beside llama.cpp's own batched benchmark, and its own batches and
first tokens."""
import itertools
import json
import os
import subprocess

from language.bench import Bench, detail, report
from measure import alternating, command, line
from places import CACHE

BATCH = 32
ANSWER = 16  # tokens; no answer ends before
CONF = """llama3_1-8b.*.sample_concatenate_permutation = 0
llama3_1-8b.Offline.target_qps = 0.001
llama3_1-8b.Offline.min_query_count = {count}
llama3_1-8b.SingleStream.max_query_count = {count}
"""


class Language:
    def __init__(self, given):
        scratch = given.scratch / "language"
        subprocess.run(["rm", "-rf", scratch], check=True)
        scratch.mkdir(parents=True)
        self.bench = Bench(scratch, CACHE / "language")
        self.names = (f"run-{number}" for number in itertools.count())
        self.threads = os.cpu_count()

    def run(self, scenario, batch, count):
        """The folder of a performance run of `count` prompts."""
        out, _ = self.bench.harness(next(self.names), mode="performance", scenario=scenario,
                                    batch=batch, min_tokens=ANSWER, max_tokens=ANSWER, warmup=1,
                                    num_threads=self.threads, conf=CONF.format(count=count))
        return out

    def answers_per_second(self, batch, count):
        log = detail(self.run("Offline", batch, count))
        return log["result_samples_per_second"]

    def first_token(self):
        """The mean time to the first token as a part of the mean time of the whole answer."""
        log = detail(self.run("SingleStream", 1, 64))
        return log["result_first_token_mean_latency_ns"] / log["result_mean_latency_ns"]

    def peer(self, program, prompt_tokens):
        """Answers a second of one step of the batched benchmark."""
        said = command([
            program, "-m",
            self.bench.given("--model"), "-c", BATCH * 64, "-b", 2048, "-ub", 2048, "-npp",
            prompt_tokens, "-ntg", ANSWER, "-npl", BATCH, "-t", self.threads, "-tb", self.threads,
            "--output-format", "jsonl", "-kvu"
        ])
        [told] = [json.loads(text) for text in said.splitlines() if text.startswith("{")]
        return BATCH / told["t"]


def batched_bench(bench, scratch):
    """llama-batched-bench of the same sources with the options of the recipe."""
    [build] = bench.job.steps("get-llama-cpp/build")
    options = [word for word in build["argv"] if word.startswith(("-DGGML_", "-DCMAKE_C"))]
    sources = bench.job.made("get-llama-cpp/sources") / "files/vendor/llama.cpp"
    folder = scratch / "batched-bench"
    command([
        "cmake", "-S", sources, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release", *options,
        "-DLLAMA_BUILD_COMMON=ON", "-DLLAMA_BUILD_TOOLS=ON", "-DLLAMA_CURL=OFF"
    ])
    command(["ninja", "-C", folder, "llama-batched-bench"])
    return folder / "bin/llama-batched-bench"


def run(given):
    language = Language(given)
    program = batched_bench(language.bench, given.scratch)
    data = report(language.run("Offline", BATCH, BATCH))["data"]
    prompt_tokens = round(data["prompt_tokens"] / data["samples"])
    print(f"language models, prompts of {prompt_tokens} and answers of {ANSWER} tokens, "
          f"{language.threads} threads, {given.pairs} alternating runs, medians:")
    rates = alternating(
        {
            "peer": lambda: language.peer(program, prompt_tokens),
            "many": lambda: language.answers_per_second(BATCH, 4 * BATCH),
            "one": lambda: language.answers_per_second(1, BATCH),
            "first": language.first_token,
        }, given.pairs)
    line(f"llama-batched-bench, batch {BATCH}", f"{rates['peer']:8.2f} answers/s")
    line(f"harness, batch {BATCH}",
         f"{rates['many']:8.2f} answers/s = {rates['many'] / rates['peer']:.3f} x llama.cpp's",
         "0.95")
    line("harness, batch 1",
         f"{rates['one']:8.2f} answers/s: batch {BATCH} has {rates['many'] / rates['one']:.2f} x",
         "1.8")
    line("first token, a part of the whole answer", f"{rates['first']:8.2f}", "below 0.5")
