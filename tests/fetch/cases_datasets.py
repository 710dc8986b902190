"""Data sets of the benchmarks by mlpgen's own recipes, with small stand-ins served at the real
URLs' paths."""
import gzip
import json

from fetch.cases_git import Site
from fetch.file_server import FileServer
from fetch.job import INFERENCE, Job, noise
from fetch.rows import Row, brought, check, each

SQUAD = "https://raw.githubusercontent.com/rajpurkar/SQuAD-explorer/master/dataset"
AUX = "get,aux,dataset-aux,imagenet-aux"
CAFFE = ["imagenet-aux/val.txt", "imagenet-aux/synset_words.txt"]
CALIBRATION = "get,dataset,imagenet,calibration"
LIBRISPEECH = "get,dataset,librispeech,original"


@each([
    Row("squad", "get,dataset,squad,original", [f"{SQUAD}/dev-v1.1.json"],
        ["dataset/squad/dev-v1.1.json"]),
    Row("squad_2", "get,dataset,squad,original", [f"{SQUAD}/dev-v2.0.json"],
        ["dataset/squad/dev-v2.0.json"], more=["--version=2.0"]),
    Row("squad_from_its_second_place", "get,dataset,squad,original", [
        f"{SQUAD}/dev-v1.1.json", "https://rajpurkar.github.io/SQuAD-explorer/dataset/dev-v1.1.json"
    ], ["dataset/squad/dev-v1.1.json"], mirror=True),
    Row("squad_vocabulary", "get,dataset-aux,squad-vocab",
        ["https://zenodo.org/record/3733868/files/vocab.txt"], ["dataset/squad-vocab.txt"]),
    Row("coco_calibration", "get,dataset,coco2014,_calibration",
        [f"{INFERENCE}/calibration/COCO-2014/coco_cal_captions_list.txt"],
        ["dataset/coco2014-calibration.txt"]),
    Row("imagenet_labels", AUX, ["https://armi.in/files/caffe_ilsvrc12.tar.gz"], CAFFE,
        ["val.txt", "synset_words.txt"]),
    Row("imagenet_labels_from_dropbox", f"{AUX},_from.dropbox",
        ["https://www.dropbox.com/s/92n2fyej3lzy3s3/caffe_ilsvrc12.tar.gz?dl=1"], CAFFE,
        ["val.txt", "synset_words.txt"]),
    Row("imagenet_labels_from_berkeley", f"{AUX},_from.berkeleyvision",
        ["http://dl.caffe.berkeleyvision.org/caffe_ilsvrc12.tar.gz"], CAFFE,
        ["val.txt", "synset_words.txt"]),
    Row("imagenet_calibration_list_one", CALIBRATION,
        [f"{INFERENCE}/calibration/ImageNet/cal_image_list_option_1.txt"],
        ["dataset/imagenet-cal_image_list_option_1.txt"]),
    Row("imagenet_calibration_list_two", f"{CALIBRATION},_mlperf.option2",
        [f"{INFERENCE}/calibration/ImageNet/cal_image_list_option_2.txt"],
        ["dataset/imagenet-cal_image_list_option_2.txt"]),
    Row("imagenet_first_500", "get,dataset,imagenet,val,_size.500",
        ["http://cKnowledge.org/ai/data/ILSVRC2012_img_val_500.tar"],
        ["imagenet-500/ILSVRC2012_val_00000001.JPEG", "imagenet-500/ILSVRC2012_val_00000002.JPEG"],
        ["ILSVRC2012_val_00000001.JPEG", "ILSVRC2012_val_00000002.JPEG"]),
    Row("open_orca", "get,dataset,openorca,original", [
        "https://huggingface.co/datasets/Open-Orca/OpenOrca/resolve/e9c87b4abb2609913751f9b26553fdb9c061796c/1M-GPT4-Augmented.parquet"
    ], ["dataset/openorca-1M-GPT4-Augmented.parquet"]),
    *(Row(f"librispeech_{part.replace('-', '_')}", LIBRISPEECH,
          [f"http://www.openslr.org/resources/12/{part}.tar.gz"],
          [f"librispeech-{part}/LibriSpeech/{part}/84/121123/84-121123-0000.flac"],
          [f"LibriSpeech/{part}/84/121123/84-121123-0000.flac"], more=[f"--version={part}"])
      for part in ("dev-clean", "dev-other", "test-clean", "test-other", "train-clean-100",
                   "train-clean-360", "train-other-500")),
])
def case_a_recipe_fetches(row, bench):
    check(row, bench)


# What a person brings: the request, the word that names it, the files that tell that it is this,
# and what is said without it.
BROUGHT = [
    ("get,dataset,imagenet,val,_full", "IMAGENET_PATH", ["ILSVRC2012_val_00000001.JPEG"],
     "accept ImageNet's terms at https://image-net.org/challenges/LSVRC/2012/"),
    ("get,dataset,criteo,original", "CM_CRITEO_PATH", ["day_0.gz"], "accept Criteo's terms"),
    ("get,dataset,cnndm", "CNNDM_PATH", ["cnn_eval.json"], ""),
    ("get,dataset,cnndm,_calibration", "CNNDM_PATH", ["cnn_dailymail_calibration.json"], ""),
    ("get,dataset,librispeech,preprocessed", "LIBRISPEECH_PREPROCESSED_PATH",
     ["dev-clean-wav.json", "dev-clean-wav/84/x.wav"], ""),
    ("get,dataset,kits19,preprocessed", "KITS19_PREPROCESSED_PATH", ["preprocessed_files.pkl"], ""),
    ("get,preprocessed,dataset,criteo", "CRITEO_PREPROCESSED_PATH",
     ["day_23_dense.npy", "day_23_labels.npy", "day_23_sparse_multi_hot.npz"], ""),
    ("get,preprocessed,dataset,openorca", "OPENORCA_PREPROCESSED_PATH",
     ["open_orca_gpt4_tokenized_llama.sampled_24576.pkl"], ""),
]


