"""What the cases share: the program under test, a store of their own, and checks that say what they
saw."""

import hashlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def wait_for(condition, otherwise, child):
    """Until the condition holds, as long as the child runs; a minute at most."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline and child.poll() is None, otherwise
        time.sleep(0.02)


class Done:
    """A finished program."""
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def ok(self):
        assert self.code == 0, f"exit code {self.code}:\n{self.out}{self.err}"
        return self

    def error(self, word, *parts):
        """It ended with this error, whose text has these parts, and says what to do."""
        code = 2 if word == "usage" else 1
        assert self.code == code, f"exit code {self.code}, expected {code}:\n{self.out}{self.err}"
        assert f"[{word}]" in self.err, f"no [{word}] in:\n{self.err}"
        assert "help: " in self.err, f"no help in:\n{self.err}"
        for part in parts:
            assert str(part) in self.err, f"no '{part}' in:\n{self.err}"
        return self


class Bench:
    """A scratch folder and a store for one case."""
    def __init__(self, tool, scratch, cache):
        self.tool, self.cache = tool, cache
        scratch.mkdir(parents=True, exist_ok=True)
        self.dir = pathlib.Path(tempfile.mkdtemp(dir=scratch))
        self.store = self.dir / "store"

    def env(self, **more):
        env = {key: value for key, value in os.environ.items() if key not in PROXIES}
        env.update(MLPGEN_STORE=str(self.store),
                   MLPGEN_MACHINE_LOCK=str(self.dir / "lock" / "machine"))
        env.update({key: str(value) for key, value in more.items()})
        return env

    def start(self, *words, env=None, pass_fds=()):
        return subprocess.Popen(
            [str(self.tool), *map(str, words)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.dir,
            env=env or self.env(),
            pass_fds=pass_fds,
        )

    def run(self, *words, env=None):
        child = self.start(*words, env=env)
        out, err = child.communicate(timeout=900)
        return Done(child.returncode, out, err)

    def shared_store(self):
        """Environment with the store that all cases with packages share, so that each is downloaded
        once."""
        return self.env(MLPGEN_STORE=self.cache / "store")

    def objects(self):
        return sorted(path for path in (self.store / "objects").rglob("*")
                      if path.is_file() and path.name[0] != ".")

    def left(self, folder):
        """Names that a run left in a folder of the store."""
        return sorted(path.name for path in (self.store / folder).iterdir())

    def remove(self):
        shutil.rmtree(self.dir, ignore_errors=True)
