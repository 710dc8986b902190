"""A run directory of mlpgen's own recipes, whose places are all one server of a test: small
stand-ins at the real URLs' paths."""
import gzip
import hashlib
import io
import json
import lzma
import random
import subprocess
import tarfile
import zipfile

import ran
from places import ROOT
from store.bench import sha256

R2 = "inference.mlcommons-storage.org"
# its files at the recipes' commit
INFERENCE = "https://raw.githubusercontent.com/mlcommons/inference/b66003e10e2db4b8c36a448b0545ec90fcc6e9e9"
PLAIN = ("http://www.", "http://dl.", "http://cKnowledge."
         )  # places of the recipes without TLS; the servers of tests are at http://127.0.0.1


def noise(seed, size=4000):
    return random.Random(seed).randbytes(size)


def packed(name, files):
    """An archive of {name: bytes}, of the kind that the name says; a .gz that is no tar holds one
    file."""
    out = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, body in files.items():
                archive.writestr(path, body)
        return out.getvalue()
    if name.endswith(".gz") and not name.endswith(".tar.gz"):
        [body] = files.values()
        return gzip.compress(body)
    with tarfile.open(fileobj=out, mode="w") as archive:
        for path, body in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(body)
            archive.addfile(member, io.BytesIO(body))
    return {"gz": gzip.compress, "xz": lzma.compress}.get(name.rsplit(".", 1)[1],
                                                          bytes)(out.getvalue())


class Job:
    """A run directory of the installation, a lock for stand-ins, and mirrors of all places."""
    def __init__(self, bench, server, mirrors=(), run="run"):
        self.bench, self.server = bench, server
        self.run_dir, self.lock = bench.dir / run, bench.dir / f"{run}-standin.lock"
        self.mirrors = " ".join([
            *mirrors, f"https://={server.url}/",
            *(f"{place}={server.url}/{place.removeprefix('http://')}" for place in PLAIN)
        ])
        self.entries = {}

    def file(self, url, body, served=True):
        """Serves it where the URL says, as a stand-in for what the recipe expects there."""
        if served:
            self.server.bytes[url.split("://")[1]] = body
        entry = {
            "file_name": url.rsplit("/", 1)[1], "sha256": sha256(body), "size": str(len(body)),
            "stand_in": True
        }
        self.entries[f"file {url}"] = entry

    def folder(self, name, files):
        """A folder of MLCommons in R2."""
        self.server.bytes[f"{R2}/metadata/{name}.uri"] = f"https://{R2}/{name}\n".encode()
        self.server.bytes[f"{R2}/metadata/{name}.md5"] = "".join(
            f"{hashlib.md5(b).hexdigest()}  {n}\n" for n, b in files.items()).encode()
        self.server.bytes.update({f"{R2}/{name}/{n}": b for n, b in files.items()})

    def hub(self, repository, commit, files, kind=""):
        """A commit of a repository on Hugging Face; `kind` is datasets/ for a data set."""
        listing = {
            "siblings": [{
                "rfilename": n, "size": len(b), "blobId": "",
                "lfs": {"sha256": sha256(b), "size": len(b)}
            } for n, b in files.items()]
        }
        revision = f"huggingface.co/api/{kind or 'models/'}{repository}/revision/{commit}"
        self.server.bytes[f"{revision}?blobs=true"] = json.dumps(listing).encode()
        self.server.bytes.update({
            f"huggingface.co/{kind}{repository}/resolve/{commit}/{n}": b
            for n, b in files.items()
        })

    def call(self, *words, code=0):
        env = self.bench.env(MLPGEN_HOME=ROOT, HOME=self.bench.dir / "home",
                             MLPGEN_MIRROR=self.mirrors)
        done = subprocess.run([str(word) for word in words], cwd=self.bench.dir, env=env,
                              capture_output=True, text=True)
        assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def configure(self, *request, code=0):
        self.lock.write_text(json.dumps({"format": 1, "entries": self.entries}))
        return self.call(self.bench.tool.with_name("mlpgen"), "configure", *request, "-C",
                         self.run_dir, "--lock", self.lock, code=code)

    def ninja(self, *words, code=0):
        said = self.call("ninja", "-C", self.run_dir, *words, code=code)
        ran.note(self.run_dir, stand_ins=True)
        return said

    def make(self, *request):
        """Configures, builds, and sees that there is nothing more to do; gives what lies behind the
        links."""
        self.configure(*request)
        self.ninja()
        assert "no work to do" in self.ninja()
        return self.made()

    def made(self):
        """{name: bytes} of all files that are linked for people: FOLDER/NAME of a folder, the
        link's own place of a file."""
        links = [
            p for kind in ("dataset", "model") for p in (self.run_dir / kind).rglob("*")
            if p.is_symlink()
        ]
        assert links, "nothing was made for people"
        found = {}
        for link in links:
            target = link.resolve()
            if target.is_file():
                found[str(link.relative_to(self.run_dir))] = target.read_bytes()
            else:
                found |= {
                    f"{link.name}/{p.relative_to(target)}": p.read_bytes()
                    for p in sorted(target.rglob("*")) if p.is_file()
                }
        return found
