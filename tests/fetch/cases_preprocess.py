"""Data sets that mlpgen converts and preprocesses itself: small stand-ins at the real URLs' paths,
and the results worked out here.

The environments of the scripts are those of the shipped lock, from a package registry; their Python
also writes the stand-ins (Parquet, FLAC, NIfTI), so that these are real files of their kinds.
"""
import json
import shutil
import subprocess
import wave

from places import CACHE, Skip
from fetch.cases_git import Site
from fetch.file_server import FileServer
from fetch.job import INFERENCE, Job, packed

KEPT = CACHE / "fetch"
KITS_META = f"{INFERENCE}/vision/medical_imaging/3d-unet-kits19/meta"
KITS_HUB = "neheller/KiTS-Challenge-Imaging", "65f1f295873a326230153c7e1de0c7dba10f0b29"


def environment(job, *request):
    """The Python of a request's environment, which is built before anything is served. Packages are
    fetched once, into KEPT."""
    store = job.bench.store
    store.mkdir(parents=True, exist_ok=True)
    (KEPT / "uv-cache").mkdir(parents=True, exist_ok=True)
    (KEPT / "objects").mkdir(exist_ok=True)
    if not (store / "uv-cache").exists():
        (store / "uv-cache").symlink_to(KEPT / "uv-cache")
        shutil.copytree(KEPT / "objects", store / "objects", dirs_exist_ok=True)
    job.configure(*request)
    said = job.ninja("-k", "0", code=1)
    for wheel in (store / "objects").rglob("*.whl"):
        shutil.copytree(wheel.parent,
                        KEPT / "objects" / wheel.parent.relative_to(store / "objects"),
                        dirs_exist_ok=True)
    found = list(job.run_dir.glob("out/get-python-environment/*/venv/bin/python"))
    if not found and "[no-network]" in said:
        raise Skip("no package registry can be reached")
    assert found, said[-3000:]
    return found[0]


