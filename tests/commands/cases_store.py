"""store list, show, verify, remove, du over a store with two objects."""
import hashlib
import json

from bench import has


def put(bench, name, text):
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder = bench.folder / "store/objects/sha256" / digest[:2] / digest
    folder.mkdir(parents=True)
    (folder / name).write_text(text)
    note = {"format": 1, "name": name, "size": len(text), "sha256": digest, "from": "http://a.test/" + name, "when": "2026-01-01T00:00:00Z",
            "stamp": {"size": 0, "mtime_ns": 0, "inode": 0}}
    (folder / ".object.json").write_text(json.dumps(note))
    return digest, folder / name


def test_store_lists_and_shows(bench):
    digest, _ = put(bench, "one.bin", "one")
    put(bench, "two.bin", "twotwo")
    has(bench.ask("store", "list"), "one.bin", "two.bin", "3 B")
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
