"""All places of Intel's BERT on the loopback interface: Git repositories of the stand-ins in bert/, files, one conda package, SQuAD."""
import hashlib
import json
import pathlib
import re

import conda_channel
from git_server import GitServer, Repository
from job import Job
from vision_site import conda_files, loadgen_files

HERE = pathlib.Path(__file__).resolve().parent / "bert"
RESULTS = "mlcommons/inference_results_v3.1"
PATCHES = f"https://raw.githubusercontent.com/{RESULTS}/b0e57561e433763d365c17362dd5ce8449259926/closed/Intel/code/bert-99/pytorch-cpu/patches"
SQUAD = "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/master/dataset/dev-v1.1.json"
VOCAB = "https://zenodo.org/record/3733868/files/vocab.txt"
MODEL = "https://zenodo.org/record/4792496/files/pytorch_model.bin"
CONDA = "https://conda.anaconda.org/conda-forge/linux-64/stand-in-1.0-0.tar.bz2"
# The commits that the recipes name.
COMMITS = {
    "llvm/llvm-project": "8dfdcc7b7bf66834a761bd8de445840ef68e4d1a",
    "pytorch/pytorch": "67ece03c8cd632cce9523cd96efde6f2d1cc8121",
    "oneapi-src/oneDNN": "52b5f107dd9cf10910aaa19cb47f3abf9b349815",
    "huggingface/transformers": "9f4e0c23d68366985f9f584388874477ad6472d8",
    "mlcommons/inference": "ce189bda3e3519b3b363e9f7ecf533c1cb0ab57e",  # v3.1
    RESULTS: "b0e57561e433763d365c17362dd5ce8449259926",
}
QUESTIONS = 10833  # as many as BERT has in LoadGen's settings
COLOURS = ["red", "dark blue", "green", "light grey"]
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", ".", "?", "is", "what", "the", "colour", "of", "and", *dict.fromkeys(" ".join(COLOURS).split()), *(f"thing{n}" for n in range(100))]


def colour(number):
    return COLOURS[number * 7 % len(COLOURS)]


def squad():
    """A question each on texts of three sentences; the one on thing N is answered by the second, which stands at another place each time."""
    paragraphs = []
    for number in range(QUESTIONS):
        things = [(number + k) % 100 for k in range(3)]
        things = things[number % 3:] + things[: number % 3]
        context = " ".join(f"The colour of thing{n} is {colour(n)} ." for n in things)
        asked, answer = things[number % 3], colour(things[number % 3])
        start = context.index(f"thing{asked} is ") + len(f"thing{asked} is ")
        paragraphs.append({"context": context, "qas": [{"id": f"{number:08}", "question": f"What is the colour of thing{asked} ?", "answers": [{"text": answer, "answer_start": start}]}]})
    return json.dumps({"version": "1.1", "data": [{"title": "Colours", "paragraphs": paragraphs}]}).encode()


def mlperf_conf():
    """LoadGen's settings of BERT in v3.1, the seeds of that round among them, and a run that is long enough at once instead of after ten minutes."""
    seeds = re.findall(r"^  (\w+_rng_seed): (\d+)$", (HERE.parents[2] / "recipes/rounds/v3.1.yaml").read_text(), re.M)
    lines = [f"*.*.{name} = {value}" for name, value in seeds]
    lines += [f"bert.*.performance_sample_count_override = {QUESTIONS}", "*.*.test05_qsl_rng_seed = 1", "*.Offline.target_latency_percentile = 90", "*.Offline.min_duration = 1",
              "*.Offline.min_query_count = 1", "bert.Server.target_latency = 130", "*.Server.target_latency_percentile = 99", "*.Server.min_duration = 1"]
    return ("\n".join(lines) + "\n").encode()


