"""mlpgen-tool extract: damage that an archive's own checksums show, formats that it does not take,
and links in their order."""

import gzip
import random
import shutil
import tarfile
import zipfile

from store import archives
from store.archives import symlink

BODY = random.Random(5).randbytes(
    3000)  # packs into blocks that hold it as it is, where only a checksum shows a flipped bit
FILES = [("top/a.bin", BODY), ("top/b.txt", b"text\n" * 200)]
FLIPS = 60


def extract(bench, archive, *more, out="out"):
    shutil.rmtree(bench.dir / out, ignore_errors=True)
    return bench.run("extract", "--archive", archive, "--out", out, *more)


def is_right(bench):
    return all((bench.dir / "out" / name).read_bytes() == data for name, data in FILES)


def made(bench):
    folder = bench.dir
    raw = archives.tar(folder / "f.tar", FILES, "w").read_bytes()
    (folder / "f.tar.gz").write_bytes(gzip.compress(raw, 0))
    halves = gzip.compress(raw[:2000], 9) + gzip.compress(raw[2000:], 9) + bytes(100)
    (folder / "members.tgz").write_bytes(halves)
    for kind in ("bz2", "xz"):
        archives.tar(folder / f"f.tar.{kind}", FILES, f"w:{kind}")
    archives.zip_file(folder / "f.zip", FILES)
    return ["f.tar.gz", "members.tgz", "f.tar.bz2", "f.tar.xz", "f.zip"]


def case_no_flipped_bit_gives_wrong_content(bench):
    for name in made(bench):
        good = (bench.dir / name).read_bytes()
        extract(bench, name).ok()
        assert is_right(bench), name
        refused = 0
        for number in range(FLIPS):
            at = number * len(good) // FLIPS
            damaged = bytearray(good)
            damaged[at] ^= 1 << number % 8
            (bench.dir / name).write_bytes(damaged)
            done = extract(bench, name)
            if done.code == 0:
                assert is_right(
                    bench), f"{name}: a flipped bit of byte {at} of {len(good)} gave wrong content"
            refused += done.code == 1
        assert refused > FLIPS // 2, f"{name}: only {refused} of {FLIPS} were noticed"


def case_each_flipped_bit_of_a_name_in_a_zip_is_noticed(bench):
    path = archives.zip_file(bench.dir / "f.zip", FILES)
    good = path.read_bytes()
    extract(bench, path).ok()
    for name in (b"top/a.bin", b"top/b.txt"):
        first, listed = good.find(name), good.rfind(name)
        assert first < listed
        for at in (first, first + len(name) - 1, listed, listed + 4):
            for bit in range(8):
                damaged = bytearray(good)
                damaged[at] ^= 1 << bit
                path.write_bytes(damaged)
                extract(bench, path).error("not-an-archive", "in the list at the end")


def case_a_zip_with_large_numbers_or_a_comment_is_read(bench):
    path = bench.dir / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.comment = b"a comment behind the end mark"
        with archive.open("big", "w", force_zip64=True) as file:
            file.write(b"x")
    extract(bench, path).ok()
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(66_000):  # more than the short form can count
            archive.writestr(f"f{number}", b"")
    extract(bench, path, "--select", "f65999").ok()
    assert [p.name for p in (bench.dir / "out").iterdir()] == ["f65999"]


def case_the_bytes_of_a_zip_have_the_checksum_that_it_names(bench):
    path = bench.dir / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"hello world" * 100)
    raw = bytearray(path.read_bytes())
    raw[raw.find(b"hello")] ^= 1
    path.write_bytes(raw)
    extract(bench, path).error("not-an-archive", "CRC")


