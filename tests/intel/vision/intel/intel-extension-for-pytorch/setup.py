"""A stand-in for Intel's extension of PyTorch: it asks Git for its commit and pip for CMake and
Ninja, and is built by CMake and make."""
import pathlib
import subprocess

import pkg_resources
import torch
from setuptools import setup
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
COMMIT = subprocess.run(["git", "rev-parse", "HEAD"], cwd=HERE, check=True, capture_output=True,
                        text=True).stdout.strip()
missing = {"cmake", "ninja"} - {package.key for package in pkg_resources.working_set}
assert not missing, f"pip has no {missing}"
assert (HERE / "third_party/llga/CMakeLists.txt").exists(), "the submodule is missing"


class Build(build_py):
    def run(self):
        super().run()
        package = pathlib.Path(self.build_lib).resolve() / "intel_extension_for_pytorch"
        (package / "version.py").write_text(f"__gitrev__ = '{COMMIT}'\n")
        (HERE / "build/Release").mkdir(parents=True)
        torch_folder = pathlib.Path(torch.__file__).parent
        for command in ([
                "cmake", HERE, f"-DCMAKE_LIBRARY_OUTPUT_DIRECTORY={package}/lib",
                f"-DPYTORCH_INSTALL_DIR={torch_folder}"
        ], ["make"]):
            subprocess.run(command, cwd=HERE / "build/Release", check=True)


setup(name="intel_extension_for_pytorch", version="1.12.0",
      packages=["intel_extension_for_pytorch"], cmdclass={"build_py": Build})