class BertSite:
    """The servers, and a run directory whose mirrors and lock lead to them; `loadgen`: whether LoadGen's own sources are among them."""

    def __init__(self, bench, files, loadgen=False):
        self.bench, self.served, self.loadgen = bench, bench.dir / "served", loadgen
        self.served.mkdir()
        self.git, self.repositories = GitServer(self.served), {}
        self.job = Job(bench, files, [f"https://github.com/={self.git.url}/smart/"])
        self.serve("facebookincubator/gloo")
        self.serve("intel/mkl-dnn")
        self.serve("intel/ideep", {"mkl-dnn": "intel/mkl-dnn"})
        self.serve("pytorch/pytorch", {"third_party/gloo": "facebookincubator/gloo", "third_party/ideep": "intel/ideep"})
        for name in COMMITS.keys() - {"pytorch/pytorch"}:
            self.serve(name)
        for patch in (HERE / "patches").iterdir():
            self.job.file(f"{PATCHES}/{patch.name}", patch.read_bytes())
        self.serve_data()
        self.serve_conda()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.git.__exit__()

    def serve(self, name, submodules=None):
        """A repository at its real path; its commit stands in for the one that a recipe names."""
        (self.served / name).parent.mkdir(exist_ok=True)
        repository = self.repositories[name] = Repository(self.bench.dir, self.served, name)
        files = {path.relative_to(HERE / name).as_posix(): path.read_bytes() for path in sorted((HERE / name).rglob("*")) if path.is_file()}
        if name == "mlcommons/inference":
            files |= {"mlperf.conf": mlperf_conf(), "vision/classification_and_detection/python/main.py": b"# not BERT\n"}
            files |= {f"loadgen/{path}": body for path, body in loadgen_files(self.bench.cache / "loadgen").items()} if self.loadgen else {}
        commit = repository.commit(files)
        for folder, inner in (submodules or {}).items():
            repository.git("submodule", "add", "-q", self.repositories[inner].bare, folder)
            repository.git("config", "-f", ".gitmodules", f"submodule.{folder}.url", f"https://github.com/{inner}")
            commit = repository.commit({})
        if name in COMMITS:
            self.job.entries[f"commit {COMMITS[name]} of https://github.com/{name}"] = {"commit": commit, "stand_in": True}

    def serve_data(self):
        vocabulary = "".join(f"{word}\n" for word in WORDS).encode()
        self.job.file(SQUAD, squad())
        self.job.file(VOCAB, vocabulary)
        self.job.file(MODEL, json.dumps({"words": {"separator": "[SEP]", "full_stop": ".", "is": "is"}}).encode())
        self.job.hub("google-bert/bert-large-uncased", "6da4b6a26a1877e173fca3225479512db81a5e5b",
                     {"config.json": b'{"model_type": "bert"}\n', "vocab.txt": vocabulary, "model.safetensors": b"large"})

    def serve_conda(self):
        """One package stands in for each conda environment that a request asks for."""
        _, body = conda_channel.package("stand-in", "1.0", "linux-64", [], conda_files(self.bench.dir))
        self.job.server.bytes[CONDA.removeprefix("https://")] = body
        self.conda = {"lines": [f"{CONDA} {hashlib.sha256(body).hexdigest()} {len(body)}"]}

    def make(self, *request, targets=()):
        """Locks what is not locked, configures and builds; a second ninja has nothing to do."""
        self.configure(*request)
        said = self.job.ninja(*targets)
        assert "no work to do" in self.job.ninja(*targets)
        return said

    def configure(self, *request):
        told = self.job.call(self.bench.tool.with_name("mlpgen"), "plan", *request, "--format=json")
        self.job.entries |= {key: self.conda for key in json.JSONDecoder().raw_decode(told)[0]["not_locked"] if key.startswith("conda-environment ")}
        return self.job.configure(*request)

    def out(self, pattern):
        """The one path below out/ that fits; those of unfinished edges do not."""
        found = [path for path in self.job.run_dir.glob(f"out/{pattern}") if ".tmp." not in str(path)]
        assert len(found) == 1, f"{pattern}: {found}"
        return found[0]