def run(python, text, *words):
    """What a short program prints."""
    done = subprocess.run([python, "-c", text, *map(str, words)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def parquet(python, path, rows):
    path.parent.mkdir(parents=True, exist_ok=True)
    run(
        python, "import json, sys, pyarrow, pyarrow.parquet as p; "
        "p.write_table(pyarrow.Table.from_pylist(json.loads(sys.argv[2])), sys.argv[1])", path,
        json.dumps(rows))
    return path.read_bytes()


def case_cnn_dailymail_becomes_the_json_of_the_reference(bench):
    rows = [{
        "article": f"The \u00e9 \"article\" {i}\nand more", "highlights": f"What {i} says",
        "id": f"{i:040x}"
    } for i in range(7)]
    samples = [{
        "instruction": "Summarize the following news article:", "input": row["article"],
        "output": row["highlights"]
    } for row in rows]
    with FileServer({}) as server:
        job = Job(bench, server)
        python = environment(job, "get,dataset,cnndm")
        names = [
            "3.0.0/validation-00000-of-00001.parquet", "3.0.0/train-00000-of-00002.parquet",
            "3.0.0/train-00001-of-00002.parquet"
        ]
        files = {
            name: parquet(python, bench.dir / name, part)
            for name, part in zip(names, (rows, rows[:4], rows[4:]))
        }
        job.hub("abisee/cnn_dailymail", "96df5e686bee6baa90b8bee7c28b81fa3fa6223d",
                files | {"1.0.0/validation-00000-of-00001.parquet": b"another version"},
                "datasets/")
        made = job.make("get,dataset,cnndm")
        assert list(made) == ["cnndm-json-validation/cnn_eval.json"]
        text = made["cnndm-json-validation/cnn_eval.json"].decode()
        assert text == json.dumps(samples, indent=4, ensure_ascii=False), text
        assert not [name for name, *_ in server.requests if "1.0.0" in name or "train" in name
                    ], "only the split that is asked for is fetched"
        job.file(f"{INFERENCE}/calibration/CNNDailyMail/calibration-list.txt",
                 f"{rows[5]['id']}\n{rows[2]['id']}".encode())
        made = job.make("get,dataset,cnndm,_calibration")
        assert json.loads(
            made["cnndm-json-train/cnn_dailymail_calibration.json"]) == [samples[5], samples[2]]
        job.file(f"{INFERENCE}/calibration/CNNDailyMail/calibration-list.txt", b"0" * 39 + b"9")
        job.configure("get,dataset,cnndm,_calibration")
        assert "1 of 1 articles are not in the files" in job.ninja(code=1)


def tone(seed, length):
    return [(i * (seed + 3) * 37) % 20001 - 10000 for i in range(length)]


def case_librispeech_becomes_wav_files_and_their_list(bench):
    spoken = {
        "84-121123-0001": tone(1, 9000), "84-121123-0000": tone(2, 16000),
        "1272-128104-0003": tone(3, 4321)
    }
    write = ("import json, sys, numpy, soundfile; soundfile.write(sys.argv[1], "
             "numpy.array(json.loads(sys.argv[2]), 'int16'), 16000, format='FLAC', "
             "subtype='PCM_16')")
    with FileServer({}) as server:
        job = Job(bench, server)
        python = environment(job, "get,dataset,librispeech,preprocessed")
        files = {}
        for name, samples in spoken.items():
            speaker, chapter, _ = name.split("-")
            run(python, write, bench.dir / "one.flac", json.dumps(samples))
            folder = f"LibriSpeech/dev-clean/{speaker}/{chapter}"
            files[f"{folder}/{name}.flac"] = (bench.dir / "one.flac").read_bytes()
            spoken_text = f"{folder}/{speaker}-{chapter}.trans.txt"
            files.setdefault(spoken_text, b"")
            files[spoken_text] += f"{name} GO DO YOU HEAR {name[-1]}\n".encode()
        job.file("http://www.openslr.org/resources/12/dev-clean.tar.gz",
                 packed("dev-clean.tar.gz", files))
        job.make("get,dataset,librispeech,preprocessed")
        folder = job.run_dir / "dataset/librispeech-wav"
        listed = json.loads((folder / "dev-clean-wav.json").read_text())
        assert [entry["files"][0]["fname"] for entry in listed] == [
            f"dev-clean-wav/{n.split('-')[0]}/{n.split('-')[1]}/{n}.wav" for n in sorted(spoken)
        ]
        for entry, (name, samples) in zip(listed, sorted(spoken.items())):
            [file] = entry["files"]
            assert entry["transcript"] == f"go do you hear {name[-1]}" and file[
                "num_samples"] == entry["original_num_samples"] == len(samples)
            assert entry["original_duration"] == file["duration"] == round(
                len(samples) / 16000, 6) and file["sample_rate"] == 16000 and file["speed"] == 1
            with wave.open(str(folder / file["fname"])) as heard:
                assert (heard.getnchannels(), heard.getsampwidth(), heard.getframerate()) == (1, 2,
                                                                                              16000)
                assert heard.readframes(len(samples)) == b"".join(
                    s.to_bytes(2, "little", signed=True) for s in samples), "the very samples"
        job.make("get,dataset,librispeech,preprocessed,_1")
        assert len(json.loads((folder / "dev-clean-wav.json").read_text())) == 1
        job.configure("get,dataset,librispeech,preprocessed,_5")
        assert "has 3 utterances, not 5" in job.ninja(code=1)


WRITE_SCAN = """
import json, sys, nibabel, numpy
shape, spacing, folder = json.loads(sys.argv[1]), json.loads(sys.argv[2]), sys.argv[3]
affine = numpy.array([[0, 0, -spacing[2], 0], [0, -spacing[1], 0, 0],
                      [-spacing[0], 0, 0, 0], [0, 0, 0, 1]], float)
z, y, x = numpy.indices(shape)
for name, data in (("imaging", (20.0 * x).astype("float64") - 100),
                   ("segmentation", (x > shape[2] // 2).astype("uint8") * 2)):
    image = nibabel.Nifti1Image(data, affine)
    image.header["pixdim"][1:4] = spacing
    nibabel.save(image, f"{folder}/{name}.nii.gz")
"""
READ_VOLUME = """
import json, pickle, sys, nibabel, numpy
image, label = pickle.load(open(f"{sys.argv[1]}/{sys.argv[2]}.pkl", "rb"))
told = pickle.load(open(f"{sys.argv[1]}/preprocessed_files.pkl", "rb"))
case = told["cases"][sys.argv[2]]
nifti = None
if len(sys.argv) > 3:
    nifti = nibabel.load(f"{sys.argv[1]}/nifti/{sys.argv[2]}/imaging.nii.gz")
    nifti = [nifti.shape, bool((nifti.get_fdata() == image[0]).all())]
print(json.dumps({"shape": image.shape, "types": [str(image.dtype), str(label.dtype)],
                  "row": image[0, 70, 70].tolist(), "label": label[0, 70, 70].tolist(),
                  "corner": [float(image[0, 0, 0, 0]), int(label[0, 0, 0, 0])],
                  "files": told["file_list"],
                  "told": [case["case"], case["image_shape"], case["zoom_factor"].tolist()],
                  "affine": case["reshaped_affine"].tolist(), "nifti": nifti}))
"""


def scans(python, folder, shapes):
    """{case: (imaging, segmentation)} of volumes whose intensity grows with x, 20 a voxel from
    -100."""
    made = {}
    for case, (shape, spacing) in shapes.items():
        (folder / case).mkdir(parents=True)
        run(python, WRITE_SCAN, json.dumps(shape), json.dumps(spacing), folder / case)
        made[case] = tuple(
            (folder / case / f"{name}.nii.gz").read_bytes() for name in ("imaging", "segmentation"))
    return made


def intensity(x):
    """Of voxel x, as the network is given it."""
    return (min(max(20.0 * x - 100, -79.0), 304.0) - 101.0) / 76.9


def case_kits19_becomes_volumes_at_one_spacing(bench):
    # The first keeps its voxels (all edges are whole steps); the second has half of them along x,
    # so that they are interpolated.
    shapes = {
        "case_00000": ([128, 192, 128], [1.6, 1.2, 1.2]), "case_00185": ([128, 128,
                                                                          64], [1.6, 1.2, 2.4])
    }
    with Site(bench) as site, FileServer({}) as server:
        job = Job(bench, server, [f"https://github.com/neheller/={site.server.url}/smart/"])
        python = environment(job, "get,dataset,kits19,preprocessed")
        made = scans(python, bench.dir / "cases", shapes)
        job.hub(*KITS_HUB, {f"images/{case}.nii.gz": image
                            for case, (image, _) in made.items()}, kind="datasets/")
        commit = site.repository("kits19").commit(
            {f"data/{case}/segmentation.nii.gz": label
             for case, (_, label) in made.items()})
        job.file(f"{KITS_META}/inference_cases.json",
                 json.dumps(["case_00000", "case_00185", "case_00400"]).encode())
        words = [
            "get,dataset,kits19,preprocessed",
            f"--adr.original-dataset.env.CM_DATASET_KITS19_COMMIT={commit}"
        ]
        job.make(*words)
        folder = job.run_dir / "dataset/kits19-volumes-validation"
        first = json.loads(run(python, READ_VOLUME, folder, "case_00000", "nifti"))
        assert first["shape"] == [1, 128, 192, 128] and first["types"] == [
            "float32", "uint8"
        ] and first["files"] == ["case_00000", "case_00185", "case_00400"]
        assert all(abs(value - intensity(x)) < 1e-5
                   for x, value in enumerate(first["row"])), first["row"]
        assert first["label"] == [2 * (x > 64)
                                  for x in range(128)] and first["nifti"] == [[128, 192, 128], True]
        second = json.loads(run(python, READ_VOLUME, folder, "case_00185", "nifti"))
        assert second["shape"] == [1, 128, 128, 128] and second["told"][:2] == [
            "case_00185", [1, 128, 128, 128]
        ], second["told"]
        assert all(
            abs(value - intensity(x * 63 / 127)) < 1e-4
            for x, value in enumerate(second["row"])), "interpolated between the outermost voxels"
        assert [abs(row[i])
                for row, i in zip(second["affine"], (2, 1, 0))] == [1.2, 1.2, 1.6], second["affine"]
        copy = json.loads(run(python, READ_VOLUME, folder, "case_00400", "nifti"))
        assert copy["told"][0] == "case_00400" and copy["row"] == second["row"]
        job.make(words[0] + ",_1", *words[1:])
        assert sorted(path.name for path in folder.glob("case_*")) == ["case_00000.pkl"]


def case_kits19_of_ones_own_is_padded_and_cut_for_the_window(bench):
    # 140 = 128 + 12 loses 12; 170 = 128 + 42 gains 22; 40 grows to 128 by its border.
    shapes = {
        "case_00003": ([140, 170, 40], [1.6, 1.2, 1.2]), "case_00001": ([128, 128,
                                                                         128], [1.6, 1.2, 1.2])
    }
    with FileServer({}) as server:
        job = Job(bench, server)
        python = environment(job, "get,dataset,kits19,preprocessed,_calibration")
        scans(python, bench.dir / "cases", shapes | {"case_00000": ([2, 2, 2], [1, 1, 1])})
        job.file(f"{KITS_META}/calibration_cases.json", json.dumps(list(shapes)).encode())
        words = [
            "get,dataset,kits19,preprocessed,_calibration",
            f"--env.KITS19_PATH={bench.dir / 'cases'}"
        ]
        job.make(*words)
        folder = job.run_dir / "dataset/kits19-volumes-calibration"
        told = json.loads(run(python, READ_VOLUME, folder, "case_00003"))
        assert told["shape"] == [1, 128, 192, 128
                                 ] and told["files"] == list(shapes), "in the order of the list"
        assert abs(told["corner"][0] +
                   2.2) < 1e-6 and told["corner"][1] == 0, "what is added is outside"
        assert all(
            abs(value - intensity(min(max(x - 44, 0), 39))) < 1e-5
            for x, value in enumerate(told["row"])), told["row"]
        assert not (folder / "nifti").exists(), "nothing scores the calibration set"
        job.file(f"{KITS_META}/calibration_cases.json", b'["case_00002"]')
        job.configure(*words)
        assert "has no case_00002/imaging.nii.gz" in job.ninja(code=1)


def case_kits19_in_int8_is_refused_with_the_reason(bench):
    with FileServer({}) as server:
        job = Job(bench, server)
        said = job.configure("get,dataset,kits19,preprocessed,_int8", code=1)
        assert "the reference's preprocess.py makes KiTS19 in fp32 only" in said
        assert not server.requests
