"""A stored download with another byte is found before it is used."""
import os
import subprocess

from e2e.bench import MLPGEN


def copied_store(bench, directory, name):
    """A store of its own, with links to nothing else."""
    store = bench.path / name
    subprocess.run(["rm", "-rf", store], check=True)
    subprocess.run(["cp", "-a", bench.store, store], check=True)
    directory.env = {"MLPGEN_STORE": str(store)}
    return store


def damage(path, keep_times):
    """Another last byte; with `keep_times` the same size and mtime as before."""
    before = path.stat()
    path.chmod(0o644)
    with open(path, "r+b") as file:
        file.seek(-1, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([byte[0] ^ 1]))
    path.chmod(before.st_mode & 0o777)
    if keep_times:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def stored_wheel(store):
    """The largest download: the wheel that ONNX Runtime comes in."""
    (found, ) = (store / "objects").rglob("onnxruntime-*.whl")
    return found


def case_store_verify_finds_a_changed_byte_always(bench):
    for number, keep_times in enumerate((False, True)):
        directory = bench.fresh(f"verify{number}")
        directory.path.mkdir()
        store = copied_store(bench, directory, f"verify-store{number}")
        assert subprocess.run([MLPGEN, "store", "verify"], env=directory.environment(),
                              capture_output=True).returncode == 0
        victim = stored_wheel(store)
        damage(victim, keep_times)
        done = subprocess.run([MLPGEN, "store", "verify"], env=directory.environment(),
                              capture_output=True, text=True)
        assert done.returncode == 1, done.stdout + done.stderr
        assert victim.name in done.stdout + done.stderr, done.stdout + done.stderr


def case_changed_download_is_found_before_it_is_used(bench):
    """A new run directory takes nothing wrong out of the store: it fetches again and ends as the
    first one did."""
    directory = bench.fresh("damaged")
    store = copied_store(bench, directory, "damaged-store")
    victim = stored_wheel(store)
    before = victim.read_bytes()
    damage(victim, False)
    directory.configure()
    directory.ninja(
        directory.steps_of("get-onnxruntime-prebuilt/library")[0]["directory"] + "/.done")
    (wheel, ) = (directory.path / "out/get-onnxruntime-prebuilt").glob("*/*.whl")
    assert wheel.read_bytes() == before, "a damaged download was used"
    assert stored_wheel(store).read_bytes() == before, "the store still holds the damaged download"


def case_changed_artifact_is_found_before_it_is_used(bench):
    """A fetched file in a run directory: what would read it next finds the changed byte."""
    directory = bench.main.copy("damaged-artifact")
    copied_store(bench, directory, "damaged-artifact-store")
    wheel = next((directory.path / "out/get-onnxruntime-prebuilt").glob("*/*.whl"))
    good = wheel.read_bytes()
    if wheel.stat().st_nlink > 1:  # not the stored file itself
        wheel.chmod(0o644)
        wheel.unlink()
        wheel.write_bytes(good)
    damage(wheel, False)
    library = next(s for s in directory.steps_of("get-onnxruntime-prebuilt/library"))
    place = directory.path / library["directory"]
    for path in sorted(place.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    place.rmdir()
    count = len(directory.records())
    process = directory.start("harness")
    text, _ = process.communicate()
    if process.returncode == 0:  # it was mended first
        assert wheel.read_bytes() == good, "the changed file was used"
    else:
        assert library["name"] not in [
            r["name"] for r in directory.records()[count:] if r["finished"]
        ], text[-2000:]
        assert wheel.name in text, text[-2000:]
