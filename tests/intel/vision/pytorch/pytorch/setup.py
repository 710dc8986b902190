"""A stand-in for PyTorch: a package and one shared library."""
import os
import pathlib
import subprocess

from setuptools import setup
from setuptools.command.build_py import build_py


class Build(build_py):
    def run(self):
        super().run()
        folder = pathlib.Path(self.build_lib) / "torch/lib"
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([
            os.environ["CXX"], *os.environ.get("CXXFLAGS", "").split(), "-shared", "-fPIC",
            "-Wl,-soname,libtorch_cpu.so", "-o", folder / "libtorch_cpu.so", "aten/cat.cpp"
        ], check=True)


setup(name="torch", version="1.12.0", packages=["torch"],
      package_data={"torch": ["share/cmake/Torch/*.cmake"]}, cmdclass={"build_py": Build})
