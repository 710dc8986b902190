"""mlpgen-tool fetch-list: many files of one place, killed, cut, changed, missing, and names that
would leave the folder."""
import hashlib
import json
import os
import random
import signal
import stat
import subprocess

from store.bench import sha256, wait_for
from store.cases_measurement import RunDirectory
from fetch.file_server import FileServer
from store.loopback import BLOCK

FILES = {f"d{i % 3}/f{i:02}.bin": random.Random(i).randbytes(1000 + i) for i in range(40)}
BIG = {f"big{i}.bin": random.Random(100 + i).randbytes(2 * BLOCK) for i in range(8)}


def served(files):
    return FileServer({f"data/{name}": body for name, body in files.items()})


def words(bench, server, names, out="out", more=(), trusted="run/trusted", part="#all"):
    """The command; the list's lines stand in any order."""
    (bench.dir / "names.txt").write_text("\n".join(reversed(list(names))) + "\n\n")
    first = ["--trusted", trusted] if trusted else []
    return [
        "fetch-list", "--list", "names.txt", "--urls", f"{server.url}/data/{part}", "--out", out,
        "--tries", 2, "--stall-timeout", 2, *first, *more
    ]


def good(bench, files, out="out"):
    folder = bench.dir / out
    manifest = json.loads((folder / "manifest.json").read_text())
    wanted = [{"name": name, "size": len(files[name]), "sha256": sha256(files[name])}
              for name in sorted(files)]
    assert manifest == {
        "format": 1, "count": len(files), "bytes": sum(map(len, files.values())), "files": wanted
    }
    there = {
        str(p.relative_to(folder / "data")): p
        for p in folder.glob("data/**/*") if p.is_file()
    }
    assert {name: path.read_bytes() for name, path in there.items()} == files
    assert not any(path.stat().st_mode & stat.S_IWUSR
                   for path in there.values()), "fetched files are read-only"
    assert bench.left("partial") == [] and bench.left("tmp") == []


def asked(server):
    return sorted(name.removeprefix("data/") for name, *_ in server.requests)


def forget(bench, keep=()):
    """Takes objects out of the store, but not its records."""
    for path in bench.objects():
        if path.name not in keep:
            subprocess.run(["chmod", "-R", "u+w", path.parent], check=True)
            subprocess.run(["rm", "-r", path.parent], check=True)


def case_a_list_becomes_one_folder_and_one_manifest(bench):
    with served(FILES) as server:
        done = bench.run(*words(bench, server, FILES)).ok()
        good(bench, FILES)
        assert "names.txt: 40 of 40 files" in done.err and asked(server) == sorted(FILES)
        bench.run(*words(bench, server, FILES, out="again", more=["--offline"])).ok()
        good(bench, FILES, "again")
        assert len(server.requests) == 40, "all is in the store"
        assert (bench.dir /
                "again/manifest.json").read_bytes() == (bench.dir /
                                                        "out/manifest.json").read_bytes()


def case_a_longer_list_of_the_same_place_fetches_the_rest(bench):
    half = dict(list(FILES.items())[:20])
    with served(FILES) as server:
        bench.run(*words(bench, server, half)).ok()
        done = bench.run(*words(bench, server, FILES, out="all")).ok()
        good(bench, half)
        good(bench, FILES, "all")
        assert "20 of 40 files are in the store" in done.err and asked(server) == sorted(FILES)


def case_killed_in_the_middle_it_fetches_only_what_is_missing(bench):
    files = FILES | BIG
    with served(files) as server:
        server.ways = {f"data/{name}": "slow" for name in BIG}
        child = bench.start(*words(bench, server, files))
        wait_for(lambda: len(list(bench.store.glob("trusted/*.json"))) == len(FILES),
                 "the small files did not come", child)
        wait_for(lambda: len(asked(server)) == len(files),
                 "the big files were not asked for side by side", child)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        assert not (bench.dir / "out").exists()
        server.ways, server.requests = {}, []
        bench.run(*words(bench, server, files)).ok()
        good(bench, files)
        assert asked(server) == sorted(BIG)


def case_no_more_calls_at_once_than_asked_for(bench):
    with served(BIG) as server:
        server.ways = {f"data/{name}": "slow" for name in BIG}
        child = bench.start(*words(bench, server, BIG, more=["--connections", 3]))
        wait_for(lambda: len(asked(server)) == 3, "three calls did not begin", child)
        wait_for(
            lambda: all((bench.store / "partial" / p).stat().st_size > BLOCK
                        for p in bench.left("partial")), "nothing came", child)
        assert len(asked(server)) == 3 and len(bench.left("partial")) == 3
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()


