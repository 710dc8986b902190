"""A stand-in for torchvision, which is built for the PyTorch that it can import."""
import torch
from setuptools import setup

assert torch.threads_of_cat()
setup(name="torchvision", version="0.13.0", packages=["torchvision"])
