"""mlpgen-tool git: what a checkout would leave out, and links that a patch makes, are refused."""
from fetch.cases_git import Site


def with_gitlink(repository, path, commit, gitmodules=b""):
    """A commit that names a submodule at `path`."""
    if gitmodules:
        (repository.work / ".gitmodules").write_bytes(gitmodules)
    repository.git("add", "-A")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{path}")
    repository.git("commit", "-q", "-m", "c")
    repository.serve()
    return repository.git("rev-parse", "HEAD")


def case_a_submodule_without_a_url_is_an_error(bench):
    with Site(bench) as site:
        outer = site.repository("outer")
        for gitmodules in (b"", b'[submodule "x"]\n\tpath = x\n',
                           b'[submodule "y"]\n\tpath = y\n\turl = ../y\n'):
            commit = with_gitlink(outer, "x", "1" * 40, gitmodules)
            site.run(commit, name="outer", out=f"out-{len(gitmodules)}",
                     more=["--submodules"]).error("not-fetched", "submodule x", "no URL")
        site.run(commit, name="outer", out="without").ok()


def case_submodules_deeper_than_10_are_an_error(bench):
    with Site(bench) as site:
        commit = site.repository("m0").commit({"f": b"0"})
        for number in range(1, 12):
            repository = site.repository(f"m{number}")
            repository.commit({"f": b"%d" % number})
            commit = with_gitlink(
                repository, "m", commit,
                f'[submodule "m"]\n\tpath = m\n\turl = ../m{number - 1}\n'.encode())
            if number == 10:
                site.run(commit, name="m10", more=["--submodules"]).ok()
                assert (bench.dir / "out/m/m/m/m/m/m/m/m/m/m/f").read_bytes() == b"0"
        site.run(commit, name="m11", out="deep",
                 more=["--submodules"]).error("not-fetched", "m/m/m/m/m/m/m/m/m/m/m",
                                              "more than 10")


def case_a_patch_adds_no_link_outwards(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        commit = repository.commit({"f": b"1\n"})
        outside = bench.dir / "outside"
        outside.mkdir()
        for number, target in enumerate(
            ("../../outside", str(outside), "/etc/passwd", "d/../../outside")):
            (repository.work / "link").unlink(missing_ok=True)
            (repository.work / "link").symlink_to(target)
            repository.git("add", "-A")
            patch = bench.dir / f"link{number}.patch"
            patch.write_text(repository.git("diff", "--cached", "HEAD") + "\n")
            second = bench.dir / "through.patch"
            second.write_text("--- /dev/null\n+++ b/link/evil\n@@ -0,0 +1 @@\n+x\n")
            for more in ([], ["--patches", second]):
                site.run(commit, out=f"out{number}{len(more)}",
                         more=["--patches", patch, *more]).error("unsafe-link", "link")
        assert list(outside.iterdir()) == []
        (repository.work / "link").unlink()
        (repository.work / "link").symlink_to("f")
        repository.git("add", "-A")
        patch.write_text(repository.git("diff", "--cached", "HEAD") + "\n")
        site.run(commit, out="good", more=["--patches", patch]).ok()
        assert (bench.dir / "good/link").read_bytes() == b"1\n"