def case_two_at_once_fetch_each_file_once(bench):
    with served(FILES) as server:
        server.ways = {f"data/{name}": "slow" for name in FILES}
        children = [
            bench.start(*words(bench, server, FILES, out=f"out{i}", trusted=f"run{i}"))
            for i in range(2)
        ]
        for child in children:
            assert child.wait(timeout=120) == 0, child.stderr.read()
        good(bench, FILES, "out0")
        good(bench, FILES, "out1")
        assert asked(server) == sorted(FILES)


def case_a_list_that_leaves_its_folder_is_refused_before_anything_is_asked(bench):
    with served(FILES) as server:
        for bad in ("../f.bin", "/etc/passwd", "a/../../f.bin", "a//f.bin", ".hidden", "a/",
                    "f\x01"):
            bench.run(*words(bench, server, [bad, *FILES])).error("bad-file-name", "names.txt")
        bench.run(*words(bench, server, ["a", "a"])).error("name-taken", "a appears twice")
        bench.run(*words(bench, server, ["a", "a/b"])).error("name-taken", "a file and a folder")
        bench.run(*words(bench, server, [])).error("not-found", "has no names")
        bench.run(*words(bench, server, FILES, more=["--folder", "../x"])).error("usage", "../x")
        bench.run(*words(bench, server, FILES, trusted="")).error("usage", "--sha256")
        assert server.requests == [] and not (bench.dir / "out").exists()


def case_what_is_not_there_is_named_and_the_rest_is_kept(bench):
    with served(FILES) as server:
        server.ways = {"data/d1/f01.bin": "404"}
        done = bench.run(*words(bench, server, FILES)).error(
            "not-fetched", "1 of 40 files of names.txt",
            "/data/d1/f01.bin: the server answered 404")
        assert "no such file" in done.err and not (bench.dir / "out").exists() and len(
            bench.objects()) == 39
        server.ways, server.requests = {}, []
        bench.run(*words(bench, server, FILES)).ok()
        good(bench, FILES)
        assert asked(server) == ["d1/f01.bin"]


def case_a_place_without_any_of_them_is_left_early(bench):
    many = [f"f{i}.bin" for i in range(500)]
    with FileServer({}) as server:
        bench.run(*words(bench, server, many)).error("not-fetched", "500 of 500 files")
        assert len(server.requests) < 60
    (bench.dir / "names.txt").write_text("a\n")
    bench.run(*words(bench, server, ["a"])).error("not-fetched", "tried 2 times")


def case_a_cut_transfer_is_tried_again(bench):
    with served(FILES) as server:
        server.ways = {"data/d0/f00.bin": "cut", "data/d1/f01.bin": "cut"}
        bench.run(*words(bench, server, FILES)).ok()
        good(bench, FILES)
        assert len(server.requests) == 42


def case_a_web_page_is_none_of_the_files(bench):
    with served(FILES) as server:
        server.ways = {"data/d0/f00.bin": "page"}
        bench.run(*words(bench, server, FILES)).error("not-fetched", "a web page")
        assert len(bench.objects()) == 39


def case_the_second_place_has_what_the_first_lacks(bench):
    with served(FILES) as server:
        server.bytes["other/d0/f00.bin"] = server.bytes.pop("data/d0/f00.bin")
        bench.run(*words(bench, server, FILES, more=["--urls", f"{server.url}/other/"])).ok()
        good(bench, FILES)


def case_the_manifest_must_have_the_digest_that_is_known(bench):
    with served(FILES) as server:
        bench.run(*words(bench, server, FILES)).ok()
        digest = sha256((bench.dir / "out/manifest.json").read_bytes())
        bench.run(*words(bench, server, FILES, out="a", trusted="", more=["--sha256", digest])).ok()
        good(bench, FILES, "a")
        bench.run(*words(bench, server, FILES, out="b", trusted="", more=["--sha256", "0" *
                                                                          64])).error(
                                                                              "digest-differs",
                                                                              "0" * 64, digest)
        fewer = list(FILES)[:5]
        bench.run(
            *words(bench, server, fewer, out="c", trusted="", more=["--sha256", digest])).error(
                "digest-differs", "other names")
        assert not (bench.dir / "b").exists() and not (bench.dir / "c").exists()


