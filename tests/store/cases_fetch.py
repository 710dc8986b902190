"""mlpgen-tool fetch and the store, against a real HTTP server on the loopback interface."""

import json
import os
import random
import signal
import subprocess
import time

from store.bench import sha256, wait_for
from store.loopback import BLOCK
from store.mirror import Mirror

BODY = random.Random(1).randbytes(5 * BLOCK + 123)
DIGEST = sha256(BODY)


class Fetch:
    """A server with one file, and the command line that fetches it."""
    def __init__(self, bench):
        self.bench = bench
        self.mirror = Mirror({"f.bin": BODY})

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.mirror.close()

    def words(self, *ways, out="out", digest=DIGEST, size=len(BODY), more=()):
        urls = [word for way in ways for word in ("--urls", f"{self.mirror.url}/{way}/f.bin")]
        return [
            "fetch",
            *urls,
            "--sha256",
            digest,
            "--size",
            size,
            "--out",
            f"{out}/f.bin",
            "--stall-timeout",
            1,
            "--tries",
            2,
            *more,
        ]

    def run(self, *ways, env=None, **more):
        return self.bench.run(*self.words(*ways, **more), env=env)

    def good(self, out="out"):
        assert (self.bench.dir / out / "f.bin").read_bytes() == BODY
        assert self.bench.left("partial") == [], self.bench.left("partial")
        assert self.bench.left("tmp") == [], self.bench.left("tmp")

    def asked(self, way):
        return self.mirror.asked(f"/{way}/f.bin")

    def partial(self):
        return self.bench.store / "partial" / DIGEST


def case_a_file_comes_once_and_then_from_the_store(bench):
    with Fetch(bench) as fetch:
        fetch.run("plain").ok()
        fetch.good()
        assert (bench.dir / "out/f.bin").stat().st_mode & 0o777 == 0o444
        fetch.run("plain", out="again").ok()
        fetch.run("plain", out="offline", more=["--offline"]).ok()
        fetch.good("offline")
        assert fetch.asked("plain") == [None]
        note = json.loads(next((bench.store / "objects").rglob(".object.json")).read_text())
        assert (note["format"] == 1 and note["size"] == len(BODY)
                and note["from"].endswith("/plain/f.bin"))


def case_offline_without_the_object_is_an_error(bench):
    with Fetch(bench) as fetch:
        fetch.run("plain", more=["--offline"]).error("offline", "f.bin", "--offline")
        assert fetch.asked("plain") == [] and not (bench.dir / "out").exists()


def case_servers_without_ranges_and_with_redirects(bench):
    with Fetch(bench) as fetch:
        fetch.run("redirect").ok()
        fetch.good()
    bench.store = bench.dir / "store2"
    with Fetch(bench) as fetch:
        (bench.store / "partial").mkdir(parents=True)
        fetch.partial().write_bytes(BODY[:1000])
        fetch.run("norange", out="out2").ok()
        fetch.good("out2")
        assert fetch.asked("norange") == ["bytes=1000-"]


def case_a_cut_transfer_goes_on_where_it_ended(bench):
    with Fetch(bench) as fetch:
        fetch.run("cut-once").ok()
        fetch.good()
        assert fetch.asked("cut-once") == [None, f"bytes={len(BODY) // 2}-"]


def case_progress_keeps_a_bad_server_in_use(bench):
    with Fetch(bench
               ) as fetch:  # 6 answers are needed, 2 tries allowed: only those without a byte count
        fetch.run("cut").ok()
        fetch.good()
        assert len(fetch.asked("cut")) == 6


def case_a_stalled_transfer_is_stopped_and_goes_on(bench):
    with Fetch(bench) as fetch:
        done = fetch.run("stall-once").ok()
        fetch.good()
        assert "no byte came for 1 s" in done.err
        assert fetch.asked("stall-once")[1] == f"bytes={len(BODY) // 2}-"


def case_a_busy_server_is_asked_again(bench):
    with Fetch(bench) as fetch:
        words = fetch.words("busy-twice")
        words[words.index("--tries") + 1] = 3
        bench.run(*words).ok()
        fetch.good()
        assert len(fetch.asked("busy-twice")) == 3


def case_the_next_url_is_taken_when_one_fails(bench):
    with Fetch(bench) as fetch:
        fetch.run("404", "wrong", "shorter", "plain").ok()
        fetch.good()
        assert len(fetch.asked("404")) == 1, "404 does not pass by itself"


