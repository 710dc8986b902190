"""Sources at a commit by mlpgen's own recipes: small repositories of the real names, from a Git
server of the test."""
import json
import subprocess

from fetch.cases_git import Site, files_of
from fetch.file_server import FileServer
from fetch.job import Job

ROUND = "get,mlcommons,inference,src"
MAIN = "vision/classification_and_detection/python/main.py"


class Sources:
    """A site with one repository, under which all of an organisation's repositories are asked for,
    and the run directory."""
    def __init__(self, bench, site, server, organisation, name):
        self.repository = site.repository(name)
        self.job = Job(bench, server,
                       [f"https://github.com/{organisation}/={site.server.url}/smart/"])

    def tree(self, recipe, *request):
        """What the recipe's checkout holds; a second ninja has nothing to do."""
        self.job.configure(*request)
        self.job.ninja()
        assert "no work to do" in self.job.ninja()
        [tree] = self.job.run_dir.glob(f"out/{recipe}/*/tree")
        return files_of(tree)


def case_a_repository_of_a_request_comes_with_its_submodules(bench):
    with Site(bench) as site, FileServer({}) as server:
        inner = site.repository("inner")
        inner.commit({"deep.txt": b"1"})
        sources = Sources(bench, site, server, "someone", "outer")
        outer = sources.repository
        outer.commit({"o.txt": b"o"})
        outer.git("submodule", "add", "-q", inner.bare, "part")
        outer.git("config", "-f", ".gitmodules", "submodule.part.url",
                  "https://github.com/someone/inner")
        commit = outer.commit({})
        words = f"get,git,repo,_repo.https://github.com/someone/outer,_sha.{commit}"
        found = sources.tree("get-git-repo", words)
        assert found["o.txt"] == b"o" and found["part/deep.txt"] == b"1", found
        sources = Job(bench, server, [sources.job.mirrors], run="without")
        sources.configure(f"{words},_no-recurse-submodules")
        sources.ninja()
        [tree] = sources.run_dir.glob("out/get-git-repo/*/tree")
        assert files_of(tree)["part"] == "folder"


def case_a_repository_without_a_commit_is_refused(bench):
    with FileServer({}) as server:
        job = Job(bench, server)
        said = job.configure("get,git,repo,_repo.https://github.com/someone/outer,_branch.main",
                             code=1)
        assert "a branch moves" in said, said
        said = job.configure("get,git,repo,_repo.https://github.com/someone/outer", code=1)
        assert "its URL or its commit is not named (URL: https://github.com/someone/outer, commit: none)" in said


def case_the_sources_of_a_round_are_a_commit_of_mlcommons_inference(bench):
    with Site(bench) as site, FileServer({}) as server:
        sources = Sources(bench, site, server, "mlcommons", "inference")
        first = sources.repository.commit({MAIN: b"1\n"})
        sources.repository.commit({MAIN: b"2\n"})
        assert sources.tree("get-mlperf-inference-src", f"{ROUND},_sha.{first}") == {MAIN: b"1\n"}
        said = sources.job.configure(ROUND, "--version=r5.1")
        said = sources.job.ninja(code=1)
        assert "[no-such-commit]" in said, "the round's own commit is asked for"
        assert "6776245e99dce0600cfc9a6fb61efd310f87de3d" in said, "the round's own commit is asked for"


class Checkout:
    """A checkout on this machine, and what a run directory made of it."""
    def __init__(self, bench, server, name="checkout"):
        self.job, self.path = Job(bench, server), bench.dir / name
        (self.path / MAIN).parent.mkdir(parents=True)
        (self.path / MAIN).write_bytes(b"1\n")

    def git(self, *words):
        done = subprocess.run(
            ["git", "-c", "user.name=t", "-c", "user.email=t@t", "-C", self.path, *words],
            check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self):
        self.git("init", "-q")
        self.git("add", "-A")
        self.git("commit", "-qm", "x")
        return self.git("rev-parse", "HEAD")

    def made(self, ask=True):
        """(files of the newest copy, what is said of it); without `ask`, ninja alone notices what
        changed."""
        if ask:
            self.job.configure(ROUND, f"--env.CM_MLPERF_INFERENCE_SRC_PATH={self.path}")
        self.job.ninja()
        assert "no work to do" in self.job.ninja()
        steps = [
            json.loads(line)
            for line in (self.job.run_dir / ".mlpgen/plan").read_text().splitlines()
        ]
        now = {
            output: self.job.run_dir / step["directory"] / output
            for step in steps for output in step["outputs"]
        }
        return files_of(now["data/"]), json.loads(now["state.json"].read_text())


def case_a_checkout_of_this_machine_is_copied_and_each_edit_is_another_input(bench):
    with FileServer({}) as server:
        checkout = Checkout(bench, server)
        commit = checkout.commit()
        files, state = checkout.made()
        assert files == {
            MAIN: b"1\n"
        } and state["description"] == f"mlcommons/inference at commit {commit}, unmodified", state
        (checkout.path / MAIN).write_bytes(b"2\n")
        (checkout.path / "loose.py").write_bytes(b"x\n")
        files, state = checkout.made(ask=False)
        assert files == {MAIN: b"2\n", "loose.py": b"x\n"}, files
        assert state["description"] == (f"mlcommons/inference at commit {commit}, modified "
                                        f"(changed: {MAIN}; added: loose.py)"), state
        assert state["changed"] == [MAIN] and state["added"] == ["loose.py"
                                                                 ] and state["removed"] == []
        (checkout.path / MAIN).write_bytes(b"1\n")
        (checkout.path / "loose.py").unlink()
        checkout.job.ninja()  # the first copy is found again
        assert len(list(checkout.job.run_dir.glob(
            "out/get-mlperf-inference-src/*/data"))) == 2 and not server.requests


