"""Each from-source recipe of Intel alone, as it is without Intel's variation: stand-ins at the real
URLs' paths, built by their own build systems."""
import ctypes
import subprocess

from intel.bert_site import BertSite
from places import Skip
from fetch.file_server import FileServer


def need_builders():
    """What the stand-in for conda's Python is made of."""
    tried = subprocess.run(
        ["/usr/bin/python3", "-c", "import setuptools, wheel, pip, pkg_resources"],
        capture_output=True)
    if tried.returncode:
        raise Skip("Debian's Python cannot build: apt-get install python3-pip python3-setuptools "
                   "python3-wheel")


def imported(folder, code):
    """What the system's Python prints that finds modules in `folder`."""
    done = subprocess.run(["/usr/bin/python3", "-B", "-c", code], env={"PYTHONPATH": str(folder)},
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def case_clang_of_llvm_compiles_a_program(bench):
    with FileServer({}) as files, BertSite(bench, files) as site:
        site.make("install,llvm,src,_clang,_runtimes.libcxx:openmp")
        program = bench.dir / "program"
        (bench.dir / "program.cc").write_text("int main() { return 7; }\n")
        subprocess.run([
            site.out("install-llvm-src/*/install/bin/clang++"), bench.dir / "program.cc", "-o",
            program
        ], check=True)
        assert subprocess.run([program]).returncode == 7
        site.job.configure("install,llvm,src", "--env.CM_LLVM_ENABLE_PROJECTS=lld")
        assert "clang is to be built" in site.job.ninja(code=1)


def case_onednn_is_a_library(bench):
    with FileServer({}) as files, BertSite(bench, files) as site:
        site.make("install,onednn,from.src")
        assert ctypes.CDLL(
            site.out("install-onednn-from.src/*/install/lib/libdnnl.so")).dnnl_version() == 206
        assert "#error" in site.out("install-onednn-from.src/*/install/include/dnnl.h").read_text(
        ), "nobody asked for Intel's patch"


def case_onednn_for_intel_is_patched_sources(bench):
    with FileServer({}) as files, BertSite(bench, files) as site:
        site.make("install,onednn,from.src,_for-intel-mlperf-inference")
        assert "int dnnl_version();" in site.out(
            "install-onednn-from.src/*/tree/include/dnnl.h").read_text()


def case_pytorch_is_a_wheel_with_all_its_submodules(bench):
    need_builders()
    with FileServer({}) as files, BertSite(bench, files) as site:
        site.make("install,pytorch,from.src")
        assert site.out(
            "install-pytorch-from.src/*/tree/third_party/ideep/mkl-dnn/include/dnnl_config.h"
        ).is_file()
        site_packages = site.out("install-pytorch-from.src/*/site")
        assert imported(site_packages, "import torch; print(torch.int32)") == "int32"
        assert ctypes.CDLL(site_packages / "torch/lib/libtorch_cpu.so").torch_patches() == 0


def case_transformers_is_a_wheel_beside_pytorch_s(bench):
    need_builders()
    with FileServer({}) as files, BertSite(bench, files) as site:
        site.make("install,transformers,from.src")
        assert imported(site.out("install-transformers-from.src/*/site"),
                        "import transformers; print(transformers.FOR_INTEL)") == "False"
        assert (site.out("install-pytorch-from.src/*/site") / "torch/__init__.py").is_file()
