"""--with-model and --with-dataset: the copy that a person has takes the place of a fetch, by
mlpgen's own recipes.

Each row is one kind of file: the copy is compared with what the recipe or the lock knows, linked
where it lies, and never changed.
"""
import json

import pytest

from store.bench import sha256
from fetch.file_server import FileServer
from fetch.job import R2, Job, noise, packed

ZENODO = "https://zenodo.org/record"
VOCAB = f"{ZENODO}/3733868/files/vocab.txt"
LATENTS = "https://raw.githubusercontent.com/mlcommons/inference/b66003e10e2db4b8c36a448b0545ec90fcc6e9e9/text_to_image/tools/latents.pt"
CAPTIONS = LATENTS.replace("tools/latents.pt", "coco2014/captions/captions_source.tsv")
TSV = b"id\timage_id\tcaption\theight\twidth\tfile_name\tcoco_url\n" + b"".join(
    b"%d\t%d\tA cat\t1\t1\tf\thttp://x\n" % (i, i) for i in range(50))
DLRM = "https://dlrm.s3-us-west-1.amazonaws.com/models"
FLAC = "LibriSpeech/dev-clean/84/121123/84-121123-0000.flac"

# name: request, word, URL of what the copy is, its bytes, what it becomes for people, and what is
# fetched besides
FILES = {
    "resnet50": ("get,ml-model,resnet50", "model", f"{ZENODO}/4735647/files/resnet50_v1.onnx", None,
                 "model/resnet50_v1.onnx", []),
    "bert": ("get,ml-model,bert-large", "model", f"{ZENODO}/3733910/files/model.onnx", None,
             "model/bert-large/model.onnx", [VOCAB]),
    "bert_int8_for_pytorch": ("get,ml-model,bert-large,_pytorch,_int8", "model",
                              f"{ZENODO}/4792496/files/pytorch_model.bin", None,
                              "model/bert-large/pytorch_model.bin", [VOCAB]),
    "unet": ("get,ml-model,3d-unet", "model",
             f"{ZENODO}/5597155/files/3dunet_kits19_128x128x128_dynbatch.onnx?download=1", None,
             "model/3dunet_kits19_128x128x128_dynbatch.onnx", []),
    "unet_as_an_archive": ("get,ml-model,3d-unet,_tf", "model",
                           f"{ZENODO}/5597155/files/3dunet_kits19_128x128x128.tf.zip?download=1",
                           packed(".zip",
                                  {"3dunet_kits19_128x128x128.tf/saved_model.pb": noise(7)}),
                           "3d-unet-tf/3dunet_kits19_128x128x128.tf/saved_model.pb", []),
    "retinanet": ("get,ml-model,retinanet", "model",
                  f"{ZENODO}/6617879/files/resnext50_32x4d_fpn.onnx", None,
                  "model/resnext50_32x4d_fpn.onnx", []),
    "rnnt": ("get,ml-model,rnnt", "model", f"{ZENODO}/3662521/files/DistributedDataParallel_"
             "1576581068.9962234-epoch-100.pt?download=1", None, "model/rnnt.pt", []),
    "dlrm_in_one_file": ("get,ml-model,dlrm,raw,_single-file", "model", f"{DLRM}/tb00_40M.pt", None,
                         "model/dlrm/tb00_40M.pt", []),
    "squad": (
        "get,dataset,squad,original", "dataset",
        "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/master/dataset/dev-v1.1.json",
        None, "dataset/squad/dev-v1.1.json", []),
    "open_orca": (
        "get,dataset,openorca,original", "dataset",
        "https://huggingface.co/datasets/Open-Orca/OpenOrca/resolve/e9c87b4abb2609913751f9b26553fdb9c061796c/1M-GPT4-Augmented.parquet",
        None, "dataset/openorca-1M-GPT4-Augmented.parquet", []),
    "librispeech": ("get,dataset,librispeech,original", "dataset",
                    "http://www.openslr.org/resources/12/dev-clean.tar.gz",
                    packed(".tar.gz", {FLAC: noise(8)}), f"librispeech-dev-clean/{FLAC}", []),
    "coco": ("get,dataset,coco2014,_50", "dataset", CAPTIONS, TSV, "coco2014/captions/captions.tsv",
             [LATENTS]),
}


def stamp(path):
    return [(str(p), p.stat().st_mtime_ns, p.stat().st_mode, p.stat().st_size, p.stat().st_nlink)
            for p in [path, *sorted(path.rglob("*"))]]


def refused(job, request, word, path):
    """What is said of a copy with other bytes."""
    job.configure(request, f"--with-{word}={path}")
    said = job.ninja(code=1)
    assert "[digest-differs]" in said, said
    return said


