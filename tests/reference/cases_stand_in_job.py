"""Cases of the implementation `reference` with a stand-in for mlcommons/inference, cloned from a
Git server under the real one's path."""
import json
import os
import pathlib
import shutil
import subprocess

import ran
from fetch.git_server import GitServer, Repository
from places import MLPGEN, ROOT

FILES = pathlib.Path(__file__).resolve().parent / "stand_in"
NAME = "mlcommons/inference"  # below https://github.com/
MAIN = "vision/classification_and_detection/python/main.py"
LEAST_MAP = 75.0  # percent; of the demo's model on the demo's images


def stand_in_files():
    return {
        path.relative_to(FILES).as_posix(): path.read_bytes()
        for path in sorted(FILES.rglob("*")) if path.is_file() and "__pycache__" not in path.parts
    }


class Job:
    """The demo with `--implementation=reference` in SCRATCH/stand-in: every host but the package
    registry is the Git server."""
    def __init__(self, scratch):
        self.folder = scratch / "stand-in"
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "served/mlcommons").mkdir(parents=True)
        self.run_dir = self.folder / "run"
        self.server = GitServer(self.folder / "served")
        self.repository = Repository(self.folder, self.folder / "served", NAME)
        self.commit = self.repository.commit(stand_in_files())
        self.env = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith("MLPGEN_") or k in ("MLPGEN_TESTS_RAN", "MLPGEN_TESTS_CACHE")
        }
        self.env |= {
            "MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(self.folder / "store"),
            "MLPGEN_MACHINE_LOCK": str(self.folder / "lock/machine"),
            "MLPGEN_MIRROR": f"https://github.com/={self.server.url}/smart/"
        }

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.close()

    def call(self, *words, code=0):
        done = subprocess.run([str(w) for w in words], cwd=self.folder, env=self.env,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True)
        assert done.returncode == code, (f"{' '.join(map(str, words))}: {done.returncode}\n"
                                         f"{(done.stdout + done.stderr)[-4000:]}")
        return done.stdout + done.stderr

    def configure(self, *sources):
        tags = f"tags=_sha.{self.commit}"
        return self.call(
            MLPGEN, "configure", "-C", self.run_dir, "--preset=demo", "--implementation=reference",
            "--test_query_count=64",
            *(sources or (f"--adr.inference-src.{tags}", f"--adr.mlperf-implementation.{tags}")))

    def readmes(self):
        """Every text of the tree that names the harness."""
        texts = {
            path.relative_to(self.run_dir / "submission").as_posix(): path.read_text()
            for path in (self.run_dir / "submission/open").rglob("README.md")
        }
        return {
            name: text
            for name, text in texts.items() if "MLPerf's reference in Python" in text
        }

    def ninja(self, code=0):
        said = self.call("ninja", "-C", self.run_dir, "submission", code=code)
        ran.note(self.run_dir, stand_ins=True)
        return said

    def steps(self):
        return [
            json.loads(line) for line in (self.run_dir / ".mlpgen/plan").read_text().splitlines()
        ]

    def tree(self):
        [tree] = self.run_dir.glob("out/get-mlperf-inference-src/*/tree")
        return tree


def files_below(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }


def case_the_stand_in_is_cloned_run_scored_and_checked(job):
    job.configure()
    job.ninja()
    summary = json.loads((job.run_dir / "summary.json").read_text())["mlpgen"]
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary["checkers"]
    assert (job.run_dir / "open.tar.gz").stat().st_size > 1000
    [text] = job.run_dir.glob("out/process-mlperf-accuracy/*/accuracy.txt")
    score = text.read_text().strip().splitlines()[-1]
    assert float(score.removeprefix("mAP=").removesuffix("%")) >= LEAST_MAP, score
    asked = [path for _, path in job.server.requests]
    assert asked and all(path.startswith(f"/smart/{NAME}/") for path in asked), asked
    print(f"    {NAME} at {job.commit[:12]} from {len(asked)} requests to the loopback server; "
          f"{score}")


def case_the_run_has_the_files_that_the_reference_leaves(job):
    for kind in ("accuracy", "performance"):
        there = {
            path.name
            for path in (job.run_dir / f"results/retinanet-Offline/{kind}").iterdir()
        }
        assert {
            "mlperf_log_summary.txt", "mlperf_log_detail.txt", "mlperf_log_accuracy.json",
            "results.json"
        } <= there and "scratch" not in there, there
    log = json.loads(
        (job.run_dir / "results/retinanet-Offline/accuracy/mlperf_log_accuracy.json").read_text())
    assert len(log) == 64 and len({entry["qsl_idx"] for entry in log}) == 64, len(log)


def case_the_sources_are_those_of_the_commit_after_the_runs(job):
    assert files_below(job.tree()) == stand_in_files()


def case_a_second_ninja_has_nothing_to_do_and_asks_nobody(job):
    asked = job.server.count()
    assert "no work to do" in job.ninja()
    job.configure()
    assert "no work to do" in job.ninja() and job.server.count() == asked


def case_sources_that_somebody_edited_are_not_run(job):
    source = job.tree() / MAIN
    assert not source.stat().st_mode & 0o222, "an editor's write is refused, but for root"
    source.chmod(0o644)
    source.write_bytes(source.read_bytes() + b"# edited\n")
    accuracy = (job.run_dir / "results/retinanet-Offline/accuracy").resolve()
    shutil.rmtree(accuracy)
    said = job.ninja(code=1)
    artifact = job.tree().parent.relative_to(job.run_dir)
    assert "main.py has changed since it was verified" in said and f"rm -r {artifact}" in said, said
    assert not list(accuracy.glob("mlperf_log_*")), said
    shutil.rmtree(job.run_dir / artifact)
    job.ninja()
    assert files_below(job.tree()) == stand_in_files() and "no work to do" in job.ninja()


def case_another_commit_is_another_reference(job):
    """The sources are an input: a new commit is run again, and the results of the old one stay."""
    first = job.tree()
    job.commit = job.repository.commit({MAIN: stand_in_files()[MAIN] + b"# a later commit\n"})
    job.configure()
    job.ninja()
    trees = {path for path in job.run_dir.glob("out/get-mlperf-inference-src/*/tree")}
    assert first in trees and len(trees) == 2, trees
    assert len(list(job.run_dir.glob("out/benchmark-program-mlperf/*/mlperf_log_summary.txt"))) == 4


def case_an_edited_checkout_is_measured_again_and_not_called_unmodified(job):
    """The checkout is an input, and what differs from its commit stands in each README. (By its
    handles: the stand-in has no official checker.)"""
    checkout = job.folder / "checkout"
    job.call("git", "clone", "-q", job.repository.work, checkout)
    commit = job.call("git", "-C", checkout, "rev-parse", "HEAD").strip()
    runs = lambda: len(
        list(job.run_dir.glob("out/benchmark-program-mlperf/*/mlperf_log_summary.txt")))
    job.configure(*(f"--adr.{name}.env.CM_MLPERF_INFERENCE_SRC_PATH={checkout}"
                    for name in ("inference-src", "mlperf-implementation")))
    job.ninja()
    before, texts = runs(), job.readmes()
    assert len(texts) == 3 and all(f"mlcommons/inference at commit {commit}, unmodified" in text
                                   for text in texts.values()), texts
    (checkout / MAIN).write_bytes((checkout / MAIN).read_bytes() + b"# edited\n")
    job.ninja()
    assert runs() == before + 2, "an edited program was not measured again"
    for name, text in job.readmes().items():
        assert "unmodified" not in text, (name, text)
        assert f"at commit {commit}, modified (changed: {MAIN})" in text, (name, text)