def case_what_git_does_not_see_in_a_checkout_is_told_too(bench):
    """Marked as unchanged, ignored, with other line ends: the bytes are compared with the commit's,
    git's index is not asked."""
    with FileServer({}) as server:
        checkout = Checkout(bench, server)
        (checkout.path / ".gitignore").write_text("*.so\n")
        commit = checkout.commit()
        checkout.git("update-index", "--assume-unchanged", MAIN)
        (checkout.path / MAIN).write_bytes(b"1\r\n")
        (checkout.path / "fast.so").write_bytes(b"x")
        (checkout.path / "__pycache__").mkdir()
        (checkout.path / "__pycache__/main.pyc").write_bytes(b"x")
        files, state = checkout.made()
        assert set(files) == {MAIN, "fast.so"} and state["commit"] == commit
        assert state["changed"] == [MAIN] and state["added"] == ["fast.so"], state


def case_submodules_of_a_checkout_are_compared_too(bench):
    """Each with the commit that the checkout names, whatever its own repository is at now."""
    with FileServer({}) as server:
        part, other, checkout = Checkout(bench, server,
                                         "part"), Checkout(bench, server,
                                                           "other"), Checkout(bench, server)
        checkout.commit()
        for module in (part, other):
            module.commit()
            checkout.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", module.path,
                         module.path.name)
        commit = checkout.commit()
        of_commit = f"mlcommons/inference at commit {commit}, "
        _, state = checkout.made()
        assert state["description"] == of_commit + "unmodified", state
        (checkout.path / "part" / MAIN).write_bytes(b"2\n")
        (checkout.path / "part/loose.py").write_bytes(b"x\n")
        _, state = checkout.made()
        assert state["changed"] == [f"part/{MAIN}"] and state["added"] == [
            "part/loose.py"
        ] and "modified (changed:" in state["description"], state
        (checkout.path / "part/loose.py").unlink()
        checkout.git("-C", "part", "commit", "-qam", "another")
        assert checkout.made()[1]["changed"] == [f"part/{MAIN}"
                                                 ], "a commit that the checkout does not name"
        checkout.git("submodule", "deinit", "-q", "-f", "part", "other")
        _, state = checkout.made()
        absent = "unmodified (submodules that are not there: other, part)"
        assert state["description"] == of_commit + absent, state
        assert state["absent"] == ["other", "part"], state
        (checkout.path / "part/loose.py").write_bytes(b"x\n")
        _, state = checkout.made()
        assert state["added"] == ["part/loose.py"] and state["absent"] == ["other"], "of no commit"


def case_a_replaced_commit_is_not_the_commit(bench):
    """`git replace` shows other files under the commit's number."""
    with FileServer({}) as server:
        checkout = Checkout(bench, server)
        commit = checkout.commit()
        (checkout.path / MAIN).write_bytes(b"2\n")
        checkout.git("commit", "-qam", "another")
        another = checkout.git("rev-parse", "HEAD")
        checkout.git("checkout", "-q", commit)
        checkout.git("replace", commit, another)
        checkout.git("checkout", "-q", "-f", commit)
        (checkout.path / MAIN).write_bytes(b"2\n")
        _, state = checkout.made()
        assert state["commit"] == commit and state["changed"] == [MAIN], state


def case_a_folder_without_a_repository_is_not_called_unmodified(bench):
    with FileServer({}) as server:
        checkout = Checkout(bench, server)
        _, state = checkout.made()
        assert state["commit"] == "" and "no Git repository" in state[
            "description"] and "unmodified" not in state["description"], state
        (checkout.path / MAIN).unlink()
        checkout.job.configure(ROUND, f"--env.CM_MLPERF_INFERENCE_SRC_PATH={checkout.path}")
        said = checkout.job.ninja(code=1)
        assert f"has no {MAIN}, so it is not mlcommons/inference" in said, said


def case_published_results_and_dlrm_are_commits(bench):
    with Site(bench) as site, FileServer({}) as server:
        for recipe, words, url, commit in (("get-mlperf-inference-results",
                                            "get,mlperf,inference,results",
                                            "mlcommons/inference_results_v3.1",
                                            "b0e57561e433763d365c17362dd5ce8449259926"),
                                           ("get-dlrm", "get,src,dlrm", "facebookresearch/dlrm",
                                            "090956ee2319ddd349a42232958aefccfe3f7b0a")):
            organisation, name = url.split("/")
            sources = Sources(bench, site, server, organisation, name)
            own = sources.repository.commit({"README.md": name.encode()})
            sources.job.configure(words)
            said = sources.job.ninja(code=1)
            assert "[no-such-commit]" in said and commit in said, said
            assert sources.tree(recipe, words,
                                f"--env.CM_GIT_SHA={own}") == {"README.md": name.encode()}