def check(row, bench):
    request, word, url, body, made, besides = row
    body = body or noise(url)
    with FileServer({}) as server:
        job, mine = Job(bench, server), bench.dir / "mine"
        job.file(url, body, served=False)
        for other in besides:
            job.file(other, noise(other))
        mine.write_bytes(body)
        before = stamp(mine)
        found = job.make(request, f"--with-{word}={mine}")
        assert made in found, sorted(found)
        assert stamp(mine) == before and len(server.requests) == len(besides), server.requests
        link = job.run_dir / made
        assert not link.is_symlink() or link.resolve() == mine, "linked where it lies"
        wrong = bench.dir / "wrong"
        wrong.write_bytes(body[:-1] + bytes([body[-1] ^ 1]))
        refused(Job(bench, server, run="without-lock"), request, word,
                mine)  # the real file is expected
        said = refused(job, request, word, wrong)
        assert sha256(wrong.read_bytes()) in said and sha256(body) in said, "both digests are told"
        assert not server.asked(url.split("://")[1]), "nothing was fetched in its place"


@pytest.mark.parametrize("name", FILES)
def case_an_own_copy_of(name, bench):
    check(FILES[name], bench)


def case_an_own_checkpoint_is_compared_with_the_manifest_that_the_lock_knows(bench):
    files = {"config.json": b"{}", "pytorch_model.bin": noise(9), "sub/x.bin": noise(10)}
    url = f"https://{R2}/metadata/gpt-j-model-checkpoint.uri"
    with FileServer({}) as server:
        first = Job(bench, server, run="first")
        first.folder("gpt-j-model-checkpoint", files)
        first.make("get,ml-model,gptj")
        [manifest] = first.run_dir.glob("out/get-ml-model-gptj/*/manifest.json")
        job, mine, asked = Job(bench, server), bench.dir / "mine", len(server.requests)
        job.entries[f"file {url}"] = {
            "file_name": "manifest.json", "sha256": sha256(manifest.read_bytes()), "stand_in": True
        }
        for name, body in (files | {".git/config": b"[core]\n"}).items():
            (mine / name).parent.mkdir(parents=True, exist_ok=True)
            (mine / name).write_bytes(body)
        before = stamp(mine)
        found = job.make("get,ml-model,gptj", f"--with-model={mine}")
        assert found["gpt-j/sub/x.bin"] == files["sub/x.bin"] and stamp(mine) == before
        (mine / "sub/x.bin").write_bytes(noise(11))
        other = Job(bench, server, run="other")
        other.entries = job.entries
        said = refused(other, "get,ml-model,gptj", "model", mine)
        assert "the 3 files below" in said and sha256(manifest.read_bytes()) in said, said
        assert len(server.requests) == asked


# What the reference reads of a model and of a data set, where the shipped lock has its environment.
MODELS = {
    "resnet50": "onnxruntime", "retinanet": "onnxruntime", "bert-99": "onnxruntime",
    "3d-unet-99": "onnxruntime", "gptj-99": "pytorch", "sdxl": "pytorch"
}


def case_both_words_reach_every_model_of_the_reference(bench):
    with FileServer({}) as server:
        job = Job(bench, server)
        for name in ("data", "model"):
            (bench.dir / name).mkdir()
        for model, framework in MODELS.items():
            said = job.configure(f"--model={model}", "--implementation=reference",
                                 f"--backend={framework}", f"--with-dataset={bench.dir / 'data'}",
                                 f"--with-model={bench.dir / 'model'}")
            assert "unused-value" not in said, f"{model}:\n{said}"
            edges = [
                json.loads(line)
                for line in (job.run_dir / ".mlpgen/plan").read_text().splitlines()
            ]
            paths = {
                next(word.removeprefix("--path=") for word in argv if word.startswith("--path="))
                for argv in (edge["argv"] for edge in edges) if "link-local" in argv
            }
            assert paths == {str(bench.dir / "data"), str(bench.dir / "model")}, f"{model}: {paths}"


def case_the_harness_in_cpp_takes_the_images_by_either_word(bench):
    with FileServer({}) as server:
        job = Job(bench, server)
        (bench.dir / "data").mkdir()
        for word in ("--imagenet_path", "--with-dataset"):
            said = job.configure("--model=resnet50", "--implementation=cpp",
                                 f"{word}={bench.dir / 'data'}")
            assert "unused-value" not in said and str(bench.dir / "data") in (
                job.run_dir / ".mlpgen/plan").read_text(), f"{word}:\n{said}"
