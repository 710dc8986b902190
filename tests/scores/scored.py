"""A log that a test wrote -> accuracy.txt, by the recipe process-mlperf-accuracy and the
reference's program.

The program is upstream's own where MLPGEN_UPSTREAM has a checkout of mlcommons/inference, else the
stand-in for it in stand_in/. Either is committed to a Git repository that a server of the test has
at the place of the real one.
"""
import json
import pathlib
import re
import runpy
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path += [str(HERE.parent), str(HERE.parent / "fetch"), str(HERE.parent / "store")]

from store.bench import Bench
from places import Skip, upstream
from registry import python_with
from fetch.file_server import FileServer
from fetch.git_server import GitServer, Repository
from fetch.job import Job

CHECKOUT = upstream("inference") or ""
LOADGEN = "mlcommons-loadgen==6.0.17"
NAME = "mlcommons/inference"  # below https://github.com/
RETIRED = {"retired_benchmarks/speech_recognition/rnnt": "speech_recognition/rnnt"
           }  # where the rounds that had it keep it
PROGRAMS = {
    "3d-unet-99": "vision/medical_imaging/3d-unet-kits19/accuracy_kits.py",
    "gptj-99": "language/gpt-j/evaluation.py",
    "llama2-70b-99": "language/llama2-70b/evaluate-accuracy.py",
    "dlrm-v2-99": "recommendation/dlrm_v2/pytorch/tools/accuracy-dlrm.py",
    "rnnt": "speech_recognition/rnnt/accuracy_eval.py",
    "sdxl": "text_to_image/tools/accuracy_coco.py",
}


def python_files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.py"))
    }


def sources(model, checkout):
    """{path in the repository: bytes} of the model's folder, and whether they are upstream's own.
    """
    program = pathlib.PurePosixPath(PROGRAMS[model])
    if not checkout:
        return {str(program): (HERE / "stand_in" / program).read_bytes()}, False
    for real, place in [*RETIRED.items(), ("", "")]:
        folder = pathlib.Path(checkout) / str(program.parent).replace(place, real, 1)
        if (folder / program.name).is_file():
            return {
                f"{program.parent}/{name}": body
                for name, body in python_files(folder).items()
            }, True
    raise Skip(f"{checkout} has no {program}")


class Scored:
    """A run directory below SCRATCH; packages and environments are kept in CACHE."""
    def __init__(self, model, build, cache, scratch, stand_in=False):
        self.model = model
        files, self.upstreams = sources(model, "" if stand_in else CHECKOUT)
        self.bench = Bench(build / "mlpgen-tool", scratch, cache)
        self.bench.store = cache / "store"
        (self.bench.dir / "served/mlcommons").mkdir(parents=True)
        self.git = GitServer(self.bench.dir / "served")
        self.commit = Repository(self.bench.dir, self.bench.dir / "served", NAME).commit(files)
        self.server = FileServer({})
        self.job = Job(self.bench, self.server,
                       mirrors=[f"https://github.com/mlcommons/={self.git.url}/smart/mlcommons/"])
        self.folder = self.bench.dir / "given"
        self.folder.mkdir()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()
        self.git.close()
        self.bench.remove()

    def log(self, answers):
        """LoadGen's accuracy log of these answers, the bytes of each sample."""
        data, out = self.bench.dir / "answers", self.bench.dir / "log"
        data.write_bytes(b"".join(answers))
        out.mkdir(exist_ok=True)
        done = subprocess.run([
            python_with(self.bench.cache / "loadgen", LOADGEN), "-B", HERE / "loadgen_log.py", data,
            out
        ], input=json.dumps([len(a) for a in answers]), capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        log = (out / "mlperf_log_accuracy.json").read_bytes()
        assert {bytes.fromhex(entry["data"]) for entry in json.loads(log)} == set(answers)
        self.given("mlperf_log_accuracy.json", log)

    def given(self, name, body):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)

    def configure(self, *words, code=0):
        request = [
            "check-score", f"--model={self.model}", f"--folder={self.folder}",
            f"--adr.inference-src.tags=_sha.{self.commit}", f"--trust={HERE}", *words
        ]
        self.job.lock.write_text(json.dumps({"format": 1, "entries": self.job.entries}))
        self.job.run_dir.mkdir(exist_ok=True)
        said = self.job.call(self.bench.tool.with_name("mlpgen"), "lock", "-C", self.job.run_dir,
                             "--lock", self.job.lock, *request, code=code)
        return said if code else self.job.configure(*request)

    def score(self, *words):
        """What the program printed, which is all of accuracy.txt; a second ninja has nothing to do.
        """
        self.configure(*words)
        self.job.ninja("accuracy")
        assert "no work to do" in self.job.ninja("accuracy")
        [edge] = [
            edge for edge in map(json.loads, (self.job.run_dir /
                                              ".mlpgen/plan").read_text().splitlines())
            if edge["name"].endswith("/reference")
        ]
        self.made = self.job.run_dir / edge["directory"]
        assert not (self.made / "home").exists()
        return (self.made / "accuracy.txt").read_text()

    def read(self, said, metrics):
        """Each of {metric: value} is what the submission checker reads in the text, by its own
        patterns where there is a checkout."""
        who = "upstream's" if self.upstreams else "the stand-in's"
        print(f"    {who} {pathlib.PurePosixPath(PROGRAMS[self.model]).name}: " +
              ", ".join(f"{name} {value}" for name, value in metrics.items()))
        if not CHECKOUT:
            return
        patterns = runpy.run_path(
            f"{CHECKOUT}/tools/submission/submission_checker/constants.py")["ACC_PATTERN"]
        for name, value in metrics.items():
            found = [
                match[1] for match in (re.match(patterns[name], line) for line in said.splitlines())
                if match
            ]
            assert found == [value], (name, value, found)
