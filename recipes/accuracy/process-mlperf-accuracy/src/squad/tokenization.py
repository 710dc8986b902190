"""The module that the reference's accuracy-squad.py imports by this name, from transformers.

The reference takes it out of NVIDIA's DeepLearningExamples, a submodule of several gigabytes of
which it needs this one class.
"""
from transformers.models.bert.tokenization_bert import BasicTokenizer

__all__ = ["BasicTokenizer"]
