"""get-dataset-openimages and what is made of it, by mlpgen's own recipes, with stand-ins at the
real URLs' paths."""
import io
import json
import pathlib
import shutil
import subprocess
import zipfile

import ran
from store.bench import sha256, wait_for
from places import ROOT, Skip
from fetch.file_server import FileServer
from store.loopback import BLOCK
from fetch.sessions import kill_session

DEMO = ROOT / "recipes/dataset/get-dataset-openimages/demo"
ZIP = "https://github.com/mlcommons/inference/releases/download/v2.1/openimages-mlperf_annotations_2.1.json.zip"
BUCKET = "https://open-images-dataset.s3.amazonaws.com/"
TUTORIAL = "get,dataset,object-detection,open-images,original,_validation"
SLOW = [f"{i:016x}.jpg" for i in (3, 7, 11)]


def pictures():
    """40 real JPEG images under names like those of Open Images; bytes after a JPEG's end make
    three of them long."""
    bodies = [path.read_bytes() for path in sorted((DEMO / "validation/data").glob("*.jpg"))[:40]]
    named = {f"{i:016x}.jpg": body for i, body in enumerate(bodies)}
    return {name: body + bytes(3 * BLOCK if name in SLOW else 0) for name, body in named.items()}


def annotations(names):
    """A zip with an annotation file that names the images in this order."""
    document = json.loads((DEMO / "annotations/openimages-mlperf.json").read_text())
    document["images"] = [
        image | {"file_name": name} for image, name in zip(document["images"], names)
    ]
    kept = {image["id"] for image in document["images"]}
    document["annotations"] = [box for box in document["annotations"] if box["image_id"] in kept]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("openimages-mlperf.json", json.dumps(document))
    return out.getvalue()


class Job:
    """A run directory of the installation, a lock with stand-ins, and a mirror of all places."""
    def __init__(self, bench, server, pictures):
        self.bench, self.server, self.pictures = bench, server, pictures
        self.run_dir, self.archive = bench.dir / "run", annotations(list(pictures))
        server.bytes[ZIP.removeprefix("https://")] = self.archive
        for name, body in pictures.items():
            server.bytes[self.path(name)] = body
        self.lock = bench.dir / "standin.lock"
        self.stand_in({})

    @staticmethod
    def path(name):
        return f"{BUCKET.removeprefix('https://')}validation/{name}"

    def stand_in(self, more):
        entry = {
            "file_name": pathlib.Path(ZIP).name, "sha256": sha256(self.archive),
            "size": str(len(self.archive)), "stand_in": True
        }
        self.lock.write_text(json.dumps({"format": 1, "entries": {f"file {ZIP}": entry, **more}}))

    def env(self):
        return self.bench.env(MLPGEN_HOME=ROOT, HOME=self.bench.dir / "home",
                              MLPGEN_MIRROR=f"https://={self.server.url}/")

    def call(self, *words, code=0):
        done = subprocess.run([str(word) for word in words], cwd=self.bench.dir, env=self.env(),
                              capture_output=True, text=True)
        assert done.returncode == code, f"exit code {done.returncode}:\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def configure(self, tags, code=0):
        return self.call(self.bench.tool.with_name("mlpgen"), "configure", tags, "-C", self.run_dir,
                         "--lock", self.lock, code=code)

    def ninja(self, *words, code=0):
        said = self.call("ninja", "-C", self.run_dir, *words, code=code)
        ran.note(self.run_dir, stand_ins=True)
        return said

    def images(self):
        return self.run_dir / "dataset/openimages/validation/data"

    def asked(self):
        return sorted(
            name.removeprefix(self.path("")) for name, *_ in self.server.requests
            if name.startswith(self.path("")))


