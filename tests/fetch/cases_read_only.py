"""Fetched sources are read-only: who is not root cannot edit them, builds and removes them all the
same."""
import contextlib
import io
import os
import pathlib
import shutil
import subprocess
import tarfile
import tempfile

from store.bench import Bench, sha256
from places import Skip
from fetch.cases_git import Site
from fetch.cases_rules import Project
from fetch.file_server import FileServer
from fetch.job import noise

MAKEFILE = ("tool: main.c\n\techo built >> main.c\n\tcp main.c tool\ninstall: tool\n"
            "\tmkdir -p $(DESTDIR)$(PREFIX)\n\tcp tool $(DESTDIR)$(PREFIX)/tool\n")
NOBODY = 65534


@contextlib.contextmanager
def somebody(bench):
    """(bench, words before a command): a folder, programs and a user that is not root."""
    if os.geteuid() != 0:
        yield bench, []
        return
    if not shutil.which("setpriv"):
        raise Skip("setpriv is not installed")
    # Not below the scratch folder: another user cannot enter that.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="mlpgen-nobody-"))
    try:
        for name in ("mlpgen", "mlpgen-edge", "mlpgen-tool"):
            shutil.copy(bench.tool.with_name(name), folder)
        yield Bench(folder / "mlpgen-tool", folder, bench.cache), [
            "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"
        ]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(project):
    """The project and the folder where all else is made, without what the server serves."""
    if os.geteuid() != 0:
        return
    for path in [
            project.bench.tool.parent, project.bench.dir, project.home, *project.home.rglob("*")
    ]:
        os.chown(path, NOBODY, NOBODY)


def writable(folder):
    return [
        p for p in folder.rglob("*")
        if p.is_file() and not p.is_symlink() and p.stat().st_mode & 0o222
    ]


def case_a_checkout_is_read_only_and_its_patches_are_in_it(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        first = repository.commit({"f.txt": b"1\n", "run.sh": b"#!/bin/sh\n", "sub/g.txt": b"g\n"})
        (repository.work / "run.sh").chmod(0o755)
        (repository.work / "link").symlink_to("f.txt")
        commit = repository.commit({"h": b"h\n"})
        (repository.work / "f.txt").write_bytes(b"2\n")
        (repository.work / "new.txt").write_bytes(b"n\n")
        repository.git("add", "-N", "new.txt")
        (bench.dir / "fix.patch").write_text(repository.git("diff", "--no-color") + "\n")
        site.run(commit, more=["--patches", "fix.patch"]).ok()
        out = bench.dir / "out"
        assert (out / "f.txt").read_bytes() == b"2\n" and (
            out / "new.txt").read_bytes() == b"n\n" and (out / "link").is_symlink()
        assert not writable(out), writable(out)
        assert (out / "run.sh").stat().st_mode & 0o111 == 0o111 and (
            out / "sub").stat().st_mode & 0o200, "run.sh stays a program, a folder can be emptied"
        assert not writable(bench.store / "git/objects") and first


def steps(site, commit, server, body, archive):
    return [
        f'{{id: source, rule: git, url: "{site.server.url}/smart/a", commit: {commit}}}',
        f'{{id: get, rule: download, urls: ["{server.url}/f.bin"], name: f.bin, sha256: '
        f'{sha256(body)}}}',
        f'{{id: tar, rule: download, urls: ["{server.url}/s.tar"], name: s.tar, sha256: '
        f'{sha256(archive)}}}', '{id: unpacked, rule: extract, archive: "${tar.file}"}',
        '{id: both, rule: tree, copy: {a: "${source.tree}", b: "${unpacked.files}"}}',
        '{id: built, rule: make, source: "${both.tree}", subfolder: a, make: /usr/bin/make, '
        'c_compiler: cc, cxx_compiler: c++}'
    ]


def sources(bench):
    body, tar = noise(1), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        member = tarfile.TarInfo("main.c")
        member.size = len(body)
        archive.addfile(member, io.BytesIO(body))
    return body, tar.getvalue()


def refused(user, path):
    """An editor's write, by a user who owns the file."""
    said = subprocess.run([*user, "/bin/sh", "-c", 'echo more >> "$0"', path], capture_output=True,
                          text=True)
    return said.returncode != 0 and "Permission denied" in said.stderr


def case_who_is_not_root_cannot_edit_them_and_builds_and_removes_them(bench):
    if not pathlib.Path("/usr/bin/make").exists():
        raise Skip("make is not installed")
    body, archive = sources(bench)
    with somebody(bench) as (own,
                             user), Site(own) as site, FileServer({"f.bin": body,
                                                                   "s.tar": archive}) as server:
        commit = site.repository("a").commit(
            {"Makefile": MAKEFILE.encode(), "main.c": b"main\n", "run.sh": b"#!/bin/sh\n"})
        project = Project(own, steps(site, commit, server, body, archive),
                          rules=("download", "git", "extract", "tree", "make"))
        project.as_user = user
        hand_over(project)
        project.configure()
        project.ninja()
        assert project.file("install/tool").read_bytes(
        ) == b"main\nbuilt\n", "the build wrote into a copy of its own"
        for name in ("tree/main.c", "tree/a/main.c", "tree/b/main.c", "files/main.c", "f.bin"):
            assert refused(user, project.file(name)), name
        for path in own.objects():
            assert refused(user, path), path
        assert "no work to do" in project.ninja()
        said = project.mlpgen("store", "verify")
        assert "2 objects, 0 damaged" in said, said
        project.mlpgen("store", "remove", "f.bin")
        assert [path.name for path in own.objects()] == ["s.tar"]
        subprocess.run([*user, "rm", "-rf", project.run_dir], check=True)
        assert not project.run_dir.exists()
        project.mlpgen("store", "gc")
        assert own.objects() == [] and not list((own.store / "git").iterdir())


def case_a_copy_of_a_person_shares_nothing_with_an_artifact(bench):
    mine = bench.dir / "mine.bin"
    mine.write_bytes(b"model")
    mine.chmod(0o444)
    os.utime(mine, (1, 1))
    project = Project(bench, [
        '{id: mine, rule: local-copy, path: "${DATA}", what: the model, how: "give it by '
        '--data=FILE", name: m.bin}', '{id: part, rule: tree, copy: {part.bin: "${mine.data}"}}'
    ], "flags:\n  data: {env: DATA, help: the model, type: path}\n")
    project.configure("--data=mine.bin")
    project.ninja()
    assert "no work to do" in project.ninja()
    part = project.file("tree/part.bin")
    assert part.read_bytes() == b"model" and not part.is_symlink()
    assert mine.stat().st_nlink == 1 and mine.stat(
    ).st_mtime == 1 and mine.stat().st_ino != part.stat().st_ino
