"""The store under mlpgen-tool fetch: damage, several processes at once, a full disk, a place that
cannot be written."""

import os
import subprocess

from places import Skip
from store.cases_fetch import BODY, DIGEST, Fetch


def case_four_at_once_fetch_once(bench):
    with Fetch(bench) as fetch:
        children = [bench.start(*fetch.words("stall-once", out=f"out{i}")) for i in range(4)]
        for child in children:
            out, err = child.communicate(timeout=60)
            assert child.returncode == 0, out + err
        for i in range(4):
            fetch.good(f"out{i}")
        assert (len(fetch.asked("stall-once")) == 2
                ), "one fetch: the call that stalled and the one that went on"


def case_a_damaged_object_is_moved_aside_and_fetched_again(bench):
    with Fetch(bench) as fetch:
        fetch.run("plain").ok()
        stored = bench.objects()[0]
        stored.chmod(0o644)
        stored.write_bytes(b"damaged")
        fetch.run("plain", out="none", more=["--offline"]).error("offline")
        assert not (bench.dir / "none").exists(), "damaged bytes are never used"
        assert len(bench.left("trash")) == 1
        fetch.run("plain", out="again").ok()
        fetch.good("again")
        assert len(fetch.asked("plain")) == 2
        stored = bench.objects()[0]
        stored.chmod(0o644)
        stored.write_bytes(BODY[:-1] + b"?")
        done = fetch.run("plain", out="third").ok()
        assert "was damaged" in done.err and str(stored) in done.err
        fetch.good("third")


def case_a_touched_object_is_hashed_and_used(bench):
    with Fetch(bench) as fetch:
        fetch.run("plain").ok()
        os.utime(bench.objects()[0])
        fetch.run("plain", out="again", more=["--offline"]).ok()
        fetch.good("again")
        assert bench.left("trash") == []


def case_an_unwritable_store_says_what_to_set(bench):
    with Fetch(bench) as fetch:
        (bench.dir / "file").write_text("")
        for place in (bench.dir / "file" / "store", "/proc/mlpgen-store"):
            fetch.run("plain",
                      env=bench.env(MLPGEN_STORE=place)).error("store-not-writable", place,
                                                               "MLPGEN_STORE")
        env = bench.env()
        del env["MLPGEN_STORE"], env["HOME"]
        fetch.run("plain", env=env).error("no-store", "MLPGEN_STORE")
        fetch.run("plain", env=bench.env(MLPGEN_STORE="store")).error(
            "no-store", "another folder in each run directory")
        assert not (bench.dir / "store/objects").exists()


def case_a_full_disk_is_told_and_the_next_run_goes_on(bench):
    full = bench.dir / "full"
    full.mkdir()
    probe = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "-o", "size=1m", "none", full],
        capture_output=True,
        check=False,
    )
    if probe.returncode != 0:
        raise Skip("a small file system cannot be mounted here")
    with Fetch(bench) as fetch:
        first, second = bench.dir / "first.txt", bench.dir / "second.txt"
        script = (
            'mount -t tmpfs -o size=1m none "$1" && head -c 900000 /dev/zero > "$1/filler" || exit '
            '99; shift; '
            f'"$@" 2> {first}; code=$?; rm {full}/filler; "$@" 2> {second}; echo $code $?; cat '
            f'{full}/out/f.bin | sha256sum')
        words = [str(word) for word in fetch.words("plain", out=full / "out")]
        done = subprocess.run(
            ["unshare", "-m", "sh", "-c", script, "sh", full, bench.tool, *words],
            text=True,
            capture_output=True,
            env=bench.env(MLPGEN_STORE=full / "store"),
            check=False,
        )
        assert done.stdout.splitlines() == ["1 0", f"{DIGEST}  -"], done.stdout + done.stderr
        assert "[disk-full]" in first.read_text() and "free some space" in first.read_text()
        assert fetch.asked("plain")[1] is not None, "the second run goes on where the first stopped"