def case_what_came_first_is_trusted_and_nothing_else_later(bench):
    with served(FILES) as server:
        bench.run(*words(bench, server, FILES)).ok()
        manifest = (bench.dir / "out/manifest.json").read_bytes()
        records = {
            json.loads(p.read_text())["url"]: json.loads(p.read_text())
            for p in (bench.dir / "run/trusted").iterdir()
        }
        assert records[f"{server.url}/data/#all"]["sha256"] == sha256(
            manifest), "the name by which the lock asks"
        assert records[f"{server.url}/data/#all"]["size"] == len(manifest) and len(records) == 2
        server.bytes["data/d0/f00.bin"] = b"other"
        for keep, trusted in (((), "run/trusted"), ((), "run2/trusted"), (("manifest.json", ),
                                                                          "run/trusted")):
            forget(bench, keep)
            done = bench.run(*words(bench, server, FILES, out="again", trusted=trusted)).error(
                "digest-differs", "d0/f00.bin", sha256(b"other"))
            assert "1 of 40 files" in done.err and not (bench.dir / "again").exists()
        server.bytes["data/d0/f00.bin"] = FILES["d0/f00.bin"]
        bench.run(*words(bench, server, FILES, out="again")).ok()
        good(bench, FILES, "again")


def case_another_list_of_the_same_name_is_another_list(bench):
    fewer = dict(list(FILES.items())[:5])
    with served(FILES) as server:
        bench.run(*words(bench, server, FILES)).ok()
        bench.run(*words(bench, server, fewer, out="fewer")).ok()
        good(bench, fewer, "fewer")
        digest = sha256((bench.dir / "fewer/manifest.json").read_bytes())
        records = [json.loads(p.read_text()) for p in (bench.dir / "run/trusted").iterdir()]
        assert [r["sha256"] for r in records
                if r["url"].endswith("/#all")] == [digest], "the newest is what `mlpgen lock` takes"


def case_a_damaged_copy_in_the_store_is_fetched_again(bench):
    with served(FILES) as server:
        bench.run(*words(bench, server, FILES)).ok()
        [path] = [p for p in bench.objects() if p.name == "f07.bin"]
        path.chmod(0o644)
        path.write_bytes(b"damaged")
        server.requests = []
        done = bench.run(*words(bench, server, FILES, out="again")).ok()
        good(bench, FILES, "again")
        assert asked(server) == ["d1/f07.bin"] and "f07.bin" in done.err
        assert hashlib.sha256(
            (bench.dir / "again/data/d1/f07.bin").read_bytes()).hexdigest() == sha256(
                FILES["d1/f07.bin"])


def case_offline_and_mirrors_count_for_each_file(bench):
    source = bench.dir / "source"
    for name, body in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes(body)
    with FileServer({}) as server:
        bench.run(*words(bench, server, FILES, more=["--offline"])).error("offline", "names.txt")
        bench.run(*words(bench, server, FILES),
                  env=bench.env(MLPGEN_OFFLINE=1)).error("offline", "names.txt")
        mirror = f"{server.url}/data/=file://{source}/"
        bench.run(*words(bench, server, FILES), env=bench.env(MLPGEN_OFFLINE=1,
                                                              MLPGEN_MIRROR=mirror)).ok()
        good(bench, FILES)
        bench.run(*words(bench, server, FILES, out="b", more=["--mirror", mirror])).ok()
        good(bench, FILES, "b")
        assert server.requests == []


def case_all_calls_of_a_list_stop_for_a_measurement(bench):
    """The whole partial folder is counted twice while the machine belongs to the measurement."""
    with served(BIG) as server:
        server.ways = {f"data/{name}": "slow" for name in BIG}
        run, count = RunDirectory(bench), f"cat {bench.store}/partial/* | wc -c"
        fetch = run.step("get/fetch", "fetch",
                         [bench.tool, *words(bench, server, BIG, out="${out}")],
                         ["data/", "manifest.json"])
        measure = run.step("app/measure", "measure", [
            "/bin/sh", "-ec", f'{count} > "$1/before"; sleep 1.5; {count} > "$1/after"', "sh",
            "${out}"
        ], ["before", "after"])
        first = run.start(fetch)
        partial = bench.store / "partial"
        wait_for(
            lambda: partial.exists() and sum(p.stat().st_size > BLOCK
                                             for p in partial.iterdir()) == 8,
            "the files did not come", first)
        measured = run.start(measure)
        said = measured.communicate(timeout=120)[0]
        assert measured.returncode == 0, said
        assert first.poll() is None, "the fetch ended before the measurement"
        before, after = (next(bench.dir.glob(f"out/app/*/{name}")).read_text()
                         for name in ("before", "after"))
        assert before == after and int(
            before) > 8 * BLOCK, f"it fetched during a measurement: {before} bytes, then {after}"
        said = first.communicate(timeout=120)[0]
        assert first.returncode == 0, said
        [out] = bench.dir.glob("out/get/*")
        good(bench, BIG, out.relative_to(bench.dir))