def case_every_way_to_fail_is_told_for_each_url(bench):
    told = {
        "404": "the server answered 404",
        "403": "the server answered 403",
        "500": "the server answered 500",
        "silent": "(tried 2 times)",
        "stall": "no byte came for 1 s",
        "loop": "redirects",
    }
    with Fetch(bench) as fetch:
        done = fetch.run(*told).error("not-fetched", DIGEST, "--mirror")
        for way, words in told.items():
            line = next(line for line in done.err.splitlines()[::-1] if f"/{way}/f.bin: " in line)
            assert words in line, line
        assert len(fetch.asked("500")) == 2
        assert not (bench.dir / "out").exists() and bench.objects() == []


def case_wrong_bytes_are_never_kept(bench):
    with Fetch(bench) as fetch:
        fetch.run("wrong").error("digest-differs", DIGEST, sha256(bytes(len(BODY))),
                                 "in the recipe or the lock")
        fetch.run("longer").error("size-differs", "more than the expected")
        fetch.run("shorter").error("size-differs", len(BODY) - 1, len(BODY))
        assert bench.objects() == [] and bench.left("partial") == [] and bench.left("tmp") == []


def case_a_range_that_was_not_asked_for_is_refused(bench):
    with Fetch(bench) as fetch:
        fetch.run("404")
        fetch.partial().write_bytes(BODY[:1000])
        fetch.run("other-range").error("not-fetched", "another range")
        fetch.run("plain").ok()
        fetch.good()


def case_a_damaged_partial_file_is_noticed_and_fetched_anew(bench):
    with Fetch(bench) as fetch:
        fetch.run("404")
        fetch.partial().write_bytes(b"\0" * 1000)
        done = fetch.run("plain").ok()
        fetch.good()
        assert "damaged" in done.err and fetch.asked("plain") == ["bytes=1000-", None]
    for size in (len(BODY), len(BODY) + 5):  # whole, or too long, but wrong
        with Fetch(bench) as fetch:
            for path in bench.objects():
                subprocess.run(["rm", "-rf", path.parent], check=True)
            fetch.partial().write_bytes(b"\0" * size)
            fetch.run("plain", out=f"out{size}").ok()
            fetch.good(f"out{size}")


def case_killed_in_the_middle_it_goes_on(bench):
    with Fetch(bench) as fetch:
        child = bench.start(*fetch.words("slow"))
        wait_for(
            lambda: fetch.partial().exists() and fetch.partial().stat().st_size >= BLOCK,
            "the fetch did not begin",
            child,
        )
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        assert not (bench.dir / "out").exists() and bench.objects() == []
        had = fetch.partial().stat().st_size
        fetch.run("plain").ok()
        fetch.good()
        assert fetch.asked("plain") == [f"bytes={had}-"]


def case_mirrors_say_where_bytes_come_from_not_which(bench):
    source = bench.dir / "source"
    source.mkdir()
    (source / "f.bin").write_bytes(BODY)
    url = [
        "fetch",
        "--urls",
        "https://files.example/data/f.bin",
        "--sha256",
        DIGEST,
        "--size",
        len(BODY),
    ]
    bench.run(*url, "--out", "a/f.bin", "--mirror",
              f"https://files.example/data/=file://{source}/").ok()
    assert (bench.dir / "a/f.bin").read_bytes() == BODY
    bench.store = bench.dir / "store2"
    with Fetch(bench) as fetch:
        bench.run(
            *url,
            "--out",
            "b/f.bin",
            "--tries",
            1,
            "--mirror",
            f"https://files.example/data/={fetch.mirror.url}/wrong/",
        ).error("digest-differs")
        bench.run(*url, "--out", "b/f.bin", "--mirror",
                  f"https://files.example/data/={fetch.mirror.url}/plain/").ok()
        fetch.good("b")
    bench.run(
        "fetch",
        "--urls",
        f"file://{source}/f.bin",
        "--sha256",
        "0" * 64,
        "--out",
        "c/f",
    ).error("bad-url")
    bench.run(*url, "--out", "d/f", "--mirror", "nonsense").error("usage", "PREFIX=URL")


def case_probe_tells_digest_and_size(bench):
    with Fetch(bench) as fetch:
        done = bench.run("fetch", "--urls", f"{fetch.mirror.url}/plain/f.bin", "--out", "f.bin",
                         "--probe").ok()
        assert json.loads(done.out) == {"file_name": "f.bin", "sha256": DIGEST, "size": len(BODY)}
        fetch.run("plain", more=["--offline"]).ok()
        fetch.good()


def case_progress_is_one_line_a_second_at_most(bench):
    with Fetch(bench) as fetch:
        child = bench.start(*fetch.words("slow"))
        time.sleep(3.5)
        child.kill()
        lines = [line for line in child.communicate()[1].splitlines() if " of 327.8 kB, " in line]
        assert 1 <= len(lines) <= 3, lines
