"""Writes what an implementation's program leaves, and in the detail log how this process was
started."""
import argparse
import ctypes
import json
import os
import pathlib

GET_MEMPOLICY = {"x86_64": 239, "aarch64": 236}[os.uname().machine]

parser = argparse.ArgumentParser()
parser.add_argument("--output", type=pathlib.Path, required=True)
out = parser.parse_args().output
mode = ctypes.c_int(-1)
answered = ctypes.CDLL(None, use_errno=True).syscall(GET_MEMPOLICY, ctypes.byref(mode), None, 0,
                                                     None, 0) == 0
told = {
    "policy": mode.value if answered else None, "jemalloc": "libjemalloc"
    in pathlib.Path("/proc/self/maps").read_text(),
    "malloc_conf": os.environ.get("MALLOC_CONF", "")
}
(out / "mlperf_log_summary.txt").write_text("Result is : VALID\n")
(out / "mlperf_log_detail.txt").write_text(json.dumps(told) + "\n")
(out / "mlperf_log_accuracy.json").write_text("[]\n")