def case_open_images_come_from_the_bucket_by_the_annotation_file(bench):
    some = pictures()
    first = dict(list(some.items())[:20])
    with FileServer({}) as server:
        job = Job(bench, server, some)
        assert "stand-in" in job.configure(f"{TUTORIAL},_size.20")
        job.ninja()
        assert {path.name: path.read_bytes() for path in job.images().iterdir()} == first
        assert job.asked() == sorted(first)
        [manifest] = job.run_dir.glob("out/get-dataset-openimages/*/manifest.json")
        assert [file["name"] for file in json.loads(manifest.read_text())["files"]] == sorted(first)
        kept = json.loads(
            (job.run_dir / "dataset/openimages-annotations/openimages-mlperf.json").read_text())
        assert [image["file_name"]
                for image in kept["images"]] == [f"validation/data/{name}" for name in first]
        assert "no work to do" in job.ninja()
        job.configure(f"{TUTORIAL},_50")
        assert "names 40 images, not 50" in job.ninja(code=1)
        job.configure(f"{TUTORIAL},_full")
        job.ninja()
        assert len(list(job.images().iterdir())) == 40 and job.asked() == sorted(
            some), "the first 20 are in the store"


def case_open_images_killed_in_the_middle_go_on(bench):
    some = pictures()
    with FileServer({}) as server:
        job = Job(bench, server, some)
        server.ways = {job.path(name): "slow" for name in SLOW}
        job.configure(f"{TUTORIAL},_size.20")
        child = subprocess.Popen(["ninja", "-C", job.run_dir], env=job.env(),
                                 start_new_session=True, stdout=subprocess.DEVNULL,
                                 stderr=subprocess.DEVNULL)
        wait_for(
            lambda: len(list(bench.store.glob("trusted/*.json"))) == 17 and len(job.asked()) == 20,
            "the images did not come", child)
        kill_session(child.pid)
        child.wait()
        assert not (job.run_dir / "dataset/openimages").exists()
        server.ways, server.requests = {}, []
        job.ninja()
        assert len(list(job.images().iterdir())) == 20 and job.asked() == SLOW
        assert "no work to do" in job.ninja()


def case_open_images_are_those_of_the_lock(bench):
    some = dict(list(pictures().items())[:8])
    key = f"{BUCKET}validation/#mlperf-v2.1-5"
    with FileServer({}) as server:
        job = Job(bench, server, some)
        job.configure(f"{TUTORIAL},_size.5")
        job.ninja()
        [manifest] = job.run_dir.glob("out/get-dataset-openimages/*/manifest.json")
        mlpgen = bench.tool.with_name("mlpgen")
        assert f"taken over: {key} has the SHA-256 {sha256(manifest.read_bytes())}" in job.call(
            mlpgen, "lock", "-C", job.run_dir)
        entry = json.loads((job.run_dir / "mlpgen.lock").read_text())["entries"][f"file {key}"]
        assert entry["sha256"] == sha256(manifest.read_bytes())
        job.configure(f"{TUTORIAL},_size.5")
        before = len(server.requests)
        job.ninja()
        assert len(server.requests) == before and "no work to do" in job.ninja()
        shutil.rmtree(job.run_dir)
        job.stand_in({f"file {key}": entry | {"sha256": "0" * 64, "stand_in": True}})
        job.configure(f"{TUTORIAL},_size.5")
        assert "[digest-differs]" in job.ninja(code=1)
        assert not (job.run_dir / "dataset/openimages").exists()


