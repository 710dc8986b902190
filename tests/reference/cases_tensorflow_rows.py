"""Slow cases of upstream's own program with TensorFlow and its Lite: small models under the real
URLs' paths, started by mlpgen."""
import pathlib
import struct

from reference.cases_implementation import run
from reference.cases_small_models import IMAGES, LABELS, ZENODO, Reference, imagenet

MAKE = pathlib.Path(__file__).resolve().parent / "make_tensorflow_models.py"
LITE = "https://www.dropbox.com/s/vhuqo0wc39lky0a/resnet50_v1.no-argmax.tflite?dl=1"


def check_row(bench, framework, name, url, *words):
    """An answer a picture, not the same for all; TensorFlow, which also makes the model, comes into
    the job's environment first."""
    images, labels = imagenet(bench.scratch)
    request = [
        "--model=resnet50", f"--backend={framework}", f"--env.IMAGENET_PATH={images}",
        f"--adr.imagenet-preprocessed.tags=_size.{IMAGES}", *words
    ]
    with Reference(bench.upstream, bench.scratch, f"resnet50-{framework}", {LABELS: labels}) as job:
        job.configure(*request)
        [environment] = [
            edge for edge in job.edges()
            if edge["name"] == "get-python-environment/environment/environment"
        ]
        job.job.ninja(f"{environment['directory']}/packages.json")
        run(job.job.run_dir / environment["directory"] / "venv/bin/python", "-B", MAKE,
            bench.scratch / "tensorflow")
        job.job.file(url, (bench.scratch / f"tensorflow/{name}").read_bytes())
        found = job.make(*request)
        classes = [int(struct.unpack("<f", found[index])[0]) for index in range(IMAGES)]
        assert len(set(classes)) > 1 and all(-1 <= number <= 1000 for number in classes), classes
        print(f"    {IMAGES} images, {len(set(classes))} classes; {job.rate()}")


def case_resnet50_with_tensorflow(bench, rows):
    check_row(bench, "tf", "resnet50_v1.pb", f"{ZENODO}/2535873/files/resnet50_v1.pb")


def case_resnet50_with_tensorflow_lite(bench, rows):
    """main.py takes the best of scores here: a model that says the class itself, upstream's
    default, ends in an error."""
    check_row(bench, "tflite", "resnet50_v1.no-argmax.tflite", LITE,
              "--adr.resnet50-model.tags=_no-argmax")
