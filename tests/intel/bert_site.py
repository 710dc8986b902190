"""All places of Intel's BERT: the repositories of the stand-ins in bert/, SQuAD, vocabulary and
model."""
import json

from intel.site_of_intel import (CODE, HERE, RESULTS, RESULTS_COMMIT, Site, loadgen_files,
                                 mlperf_conf)

SQUAD = "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/master/dataset/dev-v1.1.json"
VOCAB = "https://zenodo.org/record/3733868/files/vocab.txt"
MODEL = "https://zenodo.org/record/4792496/files/pytorch_model.bin"
# The commits that the recipes name.
COMMITS = {
    "llvm/llvm-project": "8dfdcc7b7bf66834a761bd8de445840ef68e4d1a",
    "pytorch/pytorch": "67ece03c8cd632cce9523cd96efde6f2d1cc8121",
    "oneapi-src/oneDNN": "52b5f107dd9cf10910aaa19cb47f3abf9b349815",
    "huggingface/transformers": "9f4e0c23d68366985f9f584388874477ad6472d8",
    "mlcommons/inference": "ce189bda3e3519b3b363e9f7ecf533c1cb0ab57e",  # v3.1
    RESULTS: RESULTS_COMMIT,
}
QUESTIONS = 10833  # as many as BERT has in LoadGen's settings
COLOURS = ["red", "dark blue", "green", "light grey"]
WORDS = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "?", "is", "what", "the", "colour", "of", "and",
    *dict.fromkeys(" ".join(COLOURS).split()), *(f"thing{n}" for n in range(100))
]


def colour(number):
    return COLOURS[number * 7 % len(COLOURS)]


def squad():
    """A question each on texts of three sentences; the one on thing N is answered by the second,
    which stands at another place each time."""
    paragraphs = []
    for number in range(QUESTIONS):
        things = [(number + k) % 100 for k in range(3)]
        things = things[number % 3:] + things[:number % 3]
        context = " ".join(f"The colour of thing{n} is {colour(n)} ." for n in things)
        asked, answer = things[number % 3], colour(things[number % 3])
        start = context.index(f"thing{asked} is ") + len(f"thing{asked} is ")
        paragraphs.append({
            "context": context, "qas": [{
                "id": f"{number:08}", "question": f"What is the colour of thing{asked} ?",
                "answers": [{"text": answer, "answer_start": start}]
            }]
        })
    return json.dumps({"version": "1.1", "data": [{"title": "Colours",
                                                   "paragraphs": paragraphs}]}).encode()


# LoadGen's settings of BERT in v3.1, and a run that is long enough at once instead of after ten
# minutes.
SETTINGS = [
    f"bert.*.performance_sample_count_override = {QUESTIONS}", "*.*.test05_qsl_rng_seed = 1",
    "*.Offline.target_latency_percentile = 90", "*.Offline.min_duration = 1",
    "*.Offline.min_query_count = 1", "bert.Server.target_latency = 130",
    "*.Server.target_latency_percentile = 99", "*.Server.min_duration = 1"
]
SUBMODULES = {
    "intel/ideep": {"mkl-dnn": "intel/mkl-dnn"}, "pytorch/pytorch": {
        "third_party/gloo": "facebookincubator/gloo", "third_party/ideep": "intel/ideep"
    }
}


class BertSite(Site):
    """`loadgen`: whether LoadGen's own sources are among them."""
    def __init__(self, bench, files, loadgen=False):
        super().__init__(bench, files, HERE / "bert")
        inference = {
            "mlperf.conf": mlperf_conf(*SETTINGS),
            "vision/classification_and_detection/python/main.py": b"# not BERT\n"
        }
        inference |= loadgen_files(bench.cache / "loadgen") if loadgen else {}
        for name in ("facebookincubator/gloo", "intel/mkl-dnn", "intel/ideep", *COMMITS):
            commits = [COMMITS[name]] if name in COMMITS else []
            self.serve(name, commits, inference if name == "mlcommons/inference" else {},
                       SUBMODULES.get(name))
        for patch in (self.folder / "patches").iterdir():
            self.job.file(f"{CODE}/bert-99/pytorch-cpu/patches/{patch.name}", patch.read_bytes())
        self.serve_data()

    def serve_data(self):
        vocabulary = "".join(f"{word}\n" for word in WORDS).encode()
        self.job.file(SQUAD, squad())
        self.job.file(VOCAB, vocabulary)
        self.job.file(
            MODEL,
            json.dumps({"words": {"separator": "[SEP]", "full_stop": ".", "is": "is"}}).encode())
        self.job.hub(
            "google-bert/bert-large-uncased", "6da4b6a26a1877e173fca3225479512db81a5e5b", {
                "config.json": b'{"model_type": "bert"}\n', "vocab.txt": vocabulary,
                "model.safetensors": b"large"
            })