def case_open_images_are_preprocessed_and_a_damaged_one_is_noticed(bench):
    if not any(
            pathlib.Path(f"{prefix}/include/opencv4/opencv2/imgcodecs.hpp").exists()
            for prefix in ("/usr", "/usr/local")):
        raise Skip("libopencv-imgcodecs-dev is not installed")
    some = pictures()
    with FileServer({}) as server:
        job = Job(bench, server, some)
        preprocessed = "get,dataset,object-detection,open-images,preprocessed,_validation,_size.4"
        job.configure(preprocessed)
        job.ninja()
        lists = [
            json.loads(path.read_text())["samples"]
            for path in job.run_dir.glob("out/get-preprocessed-dataset-openimages/*/images.json")
        ]
        made = sorted(
            (sample["index"], sample["file_name"]) for samples in lists for sample in samples)
        assert made == [(i, f"validation/data/{name}") for i, name in enumerate(list(some)[:4])]
        shards = list(job.run_dir.glob("out/get-preprocessed-dataset-openimages/*/images.npy"))
        tensors = sum(path.stat().st_size // (3 * 800 * 800 * 4) for path in shards)
        assert tensors == 4 and "no work to do" in job.ninja()
        image = job.images().resolve() / list(some)[2]
        image.chmod(0o644)
        image.write_bytes(image.read_bytes()[:-100] + bytes(100))
        for path in shards:
            shutil.rmtree(path.parent)
        said = job.ninja(code=1)
        artifact = image.parents[3].relative_to(job.run_dir)
        assert f"{list(some)[2]} has changed since it was verified" in said
        assert f"rm -r {artifact}" in said
        server.requests = []
        subprocess.run(["rm", "-r", job.run_dir / artifact], check=True)
        job.ninja()
        assert image.read_bytes() == some[image.name] and job.asked() == [image.name]
        assert "no work to do" in job.ninja()


TRAINING_BOXES = "https://storage.googleapis.com/openimages/v6/oidv6-train-annotations-bbox.csv"
LABEL_NAMES = "https://storage.googleapis.com/openimages/v5/class-descriptions-boxable.csv"
CALIBRATION_LIST = (
    "https://raw.githubusercontent.com/mlcommons/inference/b66003e10e2db4b8c36a448b0545ec90fcc6e9e9/"
    "calibration/openimages/openimages_cal_images_list.txt")


def training_boxes(rows):
    """(image, label) pairs as rows of Open Images' own file, each with the middle quarter of its
    image."""
    head = ("ImageID,Source,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,"
            "IsGroupOf,IsDepiction,IsInside")
    return "\n".join([
        head, *(f"{image},xclick,{label},1,0.25,0.75,0.25,0.75,0,1,0,0,0" for image, label in rows),
        ""
    ]).encode()


def case_open_images_for_calibration_come_from_the_training_set(bench):
    """Boxes of other images and classes are left out; those of one label stand together, and images
    are numbered as their first boxes stand."""
    names = [f"{i:016x}.jpg" for i in range(3)]
    one, two, three = (name.removesuffix(".jpg") for name in names)
    with FileServer({}) as server:
        job, bodies = Job(bench, server, pictures()), pictures()
        files = {
            CALIBRATION_LIST: "".join(f"{name}\n" for name in names).encode(),
            LABEL_NAMES: b"/m/1,T-shirt/top\n/m/2,Trouser\n/m/3,Giraffe\n",
            TRAINING_BOXES: training_boxes([(two, "/m/2"), ("f" * 16, "/m/1"), (one, "/m/1"),
                                            (three, "/m/3"), (two, "/m/2")])
        }
        for url, body in files.items():
            server.bytes[url.removeprefix("https://")] = body
        for name in names:
            server.bytes[f"{BUCKET.removeprefix('https://')}train/{name}"] = bodies[name]
        job.stand_in({
            f"file {url}": {
                "file_name": "l.txt", "sha256": sha256(body), "size": str(len(body)),
                "stand_in": True
            }
            for url, body in files.items()
        })
        job.configure("get,dataset,object-detection,open-images,original,_calibration")
        job.ninja()
        assert "no work to do" in job.ninja()
        folder = job.run_dir / "dataset/openimages-calibration/calibration/data"
        assert sorted(path.name for path in folder.iterdir()) == names
        document = json.loads(
            (job.run_dir /
             "dataset/openimages-calibration-annotations/openimages-calibration-mlperf.json"
             ).read_text())
        assert [(i["id"], i["file_name"])
                for i in document["images"]] == [(1, names[1]), (2, names[0])], document["images"]
        assert [(a["id"], a["image_id"], a["category_id"])
                for a in document["annotations"]] == [(1, 1, 2), (2, 1, 2),
                                                      (3, 2, 1)], document["annotations"]
        height, width = document["images"][0]["height"], document["images"][0]["width"]
        assert height and width and document["annotations"][0]["bbox"] == [
            width / 4, height / 4, width / 2, height / 2
        ]
