"""Intel's operators, out of the folder in which the harness was built."""
import os

import torch

FOLDER = os.path.dirname(os.path.realpath(__file__))
torch.ops.load_library(FOLDER + "/../build/mlperf_plugins/libmlperf_plugins.so")
