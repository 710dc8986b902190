"""Sources at a commit by mlpgen's own recipes: small repositories of the real names, from a Git server of the test."""
from cases_git import Site, files_of
from file_server import FileServer
from job import Job

ROUND = "get,mlcommons,inference,src"
MAIN = "vision/classification_and_detection/python/main.py"


class Sources:
    """A site with one repository, under which all of an organisation's repositories are asked for, and the run directory."""

    def __init__(self, bench, site, server, organisation, name):
        self.repository = site.repository(name)
        self.job = Job(bench, server, [f"https://github.com/{organisation}/={site.server.url}/smart/"])

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
        outer.git("config", "-f", ".gitmodules", "submodule.part.url", "https://github.com/someone/inner")
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
        said = job.configure("get,git,repo,_repo.https://github.com/someone/outer,_branch.main", code=1)
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
        assert "[no-such-commit]" in said and "6776245e99dce0600cfc9a6fb61efd310f87de3d" in said, "the round's own commit is asked for"


def case_a_checkout_of_this_machine_is_used_where_it_lies(bench):
    with FileServer({}) as server:
        job, checkout = Job(bench, server), bench.dir / "checkout"
        (checkout / MAIN).parent.mkdir(parents=True)
        (checkout / MAIN).write_bytes(b"1\n")
        job.configure(ROUND, f"--env.CM_MLPERF_INFERENCE_SRC_PATH={checkout}")
        job.ninja()
        [link] = job.run_dir.glob("out/get-mlperf-inference-src/*/data")
        assert link.resolve() == checkout.resolve() and not server.requests
        assert "no work to do" in job.ninja()


def case_published_results_and_dlrm_are_commits(bench):
    with Site(bench) as site, FileServer({}) as server:
        for recipe, words, url, commit in (
                ("get-mlperf-inference-results", "get,mlperf,inference,results", "mlcommons/inference_results_v3.1", "b0e57561e433763d365c17362dd5ce8449259926"),
                ("get-dlrm", "get,src,dlrm", "facebookresearch/dlrm", "090956ee2319ddd349a42232958aefccfe3f7b0a")):
            organisation, name = url.split("/")
            sources = Sources(bench, site, server, organisation, name)
            own = sources.repository.commit({"README.md": name.encode()})
            sources.job.configure(words)
            said = sources.job.ninja(code=1)
            assert "[no-such-commit]" in said and commit in said, said
            assert sources.tree(recipe, words, f"--env.CM_GIT_SHA={own}") == {"README.md": name.encode()}