def case_an_archive_that_was_cut_is_refused_wherever_it_was_cut(bench):
    entries = [(f"f{n}", b"x" * 600) for n in range(10)]
    whole = archives.tar(bench.dir / "cut.tar", entries, "w").read_bytes()
    for size in (512, 1536 * 4, 1536 * 4 + 512,
                 1536 * 10):  # after a head, between two files, in one, before the end mark
        (bench.dir / "cut.tar").write_bytes(whole[:size])
        extract(bench, "cut.tar").error("not-an-archive", "cut.tar")
    for name in made(bench):
        good = (bench.dir / name).read_bytes()
        for end in (1, 9, len(good) // 2, len(good) - 4):
            if name == "members.tgz" and end < 100:
                continue  # only zeros after its end are gone
            (bench.dir / name).write_bytes(good[:-end])
            extract(bench, name).error("not-an-archive", name)


def case_what_is_neither_tar_nor_zip_is_refused(bench):
    words = b"#mtree\nfile type=file contents=/etc/passwd\n"
    others = {
        "x.csv": b"a,b,c\n1,2,3\n", "empty": b"", "x.cpio": b"070707" + b"0" * 70 + b"TRAILER!!!",
        "x.mtree": words,
        "x.a": b"!<arch>\nname/           0           0     0     644     3         `\nabc\n",
        "x.gz": gzip.compress(b"one file"),
        "after.tar.gz": gzip.compress(archives.tar(bench.dir / "f.tar", FILES, "w").read_bytes()) +
        b"more"
    }
    for name, body in others.items():
        (bench.dir / name).write_bytes(body)
        extract(bench, name).error("not-an-archive", name)


def case_what_the_archive_library_warns_of_is_an_error(bench):
    info = tarfile.TarInfo("a")
    info.size = 0
    head = bytearray(info.tobuf(tarfile.PAX_FORMAT))
    record = b"not a record\n"
    extra = tarfile.TarInfo("pax")
    extra.type, extra.size = tarfile.XHDTYPE, len(record)
    (bench.dir / "pax.tar").write_bytes(
        extra.tobuf(tarfile.USTAR_FORMAT) + record.ljust(512, b"\0") + bytes(head) + bytes(1024))
    extract(bench, "pax.tar").error("not-an-archive", "pax.tar")


def case_hard_links_count_against_max_bytes(bench):
    links = [archives.special(f"h{n}", tarfile.LNKTYPE, "a") for n in range(50)]
    archive = archives.tar(bench.dir / "f.tar.gz", [("a", bytes(100_000)), *links])
    extract(bench, archive, "--max-bytes", 5_099_999).error("unsafe-archive", "--max-bytes")
    assert len(list((bench.dir / "out").iterdir())) == 50, "the last one was made all the same"
    extract(bench, archive, "--max-bytes", 5_100_000).ok()
    assert all(path.stat().st_size == 100_000 for path in (bench.dir / "out").iterdir())


def case_entries_take_effect_in_their_order(bench):
    hard = archives.special("hard", tarfile.LNKTYPE, "a")
    archive = archives.tar(bench.dir / "f.tar", [("a", b"first"), hard, ("a", b"second")], "w")
    extract(bench, archive).ok()
    assert (bench.dir / "out/hard").read_bytes() == b"first" and (bench.dir /
                                                                  "out/a").read_bytes() == b"second"
    archive = archives.tar(bench.dir / "f.tar", [("a", b"1"),
                                                 symlink("x", "a"), ("x", b"file"), ("y", b"file"),
                                                 symlink("y", "a")], "w")
    extract(bench, archive).ok()
    assert not (bench.dir / "out/x").is_symlink() and (bench.dir / "out/x").read_bytes() == b"file"
    assert (bench.dir / "out/y").is_symlink() and (bench.dir / "out/y").read_bytes() == b"1"
    archive = archives.tar(
        bench.dir / "f.tar",
        [("a", b"1"), symlink("x", "a"),
         archives.special("x", tarfile.LNKTYPE, "a")], "w")
    extract(bench, archive).ok()
    assert not (bench.dir / "out/x").is_symlink()
    archive = archives.tar(
        bench.dir / "f.tar",
        [("a", b"1"), symlink("x", "a"),
         archives.special("h", tarfile.LNKTYPE, "x")], "w")
    extract(bench, archive).ok()
    assert (bench.dir / "out/h").is_symlink() and (bench.dir / "out/h").read_bytes() == b"1"


def case_a_hard_link_to_what_comes_later_is_refused(bench):
    hard = archives.special("hard", tarfile.LNKTYPE, "a")
    archive = archives.tar(bench.dir / "f.tar", [hard, ("a", b"1")], "w")
    extract(bench, archive).error("unsafe-archive", "'hard'", "came before it")


def case_a_hard_link_to_itself_is_refused(bench):
    archive = archives.tar(bench.dir / "f.tar", [archives.special("h", tarfile.LNKTYPE, "h")], "w")
    extract(bench, archive).error("unsafe-archive", "'h'", "came before it")
    archive = archives.tar(bench.dir / "f.tar",
                           [("h", b"1"), archives.special("h", tarfile.LNKTYPE, "h")], "w")
    extract(bench, archive).ok()
    assert (bench.dir / "out/h").read_bytes() == b"1"
