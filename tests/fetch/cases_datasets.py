"""Data sets and models of the benchmarks by mlpgen's own recipes, with small stand-ins served at the real URLs' paths."""
import gzip
import hashlib
import json
import pathlib
import random
import subprocess

import ran
from bench import sha256
from cases_git import Site
from file_server import FileServer

ROOT = pathlib.Path(__file__).resolve().parents[2]
R2 = "inference.mlcommons-storage.org"


def noise(seed, size=4000):
    return random.Random(seed).randbytes(size)


class Job:
    """A run directory of the installation, a lock for stand-ins, and mirrors of all places."""

    def __init__(self, bench, server, mirrors=()):
        self.bench, self.server, self.run_dir, self.lock = bench, server, bench.dir / "run", bench.dir / "standin.lock"
        self.mirrors = " ".join([*mirrors, f"https://={server.url}/", f"http://www.={server.url}/www."])
        self.entries = {}

    def file(self, url, body):
        """Serves it where the URL says, as a stand-in for what the recipe expects there."""
        self.server.bytes[url.split("://")[1]] = body
        entry = {"file_name": url.rsplit("/", 1)[1], "sha256": sha256(body), "size": str(len(body)), "stand_in": True}
        self.entries[f"file {url}"] = entry

    def folder(self, name, files):
        """A folder of MLCommons in R2."""
        self.server.bytes[f"{R2}/metadata/{name}.uri"] = f"https://{R2}/{name}\n".encode()
        self.server.bytes[f"{R2}/metadata/{name}.md5"] = "".join(f"{hashlib.md5(b).hexdigest()}  {n}\n" for n, b in files.items()).encode()
        self.server.bytes.update({f"{R2}/{name}/{n}": b for n, b in files.items()})

    def call(self, *words):
        env = self.bench.env(MLPGEN_HOME=ROOT, HOME=self.bench.dir / "home", MLPGEN_MIRROR=self.mirrors)
        done = subprocess.run([str(word) for word in words], cwd=self.bench.dir, env=env, capture_output=True, text=True)
        assert done.returncode == 0, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def make(self, *request):
        """Configures, builds, and sees that there is nothing more to do; gives what lies behind the links."""
        self.lock.write_text(json.dumps({"format": 1, "entries": self.entries}))
        self.call(self.bench.tool.with_name("mlpgen"), "configure", *request, "-C", self.run_dir, "--lock", self.lock)
        self.call("ninja", "-C", self.run_dir)
        assert "no work to do" in self.call("ninja", "-C", self.run_dir)
        ran.note(self.run_dir, stand_ins=True)
        links = [p for kind in ("dataset", "model") for p in (self.run_dir / kind).rglob("*") if p.is_symlink()]
        assert links, "nothing was made for people"
        return {f"{link.name}/{p.relative_to(link.resolve())}": p.read_bytes()
                for link in links for p in sorted(link.resolve().rglob("*")) if p.is_file()}


def case_a_checkpoint_comes_from_mlcommons_folder(bench):
    for words, name in (("get,ml-model,gptj", "gpt-j-model-checkpoint"), ("get,ml-model,sdxl,_fp16", "stable-diffusion-xl-1-0-fp16-checkpoint"),
                        ("get,ml-model,dlrm,raw", "dlrm-v2-model-weights"), ("get,preprocessed,dataset,criteo", "dlrm-v2-preprocessed-dataset")):
        files = {"config.json": b"{}", "part/weights-00001.bin": noise(1)}
        with FileServer({}) as server:
            job = Job(bench, server)
            job.run_dir = bench.dir / f"run-{name}"
            job.folder(name, files)
            made = job.make(words)
            assert sorted(made.values()) == sorted(files.values()), sorted(made)


def case_a_checkpoint_comes_from_the_hub(bench):
    commit = "462165984030d82259a11f4367a4eed129e94a7b"
    files = {"model_index.json": b"{}", "unet/diffusion.safetensors": noise(2)}
    listing = {"siblings": [{"rfilename": n, "size": len(b), "blobId": "", "lfs": {"sha256": sha256(b), "size": len(b)}} for n, b in files.items()]}
    repo = "stabilityai/stable-diffusion-xl-base-1.0"
    with FileServer({f"huggingface.co/api/models/{repo}/revision/{commit}?blobs=true": json.dumps(listing).encode(),
                     **{f"huggingface.co/{repo}/resolve/{commit}/{n}": b for n, b in files.items()}}) as server:
        made = Job(bench, server).make("get,ml-model,sdxl,_huggingface,_fp16")
        assert sorted(made.values()) == sorted(files.values()), sorted(made)


def case_open_orca_is_unpacked(bench):
    samples = {name: noise(3) for name in ("open_orca_gpt4_tokenized_llama.sampled_24576.pkl", "open_orca_gpt4_tokenized_llama.calibration_1000.pkl")}
    with FileServer({}) as server:
        job = Job(bench, server)
        job.folder("llama-2-70b-open-orca-dataset", {f"open_orca/{n}.gz": gzip.compress(b) for n, b in samples.items()})
        assert job.make("get,preprocessed,dataset,openorca") == {f"openorca-r2/{n}": b for n, b in samples.items()}


def case_kits19_is_scans_and_segmentations_by_case(bench):
    meta = "https://raw.githubusercontent.com/mlcommons/inference/b66003e10e2db4b8c36a448b0545ec90fcc6e9e9/vision/medical_imaging/3d-unet-kits19/meta"
    scans = "huggingface.co/datasets/neheller/KiTS-Challenge-Imaging/resolve/main/images"
    with Site(bench) as site, FileServer({f"{scans}/case_{i:05d}.nii.gz": noise(i) for i in (0, 185)}) as server:
        commit = site.repository("kits19").commit({f"data/case_{i:05d}/segmentation.nii.gz": noise(1000 + i) for i in (0, 185)})
        job = Job(bench, server, [f"https://github.com/neheller/={site.server.url}/smart/"])
        job.file(f"{meta}/inference_cases.json", json.dumps(["case_00000", "case_00185", "case_00400"]).encode())
        made = job.make("get,dataset,kits19,original", f"--env.CM_DATASET_KITS19_COMMIT={commit}")
        assert made == {f"kits19-cases/case_{case:05d}/{name}": noise(number) for case, source in ((0, 0), (185, 185), (400, 185))
                        for name, number in (("imaging.nii.gz", source), ("segmentation.nii.gz", 1000 + source))}
