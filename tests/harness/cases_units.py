"""The unit tests of the harness under each version of ONNX Runtime that it can load, and those of
the preprocessing."""
import os

import pytest

from harness import build
from harness.case import run


@pytest.mark.parametrize("version", build.ONNXRUNTIMES)
@pytest.mark.parametrize("program", ["harness_tests", "preprocess_tests"])
def case_unit_tests(bench, program, version):
    if program == "preprocess_tests" and version != build.ONNXRUNTIMES[-1]:
        pytest.skip("the preprocessing loads no ONNX Runtime: one version is enough")
    os.environ["MLPGEN_TEST_INPUTS"] = str(bench.inputs)
    os.environ["MLPGEN_TEST_ONNXRUNTIME"] = str(bench.libraries[version])
    done = run([bench.programs[program]])
    assert done.returncode == 0, done.stdout + done.stderr
