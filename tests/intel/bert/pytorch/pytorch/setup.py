"""A stand-in for PyTorch 1.12: the module torch and its library, compiled by $CXX."""
import os
import subprocess

from setuptools import setup
from setuptools.command.build_py import build_py


class Build(build_py):
    def run(self):
        super().run()
        if os.environ.get("USE_CUDA") != "OFF":
            raise SystemExit("CUDA is not there; say USE_CUDA=OFF")
        folder = os.path.join(self.build_lib, "torch/lib")
        os.makedirs(folder)
        subprocess.run([
            os.environ["CXX"], "-shared", "-fPIC", "-O2", "-std=c++14", "-I.", "-Itorch/include",
            "-o", f"{folder}/libtorch_cpu.so", "torch/csrc/torch.cpp"
        ], check=True)


setup(name="torch", version="1.12.0", packages=["torch"],
      package_data={"torch": ["share/cmake/Torch/*", "include/*"]}, cmdclass={"build_py": Build})
