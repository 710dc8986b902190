"""Slow case of upstream's own program with PyTorch, Debian's: a network of the real size with drawn
weights, started by mlpgen."""
from reference.cases_real_size import QUERIES, model_files
from reference.cases_small_models import ZENODO, Reference
from reference.upstream import CACHE

DEBIAN = ["--adr.pytorch.tags=_debian", "--adr.ml-engine-torchvision.tags=_debian"]


def case_retinanet_with_pytorch(bench, rows):
    model = model_files(CACHE) / "resnext50_32x4d_fpn.pth"
    with Reference(bench.upstream, bench.scratch, "retinanet-pytorch",
                   {f"{ZENODO}/6617981/files/{model.name}": model.read_bytes()}) as job:
        found = job.make("--model=retinanet", "--backend=pytorch", f"--test_query_count={QUERIES}",
                         *DEBIAN, f"--adr.openimages-preprocessed.tags=_demo,_size.{QUERIES}")
        assert len(found) == QUERIES and all(data and len(data) % 28 == 0
                                             for data in found.values()), {
                                                 k: len(v)
                                                 for k, v in found.items()
                                             }
        print(
            f"    {QUERIES} images, {sum(len(data) // 28 for data in found.values())} detections; "
            f"{job.rate()}")
