"""--with-dataset and --with-model: a person's own copies are used where they lie, compared with
what is known, and never changed."""
import json

from store.bench import sha256
from tutorial.session import BUCKET

DATASET = "get,dataset,object-detection,open-images,original,_validation,_size.20"
MODEL = "get,ml-model,object-detection,retinanet,resnext50,_onnx"


def asked(session):
    return [name for name, *_ in session.files.requests if not name.endswith(".zip")]


def stamps(folder):
    return [(str(p), p.stat().st_mtime_ns, p.stat().st_mode, p.stat().st_size)
            for p in [folder, *sorted(folder.rglob("*"))]]


def configure(session, request, *more, lock=None):
    session.new_run_dir()
    return session.call(f"mlpgen configure {request}", session.env(),
                        [*more, f"--lock={lock or session.lock}"])


def ninja(session, code=0):
    said = session.call("ninja", session.env(), code=code)
    session.note(True)
    return said


def case_a_model_with_the_known_digest_is_linked(session):
    _, model = session.own_copies
    before, count = stamps(model), len(asked(session))
    configure(session, MODEL, f"--with-model={model}")
    ninja(session)
    link = session.run_dir / f"model/{model.name}"
    assert link.resolve() == model and stamps(model) == before and len(asked(session)) == count
    [manifest] = session.run_dir.glob("out/get-ml-model-retinanet/*/manifest.json")
    assert [f["sha256"]
            for f in json.loads(manifest.read_text())["files"]] == [sha256(model.read_bytes())]
    assert "no work to do" in ninja(session)


def case_another_model_is_refused(session):
    _, model = session.own_copies
    session.new_run_dir()
    session.call(f"mlpgen configure {MODEL} --with-model={model}",
                 session.env())  # no lock: MLPerf's own file is expected
    assert "[digest-differs]" in ninja(session,
                                       code=1) and not list(session.run_dir.glob("model/*"))
    other = session.folder / "other.onnx"
    other.write_bytes(model.read_bytes()[:-1] + b"?")
    configure(session, MODEL, f"--with-model={other}")
    assert "is another file: its SHA-256 is" in ninja(session, code=1)


def case_images_that_are_all_there_are_linked(session):
    folder, _ = session.own_copies
    before, count = stamps(folder), len(asked(session))
    configure(session, DATASET, f"--with-dataset={folder}")
    ninja(session)
    assert (session.run_dir / "dataset/openimages").resolve() == folder
    assert stamps(folder) == before and len(asked(session)) == count
    [manifest] = session.run_dir.glob("out/get-dataset-openimages/*/manifest.json")
    assert json.loads(
        manifest.read_text())["count"] == 20, "only the images that were asked for count"
    assert "no work to do" in ninja(session)


def copy_of(session, name):
    folder, _ = session.own_copies
    data = session.folder / name / "validation/data"
    data.mkdir(parents=True)
    for path in sorted((folder / "validation/data").iterdir())[:20]:
        (data / path.name).write_bytes(path.read_bytes())
    return data


def case_an_image_that_is_missing_is_named(session):
    data = copy_of(session, "lacking")
    (data / f"{7:016x}.jpg").unlink()
    configure(session, DATASET, f"--with-dataset={data.parents[1]}")
    assert f"lacks 1 of 20 files: {7:016x}.jpg  [not-found]" in ninja(session, code=1)


def case_images_are_compared_with_the_lists_digest_in_the_lock(session):
    configure(session, DATASET)
    ninja(session)
    [manifest] = session.run_dir.glob("out/get-dataset-openimages/*/manifest.json")
    document = json.loads(session.lock.read_text())
    key = f"file {BUCKET}#mlperf-v2.1-20"
    document["entries"][key] = {
        "file_name": "manifest.json", "sha256": sha256(manifest.read_bytes()), "stand_in": True
    }
    lock = session.folder / "with-images.lock"
    lock.write_text(json.dumps(document))
    data = copy_of(session, "compared")
    configure(session, DATASET, f"--with-dataset={data.parents[1]}", lock=lock)
    ninja(session)
    body = (data / f"{3:016x}.jpg").read_bytes()
    (data / f"{3:016x}.jpg").write_bytes(body[:-1] + bytes([body[-1] ^ 1]))
    configure(session, DATASET, f"--with-dataset={data.parents[1]}", lock=lock)
    said = ninja(session, code=1)
    assert "the 20 files below" in said and "[digest-differs]" in said, said


def case_what_nothing_reads_is_said(session):
    folder, _ = session.own_copies
    said = configure(session, "get,ml-model,object-detection,retinanet,_demo",
                     f"--with-model={folder}")
    assert "--with-model sets 'CM_WITH_MODEL', and nothing in this request reads it" in said, said
