"""The store on a disk that fails: each folder and file of it in turn cannot be read (strace answers
EIO in the kernel's place)."""
import json
import shutil
import subprocess

from places import Skip
from store.bench import Done, sha256
from store.cases_fetch import Fetch
from sealed import sealed


def broken(bench, path, call, *words):
    """What `mlpgen store WORDS` says where this system call fails for this path."""
    log = bench.dir / "strace.log"
    trace = [
        "strace", "-f", "-o", log, "-e", f"trace={call}", "-P", path, "-e",
        f"inject={call}:error=EIO"
    ]
    done = subprocess.run([*trace, bench.tool.with_name("mlpgen"), "store", *words], cwd=bench.dir,
                          env=bench.env(), capture_output=True, text=True)
    return Done(done.returncode, done.stdout, done.stderr), "INJECTED" in log.read_text()


def used_store(bench, fetch):
    """A store with one file that a run directory uses."""
    fetch.run("plain").ok()
    run = bench.dir / "run"
    (run / ".mlpgen").mkdir(parents=True)
    (run / ".mlpgen/plan").write_text("")
    [stored] = bench.objects()
    use = {
        "recipe": "r", "tags": ["t"], "variations": [], "kind": "file",
        "keys": [stored.parent.name]
    }
    (run / ".mlpgen/askers.json").write_text(sealed({"format": 1, "edges": {"0" * 12: [use]}}))
    (bench.store / "runs").mkdir()
    (bench.store / "runs" / sha256(str(run).encode())).write_text(str(run))
    return run, stored


def case_what_cannot_be_read_is_an_error_and_nothing_is_removed(bench):
    if not shutil.which("strace") or subprocess.run(["strace", "-o", "/dev/null", "true"
                                                     ]).returncode:
        raise Skip("strace cannot trace here")
    with Fetch(bench) as fetch:
        run, stored = used_store(bench, fetch)
        assert json.loads(
            broken(bench, "/nowhere", "getdents64", "list",
                   "--format=json")[0].ok().out)["objects"][0]["runs"] == [str(run)]
        objects = bench.store / "objects/sha256"
        folders = [
            bench.store / "runs", objects, stored.parent.parent, bench.store / "trash",
            bench.store / "tmp", bench.store / "partial"
        ]
        files = [bench.store / "runs" / sha256(str(run).encode()), run / ".mlpgen/askers.json"]
        for path, call in [
                *((folder, "getdents64") for folder in folders), *((file, "read") for file in files)
        ]:
            done, hit = broken(bench, path, call, "gc", "--unknown")
            assert hit, f"{path} was not read"
            done.error("unreadable-file", path)
            assert stored.exists(), f"EIO at {path} removed what a run directory uses"
        for path in folders[:3]:
            for verb in ("list", "verify", "du"):
                broken(bench, path, "getdents64", verb)[0].error("unreadable-file", path)
        broken(bench, "/nowhere", "read", "verify")[0].ok()
