"""store list, show, find, verify, remove, gc, du over a small store, and what its notes of uses
say."""
import fcntl
import hashlib
import shutil
import subprocess

from commands.bench import has
from places import ROOT
from sealed import sealed


def put(bench, name, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder = bench.folder / "store/objects/sha256" / digest[:2] / digest
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    note = {
        "format": 1, "name": name, "size": len(text), "sha256": digest,
        "from": "http://a.test/" + name, "when": "2026-01-01T00:00:00Z",
        "stamp": {"size": 0, "mtime_ns": 0, "inode": 0}
    }
    (folder / ".object.json").write_text(sealed(note))
    return digest, folder / name


def test_store_lists_and_shows(bench):
    digest, _ = put(bench, "one.bin", "one")
    put(bench, "two.bin", "twotwo")
    has(bench.ask("store", "list"), "one.bin", "two.bin", "3 bytes")
    assert bench.ask_json("store", "show", "one.bin")["sha256"] == digest
    has(bench.ask("store", "show", digest[:8]), "http://a.test/one.bin")
    assert bench.ask_json("store", "du")["objects"]["files"] == 4


def test_store_verify_finds_and_sets_aside_damage(bench):
    digest, path = put(bench, "one.bin", "one")
    has(bench.ask("store", "verify"), "1 objects, 0 damaged")
    path.write_text("eno")
    has(bench.refused("store", "verify"), "damaged-object", digest[:12])
    has(bench.ask("store", "verify"), "0 objects, 0 damaged")
    assert any((bench.folder / "store/trash").iterdir())


def test_store_removes_one_object(bench):
    put(bench, "one.bin", "one")
    put(bench, "two.bin", "two")
    has(bench.ask("store", "remove", "one.bin"), "removed")
    assert [o["name"] for o in bench.ask_json("store", "list")["objects"]] == ["two.bin"]
    has(bench.refused("store", "remove", "one.bin"), "not-in-store")


def note_use(bench, digest, recipe, tags, variations=(), run="/gone", when="2026-01-02T00:00:00Z"):
    """What an edge of that run directory writes when it looks for the object."""
    use = {
        "recipe": recipe, "tags": list(tags), "variations": list(variations), "kind": "file",
        "keys": [digest], "run": run, "when": when
    }
    with (bench.folder / "store/uses.jsonl").open("a") as journal:
        journal.write(sealed(use, end="") + "\n")


def two_things(bench):
    """model.onnx, asked for by two recipes, and images.zip."""
    model, _ = put(bench, "model.onnx", "m" * 2048)
    images, _ = put(bench, "images.zip", "i" * 1024)
    note_use(bench, model, "get-ml-model-retinanet", ["get", "ml-model", "retinanet"],
             ["onnx", "fp32"])
    note_use(bench, model, "get-backup", ["get", "backup"])
    note_use(bench, images, "get-dataset-openimages", ["get", "dataset", "openimages"],
             ["validation"])
    return model, images


def names(answer):
    return [o["name"] for o in answer["objects"]]


def test_store_lists_and_finds_by_tags_variations_and_recipe(bench):
    model, images = two_things(bench)
    assert names(bench.ask_json("store", "list", "get,ml-model,_onnx")) == ["model.onnx"]
    assert names(bench.ask_json("store", "list", "--tags=get,dataset")) == ["images.zip"]
    assert names(bench.ask_json("store", "list", "get,-dataset")) == ["model.onnx"]
    assert names(bench.ask_json("store", "list", "get-backup")) == ["model.onnx"]
    assert names(bench.ask_json("store", "list", "get")) == ["images.zip", "model.onnx"]
    found = bench.ask("store", "find", "get,dataset,openimages").split()
    assert len(found) == 1 and found[0].endswith(f"{images}/images.zip"), found
    has(bench.refused("store", "find", "get,dataset,_onnx"), "not-in-store")
    has(bench.refused("store", "list", "openimage"), "not-in-store", "openimages")


def test_store_shows_all_who_asked(bench):
    model, _ = two_things(bench)
    askers = bench.ask_json("store", "show", "model.onnx")["askers"]
    assert [a["recipe"] for a in askers] == ["get-backup", "get-ml-model-retinanet"]
    has(bench.ask("store", "show", "get,ml-model"),
        "asked   get-ml-model-retinanet get,ml-model,retinanet,_onnx,_fp32", model)


def test_store_removes_by_tags_and_says_what_and_how_much(bench):
    two_things(bench)
    has(bench.ask("store", "remove", "get", "--dry-run"), "would remove", "model.onnx",
        "images.zip", "2 objects, 3.1 kB")
    assert len(names(bench.ask_json("store", "list"))) == 2
    has(bench.ask("store", "remove", "get,dataset"), "removed", "images.zip", "1 object, 1.0 kB")
    assert names(bench.ask_json("store", "list")) == ["model.onnx"]


def test_store_removes_nothing_for_words_that_ask_for_nothing(bench):
    two_things(bench)
    for word in ("", ",", "--tags=", "--tags=,"):
        has(bench.refused("store", "remove", word), "not-in-store")
    assert len(names(bench.ask_json("store", "list"))) == 2


def test_store_gc_keeps_what_a_run_directory_that_is_there_uses(bench):
    model, images = two_things(bench)
    unknown, _ = put(bench, "unknown.bin", "u")
    run = bench.folder / "other"
    (run / ".mlpgen").mkdir(parents=True)
    (run / ".mlpgen/plan").write_text("")
    (bench.folder / "store/runs").mkdir()
    (bench.folder / "store/runs" / hashlib.sha256(str(run).encode()).hexdigest()).write_text(
        str(run))
    note_use(bench, model, "get-backup", ["get", "backup"], run=str(run))
    dry = bench.ask_json("store", "gc", "--dry-run")
    assert [o["name"] for o in dry["removed"]
            ] == ["images.zip"] and dry["used"] == 1 and dry["unknown"] == 1, dry
    has(bench.ask("store", "gc", "--older-than=36500"), "removed 0 of 3", "1 too young")
    has(bench.refused("store", "gc", "--older-than=soon"), "wrong-word")
    has(bench.ask("store", "gc"), "removed", "images.zip", "1 of 3 objects (1.0 kB)", "1 in use",
        "--unknown")
    assert names(bench.ask_json("store", "list")) == ["model.onnx", "unknown.bin"]
    (run / ".mlpgen/plan").unlink()
    assert [o["name"] for o in bench.ask_json("store", "gc", "--unknown")["removed"]
            ] == ["model.onnx", "unknown.bin"]


def test_store_knows_what_configure_asked_for_and_keeps_it(bench):
    """A run directory that was configured and not built yet: the object that its recipe names is in
    use."""
    digest, _ = put(bench, "f.bin", "bytes")
    shutil.copy(ROOT / "rules/download.yaml", bench.project / "rules")
    folder = bench.project / "recipes/t/fetched"
    folder.mkdir()
    (folder / "recipe.yaml").write_text(
        "format: 1\nrecipe: fetched\nabout: a file\ntags: [get, fetched]\nsteps:\n"
        f"  - {{id: get, rule: download, urls: ['http://a.test/f.bin'], name: f.bin, sha256: "
        f"{digest}}}\n")
    bench.configure("fetched")
    shown = bench.ask_json("store", "show", "get,fetched")
    assert shown["sha256"] == digest and shown["runs"] == [str(bench.run_directory)], shown
    assert bench.ask_json("store", "gc")["removed"] == []
    bench.ninja()
    assert bench.ask_json("store", "show", "f.bin")["used"]
    shutil.rmtree(bench.run_directory / ".mlpgen")
    assert [o["name"] for o in bench.ask_json("store", "gc")["removed"]] == ["f.bin"]


def test_store_makes_damaged_notes_again(bench):
    two_things(bench)
    journal = bench.folder / "store/uses.jsonl"
    journal.write_text("{\"recipe\": \n" + journal.read_text() + "\x00\x01")
    done = bench.run([bench.mlpgen, "store", "list", "get,dataset"])
    has(done.stdout, "images.zip")
    has(done.stderr, "2 damaged lines")
    assert bench.run([bench.mlpgen, "store", "list", "get,dataset"]).stderr == ""
    journal.unlink()
    has(bench.refused("store", "list", "get,dataset"), "not-in-store")
    assert len(names(bench.ask_json("store", "list"))) == 2


def test_store_du_counts_by_recipe(bench):
    two_things(bench)
    recipes = bench.ask_json("store", "du")["recipes"]
    assert recipes["get-backup"] == recipes["get-ml-model-retinanet"] == {
        "bytes": 2048, "objects": 1
    }, recipes
    has(bench.ask("store", "du"), "by recipe", "get-dataset-openimages  1.0 kB in 1 object")


def test_store_remove_waits_for_an_edge_that_places_something(bench):
    put(bench, "one.bin", "one")
    (bench.folder / "store/locks").mkdir()
    with (bench.folder / "store/locks/in-use").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        child = subprocess.Popen([bench.mlpgen, "store", "remove", "one.bin"], env=bench.env,
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert "waiting" in child.stderr.readline()
        assert child.poll() is None
    out, _ = child.communicate(timeout=30)
    assert child.returncode == 0 and "removed" in out
