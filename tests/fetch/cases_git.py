"""mlpgen-tool git against a real Git server on the loopback interface."""
import os
import random
import shutil
import signal
import subprocess

from store.bench import wait_for
from fetch.git_server import GitServer, Repository

BIG = random.Random(3).randbytes(400_000)


class Site:
    """A Git server and its repositories, in a folder of the case."""
    def __init__(self, bench):
        self.bench = bench
        (bench.dir / "served").mkdir()
        self.server = GitServer(bench.dir / "served")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.__exit__()

    def repository(self, name):
        return Repository(self.bench.dir, self.bench.dir / "served", name)

    def words(self, commit, way="smart", name="a", out="out", more=()):
        return [
            "git", "--url", f"{self.server.url}/{way}/{name}", "--commit", commit, "--out", out,
            *more
        ]

    def run(self, *args, env=None, **more):
        return self.bench.run(*self.words(*args, **more), env=env)


def files_of(folder):
    """{name: bytes, "-> target" of a link, or "folder" of an empty one}"""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = "-> " + os.readlink(path)
        elif path.is_file():
            found[name] = path.read_bytes()
        elif not any(path.iterdir()):
            found[name] = "folder"
    return found


def clean(bench):
    assert not [
        p for p in (bench.store / "git").rglob("*")
        if p.name.endswith(".lock") or p.name.startswith("tmp_")
    ]


