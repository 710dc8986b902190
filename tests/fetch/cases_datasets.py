"""Data sets of the benchmarks by mlpgen's own recipes, with small stand-ins served at the real URLs' paths."""
import gzip
import json

from cases_git import Site
from file_server import FileServer
from job import Job, noise


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
