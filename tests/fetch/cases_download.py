"""mlpgen-tool fetch where no SHA-256 is published, mirrors from the environment, and files that
change at their source."""
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess

from store.bench import sha256, wait_for
from places import Skip
from fetch.file_server import FileServer
from store.loopback import BLOCK
from sealed import sealed

BODY, OTHER = (random.Random(seed).randbytes(5 * BLOCK + 77) for seed in (1, 2))
MD5 = hashlib.md5(BODY).hexdigest()


def words(server, name="f.bin", out="out", more=(), run="run"):
    return [
        "fetch", "--urls", f"{server.url}/{name}", "--out", f"{out}/f.bin", "--trusted",
        f"{run}/trusted", "--tries", 2, "--stall-timeout", 1, *more
    ]


def good(bench, out="out", body=BODY):
    assert (bench.dir / out / "f.bin").read_bytes() == body
    assert bench.left("partial") == [] and bench.left("tmp") == []


def records(bench, run="run"):
    folder = bench.dir / run / "trusted"
    return [json.loads(path.read_text())
            for path in sorted(folder.iterdir())] if folder.exists() else []


def kill_in_the_middle(bench, *call):
    child = bench.start(*call)
    partial = bench.store / "partial"
    wait_for(
        lambda: partial.exists() and any(p.stat().st_size >= BLOCK for p in partial.iterdir()
                                         if not p.suffix), "the fetch did not begin", child)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert bench.objects() == []


def forget(bench):
    subprocess.run(["chmod", "-R", "u+w", bench.store], check=True)
    subprocess.run(["rm", "-rf", bench.store / "objects"], check=True)


def case_an_md5_is_looked_at_and_the_sha256_noted(bench):
    with FileServer({"f.bin": BODY}) as server:
        bench.run(*words(server, more=["--md5", MD5.upper()])).ok()
        good(bench)
        [record] = records(bench)
        assert record["sha256"] == sha256(BODY) and record["size"] == len(
            BODY) and record["md5"] == MD5
        assert record["url"] == f"{server.url}/f.bin"


def case_bytes_with_another_md5_leave_nothing(bench):
    with FileServer({"f.bin": OTHER}) as server:
        done = bench.run(*words(server, more=["--md5", MD5])).error("digest-differs", MD5,
                                                                    hashlib.md5(OTHER).hexdigest())
        assert "could not be fetched with the MD5" in done.err
        assert not (bench.dir / "out").exists() and bench.objects() == [] and records(bench) == []
        assert bench.left("partial") == []


def case_an_md5_beside_a_sha256_counts_too(bench):
    with FileServer({"f.bin": BODY}) as server:
        both = ["--sha256", sha256(BODY), "--md5", hashlib.md5(OTHER).hexdigest()]
        bench.run(*words(server, more=both)).error("digest-differs", MD5)
        bench.run(*words(server, more=["--sha256", sha256(BODY), "--md5", MD5])).ok()
        good(bench)
        assert records(bench) == [], "a known SHA-256 needs no record"


def case_what_came_first_is_trusted_and_nothing_else_later(bench):
    with FileServer({"f.bin": BODY}) as server:
        bench.run(*words(server)).ok()
        server.bytes["f.bin"] = OTHER
        bench.run(*words(server, out="again")).ok()
        good(bench, "again")
        assert len(server.asked("f.bin")) == 1, "it is in the store"
        forget(bench)
        done = bench.run(*words(server, out="third")).error("digest-differs", sha256(OTHER),
                                                            "first fetch")
        [record] = (bench.dir / "run/trusted").iterdir()
        assert f"rm {bench.store}/trusted/{record.name} run/trusted/{record.name}" in done.err
        assert not (bench.dir / "third").exists()


def case_another_run_directory_takes_the_record_of_the_store(bench):
    with FileServer({"f.bin": BODY}) as server:
        bench.run(*words(server)).ok()
        bench.run(*words(server, out="out2", run="run2", more=["--offline"])).ok()
        good(bench, "out2")
        assert len(server.asked("f.bin")) == 1
        assert records(bench, "run2") == records(bench)


def case_a_damaged_record_is_none(bench):
    with FileServer({"f.bin": BODY}) as server:
        bench.run(*words(server)).ok()
        for path in [*(bench.dir / "run/trusted").iterdir(), *(bench.store / "trusted").iterdir()]:
            path.write_text("{")
        bench.run(*words(server, out="out2")).ok()
        assert len(server.asked("f.bin")) == 2 and records(bench)[0]["sha256"] == sha256(BODY)