def case_a_commit_comes_alone_and_without_git(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        first = repository.commit({"x/one.txt": b"1\n", "run.sh": b"#!/bin/sh\n", "big": BIG})
        (repository.work / "run.sh").chmod(0o755)
        (repository.work / "link").symlink_to("x/one.txt")
        second = repository.commit({"x/two.txt": b"2\n"})
        site.run(second.upper()).ok()
        assert files_of(bench.dir / "out") == {
            "big": BIG, "link": "-> x/one.txt", "run.sh": b"#!/bin/sh\n", "x/one.txt": b"1\n",
            "x/two.txt": b"2\n"
        }
        assert os.access(bench.dir / "out/run.sh",
                         os.X_OK) and not os.access(bench.dir / "out/big", os.X_OK)
        site.run(first, out="old").ok()
        assert sorted(files_of(bench.dir / "old")) == ["big", "run.sh", "x/one.txt"]
        [stored] = (bench.store / "git").iterdir()
        assert (stored / "shallow").exists(), "one commit was asked for, and its history came"
        clean(bench)


def case_the_second_time_the_server_is_not_asked(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1"})
        site.run(commit).ok()
        asked = site.server.count()
        site.run(commit, out="again", more=["--offline"]).ok()
        assert site.server.count() == asked and files_of(bench.dir / "again") == {"f": b"1"}


def case_offline_without_the_commit_is_an_error(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1"})
        site.run(commit, env=bench.env(MLPGEN_OFFLINE=1)).error("offline", commit[:12])
        assert site.server.count() == 0 and not (bench.dir / "out").exists()


def case_servers_that_give_no_single_commit(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        first = repository.commit({"f": b"1"})
        last = repository.commit({"f": b"2"})
        for way in ("old", "dumb"):
            site.run(last, way,
                     out=f"last-{way}").ok()  # where it can, alone: then its history is missing
            done = site.run(first, way, out=f"first-{way}").ok()
            assert files_of(bench.dir / f"first-{way}") == {"f": b"1"}
            assert files_of(bench.dir / f"last-{way}") == {"f": b"2"}
            assert way == "dumb" or "branches and tags" in done.err
        clean(bench)


def case_a_commit_that_is_not_there_is_told(bench):
    with Site(bench) as site:
        site.repository("a").commit({"f": b"1"})
        missing = "12" * 20
        for way in ("smart", "old", "dumb"):
            site.run(missing, way).error("no-such-commit", missing, "git ls-remote")
        assert files_of(bench.dir) == {} or not (bench.dir / "out").exists()


def case_a_repository_that_is_not_there_or_asks_for_a_password(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1"})
        site.run(commit, name="nothing").error("not-fetched", f"{site.server.url}/smart/nothing",
                                               commit)
        site.run(commit, "locked").error("not-fetched", "locked/a")


def case_where_git_was_sent_on_to_is_told_without_its_token(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1"})
        done = site.run(commit, "moved")
        done.error("not-fetched", "/t/******/a/info/refs not valid")
        assert any("/t/s3cret/a" in path for _, path in site.server.requests)
        assert "s3cret" not in done.out + done.err, done.err


def case_a_branch_is_no_commit(bench):
    with Site(bench) as site:
        site.run("main").error("usage", "'main' is no commit")
        site.run("1234567").error("usage", "40 hexadecimal digits")


def case_every_file_has_the_bytes_of_the_commit(bench):
    with Site(bench) as site:
        files = {
            ".gitattributes": b"*.txt text eol=crlf\n*.id ident\n*.lfs filter=lfs\n"
            b"*.no export-ignore\n*.u working-tree-encoding=UTF-16\n", "a.txt": b"one\ntwo\n",
            "k.id": b"$Id$\n", "l.lfs": b"version\n", "b.no": b"x", "m.txt": b"a\r\nb\n",
            "n.u": b"text"
        }
        repository = site.repository("a")
        repository.git("config", "core.attributesFile", "/dev/null")
        for name in files:
            (repository.work / name).write_bytes(files[name])
        ids = {name: repository.git("hash-object", "-w", "--no-filters", name) for name in files}
        for name, blob in ids.items():
            repository.git("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
        repository.git("commit", "-q", "-m", "c")
        repository.serve()
        site.run(repository.git("rev-parse", "HEAD")).ok()
        assert files_of(bench.dir / "out") == files


def case_settings_of_the_user_do_not_count(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1\n"})
        home = bench.dir / "home"
        (home / "hooks").mkdir(parents=True)
        (home / "hooks/post-checkout").write_text(f"#!/bin/sh\ntouch {home}/hooked\n")
        (home / "hooks/post-checkout").chmod(0o755)
        (home / ".gitconfig").write_text(
            f'[url "http://127.0.0.1:9/"]\n insteadOf = {site.server.url}/\n[core]\n'
            f' hooksPath = {home}/hooks\n autocrlf = true\n')
        env = bench.env(HOME=home, GIT_DIR="/nowhere", GIT_INDEX_FILE="/nowhere/index",
                        GIT_CONFIG_COUNT=1, GIT_CONFIG_KEY_0="url.http://127.0.0.1:9/.insteadOf",
                        GIT_CONFIG_VALUE_0=site.server.url)
        site.run(commit, env=env).ok()
        assert files_of(bench.dir / "out") == {"f": b"1\n"} and not (home / "hooked").exists()


def case_submodules_come_at_the_commit_that_is_named(bench):
    with Site(bench) as site:
        inner, middle, outer = (site.repository(name) for name in ("inner", "middle", "outer"))
        inner.commit({"deep.txt": b"1"})
        middle.commit({"m.txt": b"m"})
        middle.git("submodule", "add", "-q", inner.bare, "third party/inner")
        middle.git("config", "-f", ".gitmodules", "submodule.third party/inner.url", "../inner")
        middle.commit({})
        outer.commit({"o.txt": b"o"})
        outer.git("submodule", "add", "-q", middle.bare, "middle")
        outer.git("config", "-f", ".gitmodules", "submodule.middle.url",
                  f"{site.server.url}/smart/middle")
        commit = outer.commit({})
        inner.commit({"deep.txt": b"2"})
        site.run(commit, name="outer", more=["--submodules"]).ok()
        found = files_of(bench.dir / "out")
        assert found["middle/third party/inner/deep.txt"] == b"1" and found[
            "middle/m.txt"] == b"m", found
        assert not [name for name in found if name.split("/")[-1] == ".git"]
        site.run(commit, name="outer", out="bare").ok()
        assert files_of(bench.dir / "bare")["middle"] == "folder"


def case_mirrors_count_for_submodules_too(bench):
    with Site(bench) as site:
        inner, outer = site.repository("inner"), site.repository("outer")
        inner.commit({"i": b"1"})
        outer.git("submodule", "add", "-q", inner.bare, "inner")
        outer.git("config", "-f", ".gitmodules", "submodule.inner.url",
                  "ssh://git@code.example/inner")
        commit = outer.commit({})
        call = [
            "git", "--url", "https://code.example/outer", "--commit", commit, "--submodules",
            "--out", "out"
        ]
        served = f"=file://{bench.dir}/served/"
        bench.run(*call, "--mirror",
                  "https://code.example/" + served).error("bad-url", "ssh://git@code.example/inner")
        shutil.rmtree(bench.dir / "out")
        bench.run(*call, "--mirror", "https://code.example/" + served, "--mirror",
                  "ssh://git@code.example/" + served, "--offline").ok()
        assert files_of(bench.dir / "out")["inner/i"] == b"1"


def case_patches_are_applied_in_order(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        commit = repository.commit({"f": b"1\n"})
        patches = []
        for text in ("2\n", "3\n"):
            (repository.work / "f").write_text(text)
            patches.append(bench.dir / f"{text.strip()}.patch")
            patches[-1].write_text(repository.git("diff", "--no-color") + "\n")
            repository.git("add", "-A")
        subprocess.run(["git", "init", "-q", bench.dir],
                       check=True)  # a run directory may lie in a repository
        words = [word for patch in patches for word in ("--patches", patch.name)]
        site.run(commit, more=words).ok()
        assert files_of(bench.dir / "out") == {"f": b"3\n"}
        site.run(commit, out="wrong", more=words[2:]).error("patch-does-not-fit", "3.patch", commit)
        site.run(commit, out="none", more=["--patches",
                                           "nowhere.patch"]).error("not-found", "nowhere.patch")
        site.run(commit, more=words).error("name-taken", "is not empty")


def case_a_patch_of_a_folder_is_applied_there(bench):
    with Site(bench) as site:
        repository = site.repository("a")
        commit = repository.commit({"third/f": b"1\n", "f": b"1\n"})
        (bench.dir / "folder.patch").write_text("--- a/f\n+++ b/f\n@@ -1 +1 @@\n-1\n+2\n")
        site.run(commit, more=["--patches", "third=folder.patch"]).ok()
        assert files_of(bench.dir / "out") == {"third/f": b"2\n", "f": b"1\n"}
        site.run(commit, out="none",
                 more=["--patches", "third=nowhere.patch"]).error("not-found", "nowhere.patch")


def case_a_link_that_leaves_the_tree_is_refused(bench):
    with Site(bench) as site:
        for name, target in (("a", "/etc/passwd"), ("b", "../../x")):
            repository = site.repository(name)
            (repository.work / "link").symlink_to(target)
            site.run(repository.commit({"f": b"1"}), name=name,
                     out=name).error("unsafe-link", "link")


def case_killed_in_the_middle_it_begins_again(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"big": BIG})
        child = bench.start(*site.words(commit, "slow"))
        wait_for(lambda: any((bench.store / "git").rglob("tmp_*")), "the fetch did not begin",
                 child)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        assert not (bench.dir / "out").exists()
        [stored] = (bench.store / "git").iterdir()
        (stored / "shallow.lock").touch()  # what git leaves when it is killed a moment later
        (stored / "refs/mlpgen").mkdir(parents=True, exist_ok=True)
        (stored / f"refs/mlpgen/{commit}.lock").touch()
        site.run(commit, "slow").ok()
        assert files_of(bench.dir / "out") == {"big": BIG}
        clean(bench)


def case_a_damaged_copy_in_the_store_is_fetched_anew(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"big": BIG})
        site.run(commit).ok()
        [pack] = (bench.store / "git").rglob("*.pack")
        data = bytearray(pack.read_bytes())
        data[len(data) // 2] ^= 255
        pack.chmod(0o644)
        pack.write_bytes(data)
        done = site.run(commit, out="again").ok()
        assert "damaged" in done.err and files_of(bench.dir / "again") == {"big": BIG}
        assert len(bench.left("trash")) == 1


def case_four_at_once_fetch_once(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"big": BIG})
        site.run(commit, "slow", out="alone").ok()
        alone = site.server.count()
        shutil.rmtree(bench.store)
        children = [bench.start(*site.words(commit, "slow", out=f"out{i}")) for i in range(4)]
        for child in children:
            assert child.wait(timeout=120) == 0, child.stderr.read()
        assert site.server.count() == 2 * alone
        assert all(files_of(bench.dir / f"out{i}") == {"big": BIG} for i in range(4))


def case_without_git_the_error_says_what_to_install(bench):
    with Site(bench) as site:
        commit = site.repository("a").commit({"f": b"1"})
        site.run(commit, env=bench.env(PATH=bench.dir)).error("no-git", "apt-get install git")
