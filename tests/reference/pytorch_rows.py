"""Slow cases of upstream's own programs with PyTorch, Debian's: networks of the real size with drawn weights, started by mlpgen."""
from real_size import QUERIES, model_files
from small_models import ZENODO, Reference, check_logits, small_models, squad
from upstream import CACHE

DEBIAN = ["--adr.pytorch.tags=_debian", "--adr.ml-engine-torchvision.tags=_debian"]
TRANSFORMERS = "--adr.ml-engine-transformers.env.CM_GENERIC_PYTHON_PACKAGE_SPECIFIER===4.40.2"  # newer ones take no PyTorch 1.13


def case_retinanet_with_pytorch(bench):
    model = model_files(CACHE) / "resnext50_32x4d_fpn.pth"
    with Reference(bench.upstream, bench.scratch, "retinanet-pytorch", {f"{ZENODO}/6617981/files/{model.name}": model.read_bytes()}) as job:
        found = job.make("--model=retinanet", "--backend=pytorch", f"--test_query_count={QUERIES}", *DEBIAN,
                         f"--adr.openimages-preprocessed.tags=_demo,_size.{QUERIES}")
        assert len(found) == QUERIES and all(data and len(data) % 28 == 0 for data in found.values()), {k: len(v) for k, v in found.items()}
        print(f"    {QUERIES} images, {sum(len(data) // 28 for data in found.values())} detections; {job.rate()}")


def case_bert_with_pytorch(bench):
    """What the file does not have stays as it was drawn: upstream loads it with strict=False."""
    model = small_models(bench.scratch) / "model.pytorch"
    with Reference(bench.upstream, bench.scratch, "bert-pytorch", {f"{ZENODO}/3733896/files/model.pytorch": model.read_bytes(), **squad()}) as job:
        check_logits(job.make("--model=bert-99", "--backend=pytorch", "--test_query_count=3", *DEBIAN, TRANSFORMERS))
        print(f"    3 questions; {job.rate()}")