def case_a_data_set_that_a_person_brings_is_used_where_it_lies(bench):
    brought(bench, BROUGHT)


def case_coco_is_the_first_captions_and_the_latents(bench):
    heading, rows = "id\timage_id\tcaption\theight\twidth\tfile_name\tcoco_url", [
        f"{i}\t{i}\tA \u00e9 {i}\t1\t1\tf{i}.jpg\thttp://x" for i in range(60)
    ]
    with FileServer({}) as server:
        job = Job(bench, server)
        job.file(f"{INFERENCE}/text_to_image/coco2014/captions/captions_source.tsv",
                 "".join(f"{line}\n" for line in [heading, *rows]).encode())
        job.file(f"{INFERENCE}/text_to_image/tools/latents.pt", noise(1))
        job.file(f"{INFERENCE}/text_to_image/tools/sample_ids.txt", b"4655\n")
        for words, lines in (("_50", [heading, *rows[:50]]),
                             ("_size.7,_with-sample-ids", [heading,
                                                           *rows[:7]]), ("_full", [heading,
                                                                                   *rows])):
            made = job.make(f"get,dataset,coco2014,{words}")
            assert made == {
                "coco2014/captions/captions.tsv": "".join(f"{line}\n" for line in lines).encode(),
                "coco2014/latents/latents.pt": noise(1)
            }
        assert [
            path.read_bytes()
            for path in job.run_dir.glob("out/get-dataset-coco2014/*/sample_ids.txt")
        ] == [b"4655\n"]
        job.configure("get,dataset,coco2014,_500")
        assert "has 60 captions, not 500" in job.ninja(code=1)


def case_open_orca_is_unpacked(bench):
    samples = {
        name: noise(3)
        for name in ("open_orca_gpt4_tokenized_llama.sampled_24576.pkl",
                     "open_orca_gpt4_tokenized_llama.calibration_1000.pkl")
    }
    with FileServer({}) as server:
        job = Job(bench, server)
        job.folder("llama-2-70b-open-orca-dataset",
                   {f"open_orca/{n}.gz": gzip.compress(b)
                    for n, b in samples.items()})
        assert job.make("get,preprocessed,dataset,openorca") == {
            f"openorca-r2/{n}": b
            for n, b in samples.items()
        }


def case_kits19_is_scans_and_segmentations_by_case(bench):
    meta = f"{INFERENCE}/vision/medical_imaging/3d-unet-kits19/meta"
    with Site(bench) as site, FileServer({}) as server:
        commit = site.repository("kits19").commit(
            {f"data/case_{i:05d}/segmentation.nii.gz": noise(1000 + i)
             for i in (0, 185)})
        job = Job(bench, server, [f"https://github.com/neheller/={site.server.url}/smart/"])
        job.file(f"{meta}/inference_cases.json",
                 json.dumps(["case_00000", "case_00185", "case_00400"]).encode())
        scans = {f"images/case_{i:05d}.nii.gz": noise(i) for i in (0, 185)}
        job.hub("neheller/KiTS-Challenge-Imaging", "65f1f295873a326230153c7e1de0c7dba10f0b29",
                scans | {"images/case_00001.nii.gz": b"not asked for"}, kind="datasets/")
        made = job.make("get,dataset,kits19,original", f"--env.CM_DATASET_KITS19_COMMIT={commit}")
        assert made == {
            f"kits19-cases/case_{case:05d}/{name}": noise(number)
            for case, source in ((0, 0), (185, 185), (400, 185))
            for name, number in (("imaging.nii.gz", source), ("segmentation.nii.gz", 1000 + source))
        }
        assert not any("case_00001" in str(asked) for asked in server.requests), server.requests


def case_a_scan_of_kits19_must_be_the_one_that_the_hub_lists(bench):
    case, commit = "images/case_00047.nii.gz", "65f1f295873a326230153c7e1de0c7dba10f0b29"
    with Site(bench) as site, FileServer({}) as server:
        kits = site.repository("kits19").commit({"data/case_00047/segmentation.nii.gz": noise(2)})
        job = Job(bench, server, [f"https://github.com/neheller/={site.server.url}/smart/"])
        job.file(f"{INFERENCE}/vision/medical_imaging/3d-unet-kits19/meta/calibration_cases.json",
                 b'["case_00047"]')
        job.hub("neheller/KiTS-Challenge-Imaging", commit, {case: noise(1)}, kind="datasets/")
        imaging = f"huggingface.co/datasets/neheller/KiTS-Challenge-Imaging/resolve/{commit}"
        server.bytes[f"{imaging}/{case}"] = noise(3)
        job.configure("get,dataset,kits19,original,_calibration",
                      f"--env.CM_DATASET_KITS19_COMMIT={kits}")
        assert "digest" in job.ninja(code=1)


def case_kits19_of_ones_own_needs_the_list_alone(bench):
    with FileServer({}) as server:
        job, folder = Job(bench, server), bench.dir / "cases/case_00000"
        folder.mkdir(parents=True)
        (folder / "imaging.nii.gz").write_bytes(noise(1))
        job.file(f"{INFERENCE}/vision/medical_imaging/3d-unet-kits19/meta/calibration_cases.json",
                 b'["case_00000"]')
        assert job.make(
            "get,dataset,kits19,original,_calibration",
            f"--env.KITS19_PATH={folder.parent}") == {"kits19/case_00000/imaging.nii.gz": noise(1)}
        assert len(server.requests) == 1
