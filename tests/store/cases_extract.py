"""mlpgen-tool extract: what it takes out, and what it refuses."""

import shutil
import tarfile

from store import archives
from store.archives import symlink

FILES = [
    ("top/a.txt", b"a"),
    ("top/val/1.jpg", b"one"),
    ("top/val/2.jpg", b"two"),
    ("top/run.sh", b"#!/bin/sh\n"),
]


def tree(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def extract(bench, archive, *more, out="out"):
    return bench.run("extract", "--archive", archive, "--out", out, *more)


def refused(bench, entries, *parts):
    """It is unsafe-archive, and nothing outside the folder was touched."""
    archive = archives.tar(bench.dir / "bad.tar.gz", entries)
    shutil.rmtree(bench.dir / "work", ignore_errors=True)
    (bench.dir / "work").mkdir()
    before = tree(bench.dir)
    done = extract(bench, archive, out="work/out").error("unsafe-archive", *parts)
    outside = [name for name in tree(bench.dir) if not name.startswith("work/out/")]
    assert outside == before, outside
    return done


def case_every_format_gives_the_same_files(bench):
    made = [
        archives.tar(bench.dir / f"f.tar.{kind}", FILES, f"w:{kind}")
        for kind in ("gz", "bz2", "xz")
    ]
    made += [
        archives.tar(bench.dir / "f.tar", FILES, "w"),
        archives.zip_file(bench.dir / "f.whl", FILES),
    ]
    for archive in made:
        extract(bench, archive, out=archive.name + ".out").ok()
        out = bench.dir / (archive.name + ".out")
        assert tree(out) == sorted(name for name, _ in FILES)
        assert (out / "top/val/2.jpg").read_bytes() == b"two"
    assert (bench.dir / "f.tar.out/top/run.sh").stat().st_mode & 0o777 == 0o555
    assert (bench.dir / "f.tar.out/top/a.txt").stat().st_mode & 0o777 == 0o444


def case_strip_select_and_rename(bench):
    archive = archives.tar(bench.dir / "f.tar", FILES, "w")
    extract(
        bench,
        archive,
        "--strip",
        1,
        "--select",
        "val/*",
        "--select",
        "a.txt",
        "--rename",
        "val=images",
        "--rename",
        "a.txt=docs/b.txt",
    ).ok()
    assert tree(bench.dir / "out") == ["docs/b.txt", "images/1.jpg", "images/2.jpg"]
    extract(bench, archive, "--strip", 2, out="two").ok()
    assert tree(bench.dir / "two") == ["1.jpg", "2.jpg"]
    extract(bench, archive, "--select", "*.png", out="x").error("nothing-selected", "*.png")
    extract(bench, archive, "--rename", "nope=x", out="x").error("nothing-selected", "nope")
    extract(bench, archive, "--rename", "top=../x", out="y").error("usage")


def case_links_inside_are_kept(bench):
    archive = archives.tar(
        bench.dir / "f.tar",
        [
            *FILES,
            symlink("top/val/up", "../a.txt"),
            symlink("here", "top/val"),
            archives.special("top/hard", tarfile.LNKTYPE, "top/a.txt"),
        ],
        "w",
    )
    extract(bench, archive).ok()
    out = bench.dir / "out"
    assert (out / "top/val/up").is_symlink() and (out / "here/up").read_bytes() == b"a"
    assert (out / "top/hard").read_bytes() == b"a"


def case_names_beyond_ascii_and_empty_folders(bench):
    folder = archives.special("leer", tarfile.DIRTYPE)
    archive = archives.tar(bench.dir / "f.tar", [("bilder/käse 1.jpg", b"x"), folder], "w")
    extract(bench, archive).ok()
    assert (bench.dir / "out/bilder/käse 1.jpg").read_bytes() == b"x" and (bench.dir /
                                                                           "out/leer").is_dir()


def case_names_that_leave_the_folder(bench):
    refused(bench, [("../evil", b"x")], "../evil")
    refused(bench, [("a/../../evil", b"x")], "a/../../evil")
    refused(bench, [(str(bench.dir / "evil"), b"x")], "leaves its folder")
    archive = archives.zip_file(bench.dir / "bad.zip", [("../evil", b"x")])
    extract(bench, archive, out="work/out").error("unsafe-archive", "../evil")
    assert not (bench.dir / "work/evil").exists()


def case_links_that_leave_the_folder(bench):
    refused(bench, [symlink("evil", "/etc/passwd")], "evil", "/etc/passwd")
    refused(bench, [symlink("evil", "..")])
    refused(bench, [symlink("d/evil", "../../x")])
    refused(bench, [symlink("a", "."), symlink("b", "a/..")],
            "'b'")  # each looks harmless by its name alone
    refused(bench, [symlink("a", ".."), ("a/evil", b"x")])
    refused(bench, [symlink("a", ".."), symlink("a/evil", "x")])
    refused(bench, [archives.special("evil", tarfile.LNKTYPE, "../../etc/passwd")])
    refused(bench, [symlink("a", "a")])


def case_a_link_then_a_file_through_it(bench):
    outside = bench.dir / "outside"
    outside.mkdir()
    refused(bench, [symlink("a", str(outside)), ("a/evil", b"x")])
    refused(bench, [symlink("a", "../../outside"), ("a/evil", b"x")])
    assert list(outside.iterdir()) == []


def case_devices_and_pipes(bench):
    for kind in (tarfile.CHRTYPE, tarfile.FIFOTYPE):
        refused(bench, [archives.special("evil", kind)], "device")


def case_bombs(bench):
    extract(bench, archives.declared_only(bench.dir / "huge.tar.gz",
                                          10**13)).error("unsafe-archive", "declares more",
                                                         "huge.bin")
    zeros = archives.zip_file(bench.dir / "zeros.zip",
                              [(f"{i}.bin", bytes(1_000_000)) for i in range(8)])
    extract(bench, zeros, "--max-bytes", 5_000_000, out="z").error("unsafe-archive", "--max-bytes")
    extract(bench, zeros, out="ok").ok()
    many = archives.tar(bench.dir / "many.tar", [(f"{i}", b"") for i in range(50)], "w")
    extract(bench, many, "--max-files", 49, out="m").error("unsafe-archive", "--max-files")
    extract(bench, many, "--max-files", 50, out="m2").ok()


def case_a_size_that_lies(bench):
    archive = archives.lying_zip(bench.dir / "lie.zip", bytes(8_000_000), 10)
    done = extract(bench, archive, "--max-bytes", 1_000_000)
    assert done.code == 1, done.err
    held = sum(path.stat().st_size for path in (bench.dir / "out").rglob("*") if path.is_file())
    assert held <= 1_000_000, held


def case_what_is_no_archive(bench):
    (bench.dir / "text").write_text("hello, this is no archive\n" * 100)
    extract(bench, "text").error("not-an-archive", "text")
    extract(bench, "absent").error("not-an-archive", "absent")
    cut = archives.tar(bench.dir / "f.tar.gz", [("f", bytes(100_000))])
    cut.write_bytes(cut.read_bytes()[:-60])
    extract(bench, cut).error("not-an-archive")


def case_links_that_point_to_nothing_inside_are_kept(bench):
    archive = archives.tar(bench.dir / "f.tar",
                           [symlink("d/e/later", "../../to/come"),
                            symlink("x", "d/e/later")], "w")
    extract(bench, archive).ok()
    assert (bench.dir / "out/d/e/later").is_symlink()
    refused(bench, [symlink("d/e/later", "../../../out/x")])  # out and in again
