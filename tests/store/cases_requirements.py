"""mlpgen-tool python-environment: a file of requirements holds packages and hashes, and no options
that uv would obey."""
from store.cases_environment import environment
from store.cases_environment_cache import Index


def case_an_option_among_the_requirements_is_refused(bench):
    with Index(("one", "1.0")) as index, Index(("one", "1.0")) as other:
        good = index.requirements()
        for line in (f"--index-url {other.url}/simple", f"--extra-index-url={other.url}/simple",
                     "-r other.txt", f"one @ {other.url}/files/one-1.0-py3-none-any.whl", "-e ."):
            environment(bench, good + line + "\n", out="bad",
                        env=index.env(bench)).error("damaged-lock", line)
            environment(bench, line + "\n" + good, out="bad",
                        env=index.env(bench)).error("damaged-lock", line)
        assert other.requests == [] and index.requests == []
