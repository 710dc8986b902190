"""A stand-in for transformers."""
from setuptools import setup

setup(name="transformers", version="4.23.0.dev0", package_dir={"": "src"},
      packages=["transformers"])
