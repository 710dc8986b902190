"""conda environments out of a small channel on this machine: solved by `mlpgen lock`, fetched by
their SHA-256, installed."""
import functools
import http.server
import json
import subprocess

from frameworks import conda_channel
from store.loopback import Loopback
from frameworks.run_directory import RunDirectory


class Files(http.server.SimpleHTTPRequestHandler):
    def __init__(self, *words, folder=None, **named):
        super().__init__(*words, directory=folder, **named)

    def log_message(self, *_):
        pass


class Channel(Loopback):
    def __init__(self, folder):
        self.folder = folder / "channel"
        self.folder.mkdir()
        conda_channel.make(self.folder)
        super().__init__(functools.partial(Files, folder=self.folder))

    def request(self, *more):
        return ["check-conda", f"--channel={self.url}", *more]


def lines(run):
    entries = json.loads((run.path / "mlpgen.lock").read_text())["entries"]
    return next(e["lines"] for key, e in entries.items() if key.startswith("conda-environment "))


def environment(run):
    return next(run.path.glob("out/get-conda-environment/*/environment"))


def case_the_environment_is_locked_and_made(folder, build, cache):
    """The older of two versions is taken, as greet asks; a program of it knows where it stands."""
    run = RunDirectory(folder, build, cache, MLPGEN_STORE=str(folder / "store"))
    with Channel(folder) as channel:
        run.make(*channel.request())
        assert [line.split()[0].rsplit("/", 1)[1]
                for line in lines(run)] == ["greet-1.2-0.tar.bz2",
                                            "words-1.9-0.tar.bz2"], lines(run)
        said = subprocess.run([environment(run) / "bin/greet"], capture_output=True, text=True)
        assert said.stdout == "good morning\n", said
        told = json.loads((environment(run).parent / "packages.json").read_text())["packages"]
        assert [(p["name"], p["version"]) for p in told] == [("greet", "1.2"),
                                                             ("words", "1.9")], told
    # The channel is gone: the lock and the store have all of it.
    subprocess.run(["rm", "-rf", run.path / "out"], check=True)
    run.ninja()
    assert (environment(run) / "share/words.txt").read_text() == "good morning\n"


def case_other_bytes_than_the_locks_are_refused(folder, build, cache):
    run = RunDirectory(folder, build, cache, MLPGEN_STORE=str(folder / "store"))
    with Channel(folder) as channel:
        trust = f"--trust={conda_channel.__file__.rsplit('/', 1)[0]}"
        run.mlpgen("lock", *channel.request(), trust)
        file = channel.folder / "noarch/words-1.9-0.tar.bz2"
        file.write_bytes(file.read_bytes()[:-1] + b"x")
        run.mlpgen("configure", *channel.request(), trust)
        assert "digest-differs" in run.ninja(code=1)
        assert not list(run.path.glob("out/get-conda-environment/*/environment"))


def case_what_no_channel_has_is_an_error_of_lock(folder, build, cache):
    run = RunDirectory(folder, build, cache, MLPGEN_STORE=str(folder / "store"))
    with Channel(folder) as channel:
        told = run.mlpgen("lock", *channel.request("--package=gone"),
                          f"--trust={conda_channel.__file__.rsplit('/', 1)[0]}", code=1)
        assert "nowhere" in told and "[package-client]" in told, told
