"""GPUs of the machine as facts: what a request for one says where there are some, and where there
are none.

The programs are stand-ins that print what nvidia-smi and rocminfo print; no GPU is looked at.
"""
import json

from places import ROOT

SMI = """#!/bin/sh
case "$1" in
--query-gpu=count) echo 2 && echo 2 ;;
--query-gpu=name) echo 'NVIDIA H100 80GB HBM3' && echo 'NVIDIA H100 80GB HBM3' ;;
--query-gpu=memory.total) echo '81559 MiB' && echo '81559 MiB' ;;
--query-gpu=clocks.max.sm) echo '1980 MHz' && echo '1980 MHz' ;;
--query-gpu=driver_version) echo 535.129.03 && echo 535.129.03 ;;
*) exit 1 ;;
esac
"""

ROCMINFO = """#!/bin/sh
echo '*******
Agent 1
*******
  Name:                    AMD EPYC 9654 96-Core Processor
  Marketing Name:          AMD EPYC 9654 96-Core Processor
  Device Type:             CPU
*******
Agent 2
*******
  Name:                    gfx942
  Uuid:                    GPU-0
  Marketing Name:          AMD Instinct MI300X
  Device Type:             GPU'
"""


def description(bench, device, **programs):
    """Keys of the system description that tell of accelerators, on a machine with these programs
    alone."""
    folder = bench.folder / "bin"
    folder.mkdir()
    (folder / "python3").symlink_to("/usr/bin/python3")
    for name, text in programs.items():
        (folder / name.replace("_", "-")).write_text(text)
        (folder / name.replace("_", "-")).chmod(0o755)
    said = bench.ask("dump", "get,sut-description", f"--env.CM_MLPERF_DEVICE={device}",
                     "--format=json", MLPGEN_HOME=str(ROOT), PATH=str(folder))
    [one] = [
        i for i in json.loads(said)["instances"]
        if i["recipe"] == "get-mlperf-inference-sut-description"
    ]
    return [
        one["env"][f"CM_MLPERF_SUT_{key}"]["value"]
        for key in ("ACCELERATORS_PER_NODE", "ACCELERATOR_MODEL_NAME",
                    "ACCELERATOR_MEMORY_CAPACITY", "ACCELERATOR_FREQUENCY")
    ]


def test_nvidia_smi_tells_the_accelerators(bench):
    assert description(bench, "cuda",
                       nvidia_smi=SMI) == ["2", "NVIDIA H100 80GB HBM3", "81559 MiB", "1980 MHz"]


def test_rocminfo_tells_the_first_gpu_and_no_processor(bench):
    assert description(bench, "rocm",
                       rocminfo=ROCMINFO) == ["unknown", "AMD Instinct MI300X", "unknown", ""]


def test_a_machine_without_gpus_is_no_error(bench):
    assert description(bench, "cuda", rocminfo=ROCMINFO) == ["0", "N/A", "N/A", ""]


def test_a_driver_that_does_not_answer_is_a_machine_without_gpus(bench):
    assert description(bench, "cuda",
                       nvidia_smi="#!/bin/sh\necho 'NVIDIA-SMI has failed' >&2\nexit 9\n") == [
                           "0", "N/A", "N/A", ""
                       ]


def test_a_run_on_the_processor_asks_for_no_gpu(bench):
    assert description(bench, "cpu", nvidia_smi=SMI) == ["0", "N/A", "N/A", ""]
