"""A stand-in for Intel's extension of PyTorch."""
from .version import __gitrev__  # noqa: F401

ALIGNED_SCALES = False

IGNORES_DEQUANT = False
