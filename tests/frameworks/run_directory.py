"""A run directory of mlpgen with its own lock, and the programs that fill it."""
import os
import pathlib
import shutil
import subprocess

import ran
from places import ROOT

HERE = pathlib.Path(__file__).resolve().parent


class RunDirectory:
    def __init__(self, folder, build, cache, **environment):
        self.path, self.build = folder / "run", build
        self.path.mkdir()
        (folder / "home").mkdir()
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder / "home"), "LC_ALL": "C.UTF-8",
            "MLPGEN_HOME": str(ROOT), "MLPGEN_STORE": str(cache / "store"),
            "MLPGEN_MACHINE_LOCK": str(folder / "machine.lock"), **environment
        }
        for name, value in os.environ.items():  # how packages are reached from here
            if name.startswith(("PIP_", "UV_", "SSL_CERT_")) or name.lower().endswith("_proxy"):
                self.environment.setdefault(name, value)

    def call(self, *words, code=0):
        done = subprocess.run([str(w) for w in words], cwd=self.path, env=self.environment,
                              capture_output=True, text=True)
        told = done.stdout + done.stderr
        assert done.returncode == code, (f"`{' '.join(map(str, words))}` ended with "
                                         f"{done.returncode}:\n{told[-3000:]}")
        return told

    def mlpgen(self, *words, code=0):
        return self.call(self.build / "mlpgen", *words, code=code)

    def ninja(self, *words, code=0):
        told = self.call(shutil.which("ninja"), *words, code=code)
        if code == 0:
            ran.note(self.path)
        return told

    def make(self, *request):
        """Locks, configures and builds a request of this suite's recipes; a second ninja has
        nothing to do."""
        trust = f"--trust={HERE}"
        self.mlpgen("lock", *request, trust)
        self.mlpgen("configure", *request, trust)
        self.ninja()
        assert "no work to do" in self.ninja()
