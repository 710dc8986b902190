"""A changed product: Ninja notices by its time what was touched; `mlpgen verify` reads every byte.
"""
import os

from commands.bench import has, has_not


def made(bench):
    bench.configure()
    bench.ninja("report")
    has(bench.ninja("report"), "no work to do")
    return bench.run_directory


def products(bench):
    """Each file that an edge made."""
    return [
        p for p in sorted(bench.run_directory.glob("out/*/*/*"))
        if p.is_file() and p.name != ".done"
    ]


def flip(path, keep_time):
    before = path.stat()
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    with open(path, "r+b") as file:
        file.write(data)
    if keep_time:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def settled(bench):
    """What depends on what was made again is looked at once more, which runs no command; then
    nothing is left."""
    logs = {p: p.stat().st_mtime_ns for p in bench.run_directory.glob(".mlpgen/log/*/*.log")}
    bench.ninja("report")
    has(bench.ninja("report"), "no work to do")
    assert logs == {
        p: p.stat().st_mtime_ns
        for p in bench.run_directory.glob(".mlpgen/log/*/*.log")
    }, "a command ran again"


def test_ninja_makes_again_whichever_product_was_edited(bench):
    made(bench)
    files = products(bench)
    assert len(files) >= 3, files
    for path in files:
        bytes_before = path.read_bytes()
        flip(path, keep_time=False)
        has_not(bench.ninja("report"), "no work to do")
        assert path.name == "measurement.json" or path.read_bytes() == bytes_before, path
        settled(bench)
        bench.ask("verify")


def test_ninja_makes_again_a_product_that_was_removed(bench):
    made(bench)
    path = products(bench)[0]
    path.unlink()
    has_not(bench.ninja("report"), "no work to do")
    assert path.exists()
    settled(bench)


def test_verify_finds_a_change_that_kept_the_time(bench):
    made(bench)
    has(bench.ask("verify"), "all as they were made")
    for path in products(bench):
        flip(path, keep_time=True)
        has(bench.ninja("report"), "no work to do")  # by its time it is the same
        said = bench.refused("verify")
        artifact = "/".join(path.relative_to(bench.run_directory).parts[:3])
        has(said, f"{path.relative_to(bench.run_directory)} has other bytes", "[changed-product]",
            f"rm {artifact}/.done")
        (bench.run_directory / artifact / ".done").unlink()
        bench.ninja("report")
        bench.ask("verify")


def test_verify_answers_in_json(bench):
    run = made(bench)
    whole = bench.ask_json("verify")
    assert whole["changed"] == [] and whole["artifacts"] >= 3 and whole["files"] >= 3, whole
    path = products(bench)[0]
    path.unlink()
    answer = bench.run([bench.mlpgen, "verify", "--format=json"], code=1).stdout
    has(answer, str(path.relative_to(run)), "is missing")
