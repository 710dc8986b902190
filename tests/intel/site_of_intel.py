"""The places of one of Intel's harnesses on the loopback interface: Git repositories of the
stand-ins in a folder, files, a conda package."""
import hashlib
import json
import pathlib
import subprocess
import sys
import tarfile

import yaml

from frameworks import conda_channel
from fetch.git_server import GitServer, Repository
from fetch.job import Job
from places import ROOT

HERE = pathlib.Path(__file__).resolve().parent
RESULTS = "mlcommons/inference_results_v3.1"
RESULTS_COMMIT = "b0e57561e433763d365c17362dd5ce8449259926"
CODE = f"https://raw.githubusercontent.com/{RESULTS}/{RESULTS_COMMIT}/closed/Intel/code"
CONDA = "https://conda.anaconda.org/conda-forge/linux-64/stand-in-1.0-0.tar.bz2"
LOADGEN = "4.0.1"  # the newest package whose LoadGen reads mlperf.conf and user.conf


def loadgen_files(cache):
    """{name: bytes} of LoadGen's own sources, out of its package."""
    folder = cache / f"mlcommons_loadgen-{LOADGEN}"
    if not (folder / "loadgen.h").exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run([
            sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:",
            "-d", cache, f"mlcommons-loadgen=={LOADGEN}"
        ], check=True)
        with tarfile.open(cache / f"mlcommons_loadgen-{LOADGEN}.tar.gz") as archive:
            archive.extractall(cache, filter="data")
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*")) if path.is_file()
    }
    return {f"loadgen/{name}": body
            for name, body in files.items()
            } | {"loadgen/CMakeLists.txt": (HERE / "vision/both/CMakeLists.txt").read_bytes()}


def mlperf_conf(*lines):
    """The seeds of v3.1 and these lines."""
    seeds = yaml.safe_load((ROOT / "recipes/rounds/v3.1.yaml").read_text())["seeds"]
    return "".join(
        f"{line}\n"
        for line in [*(f"*.*.{name} = {value}" for name, value in seeds.items()), *lines]).encode()


def conda_files(folder):
    """Of an environment what the steps use: the system's Python by another name, and libraries of
    machine code."""
    source, library = folder / "library.cc", folder / "library.so"
    source.write_text('extern "C" int stand_in() { return 1; }\n')
    files = {"bin/python": b'#!/bin/sh\nexec /usr/bin/python3 "$@"\n'}
    for name in ("jemalloc", "iomp5", "mkl_intel_lp64"):
        subprocess.run(
            ["g++", "-shared", "-fPIC", f"-Wl,-soname,lib{name}.so", "-o", library, source],
            check=True)
        files[f"lib/lib{name}.so"] = library.read_bytes()
    return files


class Site:
    """The servers, and a run directory whose mirrors and lock lead to them. `folder` holds a folder
    for each repository."""
    def __init__(self, bench, files, folder, mirrors=()):
        self.bench, self.files, self.folder = bench, files, folder
        self.served = bench.dir / "served"
        self.served.mkdir()
        self.git, self.repositories = GitServer(self.served), {}
        self.job = Job(bench, files, [*mirrors, f"https://github.com/={self.git.url}/smart/"])
        _, body = conda_channel.package("stand-in", "1.0", "linux-64", [], conda_files(bench.dir))
        files.bytes[CONDA.removeprefix("https://")] = body
        self.conda = {"lines": [f"{CONDA} {hashlib.sha256(body).hexdigest()} {len(body)}"]}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.git.__exit__()

    def serve(self, name, commits=(), files=None, submodules=None):
        """A repository at its real path, with more files; its commit stands in for those that
        recipes name."""
        (self.served / name).parent.mkdir(exist_ok=True)
        repository = self.repositories[name] = Repository(self.bench.dir, self.served, name)
        own = self.folder / name
        commit = repository.commit({
            path.relative_to(own).as_posix(): path.read_bytes()
            for path in sorted(own.rglob("*")) if path.is_file()
        } | (files or {}))
        for place, inner in (submodules or {}).items():
            repository.git("submodule", "add", "-q", self.repositories[inner].bare, place)
            repository.git("config", "-f", ".gitmodules", f"submodule.{place}.url",
                           f"https://github.com/{inner}")
            commit = repository.commit({})
        for named in commits:
            self.job.entries[f"commit {named} of https://github.com/{name}"] = {
                "commit": commit, "stand_in": True
            }

    def make(self, *request, targets=()):
        """Locks what is not locked, configures and builds; a second ninja has nothing to do."""
        self.configure(*request)
        said = self.job.ninja(*targets)
        assert "no work to do" in self.job.ninja(*targets)
        return said

    def configure(self, *request, code=0):
        """One package stands in for each conda environment that the request asks for."""
        told = self.job.call(self.bench.tool.with_name("mlpgen"), "plan", *request, "--format=json")
        self.job.entries |= {
            key: self.conda
            for key in json.JSONDecoder().raw_decode(told)[0]["not_locked"]
            if key.startswith("conda-environment ")
        }
        return self.job.configure(*request, code=code)

    def out(self, pattern):
        """The one path below out/ that fits; those of unfinished edges do not."""
        found = [
            path for path in self.job.run_dir.glob(f"out/{pattern}") if ".tmp." not in str(path)
        ]
        assert len(found) == 1, f"{pattern}: {found}"
        return found[0]