def case_four_at_once_fetch_once_without_a_digest(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways["f.bin"] = "slow"
        children = [bench.start(*words(server, out=f"out{i}", run=f"run{i}")) for i in range(4)]
        for child in children:
            assert child.wait(timeout=120) == 0, child.stderr.read()
        assert len(server.asked("f.bin")) == 1
        for i in range(4):
            good(bench, f"out{i}")
            assert records(bench, f"run{i}")[0]["sha256"] == sha256(BODY)


def case_killed_in_the_middle_it_goes_on_with_the_same_version(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways["f.bin"] = "slow"
        kill_in_the_middle(bench, *words(server))
        server.ways["f.bin"] = ""
        bench.run(*words(server)).ok()
        good(bench)
        asked, condition = server.asked("f.bin")[1]
        assert asked.startswith("bytes=") and condition == f'"{MD5}"'


def case_with_a_digest_the_version_does_not_count(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways["f.bin"] = "slow"
        kill_in_the_middle(bench, *words(server, more=["--md5", MD5]))
        server.ways[
            "f.bin"] = "date"  # as behind a load balancer: each server names its versions otherwise
        bench.run(*words(server, more=["--md5", MD5])).ok()
        good(bench)
        assert server.asked("f.bin")[1][0].startswith(
            "bytes=") and server.asked("f.bin")[1][1] is None


def case_a_file_that_changed_in_between_begins_again(bench):
    for before, after in [("slow", ""), ("slow", "deaf"), ("slow", "no-etag"), ("slow", "date")]:
        with FileServer({"f.bin": BODY}) as server:
            server.ways["f.bin"] = before
            kill_in_the_middle(bench, *words(server, run=after))
            server.ways["f.bin"], server.bytes["f.bin"] = after, OTHER + b"x"
            bench.run(*words(server, out=f"out-{after}", run=after)).ok()
            good(bench, f"out-{after}", OTHER + b"x")
        forget(bench)


def case_without_a_version_nothing_is_resumed(bench):
    for way in ("no-etag", "weak"):
        with FileServer({"f.bin": BODY, "g.bin": BODY}) as server:
            server.ways["f.bin"] = way
            name = sha256(f"{server.url}/f.bin\n".encode())
            (bench.store / "partial").mkdir(parents=True, exist_ok=True)
            (bench.store / "partial" / name).write_bytes(OTHER[:1000])
            bench.run(*words(server, out=f"out-{way}")).ok()
            good(bench, f"out-{way}")
            assert server.asked("f.bin") == [(None, None)]
        forget(bench)


def case_a_cut_transfer_goes_on_with_the_same_version(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways["f.bin"] = "cut"
        bench.run(*words(server)).ok()
        good(bench)
        assert server.asked("f.bin")[1] == (f"bytes={len(BODY) // 2}-", f'"{MD5}"')


def case_a_web_page_is_not_taken_for_the_file(bench):
    with FileServer({"f.bin": b"<html>please sign in</html>",
                     "page.html": b"<html></html>"}) as server:
        server.ways = {"f.bin": "page", "page.html": "page"}
        bench.run(*words(server)).error("not-fetched", "a web page")
        assert records(bench) == [] and bench.objects() == []
        bench.run("fetch", "--urls", f"{server.url}/page.html", "--out", "out/page.html",
                  "--trusted", "run/trusted").ok()


def case_several_urls_and_a_redirect(bench):
    with FileServer({"f.bin": BODY}) as server:
        server.ways = {"no.bin": "404", "mf.bin": "moved"}
        bench.run("fetch", "--urls", f"{server.url}/no.bin", "--urls", f"{server.url}/mf.bin",
                  "--out", "out/f.bin", "--md5", MD5, "--trusted", "run/trusted").ok()
        good(bench)
        assert records(bench)[0]["url"] == f"{server.url}/no.bin", "the first URL names the file"


def case_mirrors_and_offline_come_from_the_environment_and_the_settings(bench):
    source = bench.dir / "source"
    source.mkdir()
    (source / "f.bin").write_bytes(BODY)
    call = ["fetch", "--urls", "https://files.example/f.bin", "--sha256", sha256(BODY)]
    prefix = f"https://files.example/=file://{source}/"
    bench.run(*call, "--out", "a/f.bin", env=bench.env(MLPGEN_OFFLINE=1)).error("offline", "f.bin")
    bench.run(
        *call, "--out", "a/f.bin",
        env=bench.env(MLPGEN_MIRROR=f"https://x.example/=http://127.0.0.1:9/ {prefix}",
                      MLPGEN_OFFLINE=1)).ok()
    good(bench, "a")
    forget(bench)
    (bench.dir / "fetch.json").write_text(
        sealed({"format": 1, "mirrors": [prefix], "offline": True}))
    bench.run(*call, "--out", "b/f.bin", "--settings", "fetch.json").ok()
    good(bench, "b")
    (bench.dir / "fetch.json").write_text("[]")
    bench.run(*call, "--out", "c/f.bin", "--settings", "fetch.json").error("bad-json", "fetch.json")
    bench.run(*call, "--out", "c/f.bin",
              env=bench.env(MLPGEN_MIRROR="nonsense")).error("usage", "PREFIX=URL")


def case_words_that_name_no_digest_are_refused(bench):
    call = ["fetch", "--urls", "https://files.example/f.bin", "--out", "a/f.bin"]
    bench.run(*call).error("usage", "--trusted")
    bench.run(*call, "--trusted", "t", "--md5", "abc").error("usage", "32 hexadecimal digits")
    bench.run(*call, "--trusted", "t", "--sha256", "abc").error("usage", "64 hexadecimal digits")


def case_offline_opens_no_socket(bench):
    if not shutil.which("strace"):
        raise Skip("strace is not installed")
    with FileServer({"f.bin": BODY}) as server:
        for way in ([], ["--md5", MD5]):
            call = [str(word) for word in words(server, more=["--offline", *way])]
            traced = subprocess.run(
                ["strace", "-f", "-e", "trace=network", "-o", "trace", bench.tool, *call],
                cwd=bench.dir, env=bench.env(), capture_output=True, text=True)
            if "ptrace" in traced.stderr:
                raise Skip("processes may not be traced here")
            assert traced.returncode == 1 and "[offline]" in traced.stderr, traced.stderr
            assert "AF_INET" not in (bench.dir / "trace").read_text()
