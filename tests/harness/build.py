"""Packages -> compiled LoadGen, harness, preprocessing, unit tests and bare loop.

Everything is compiled one source file a g++ command, as the generated graph does it.
"""
import concurrent.futures
import subprocess
import sys
import tarfile
import zipfile

from places import ROOT

HERE = ROOT / "tests/harness"
APP = ROOT / "recipes/app/app-mlperf-inference-mlcommons-cpp"
COMMON = ROOT / "recipes/app/get-mlperf-inference-harness-sources/src"
PREPROCESS = ROOT / "recipes/dataset/get-preprocessed-dataset-openimages/src"
SCORE = ROOT / "recipes/accuracy/process-mlperf-accuracy/src/score_openimages.py"
LOADGEN = "6.0.17"
ONNXRUNTIMES = ("1.20.1", "1.31.1")
VENV = ("numpy", "onnx", "onnxruntime==" + ONNXRUNTIMES[-1], "pycocotools")
LOADGEN_SOURCES = ("early_stopping", "issue_query_controller", "loadgen", "logging", "results",
                   "test_settings_internal", "utils", "version", "bindings/c_api",
                   "generated/version_generated")
FLAGS = ["-std=c++20", "-O2", "-Wall", "-Wextra", "-Wshadow", "-Wconversion", "-Werror"]
JOBS = 2


def command(words, **options):
    """Runs `words`; on failure stops the whole test run with the command and its output."""
    done = subprocess.run([str(w) for w in words], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False, **options)
    if done.returncode:
        sys.exit(f"error: {' '.join(str(w) for w in words)}\n{done.stdout}")
    return done.stdout


def packages(cache, python):
    """The folder of LoadGen's sources and {version: libonnxruntime.so.VERSION}."""
    loadgen = cache / f"mlcommons_loadgen-{LOADGEN}"
    if not (loadgen / "loadgen.h").exists():
        command([
            python, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", "mlcommons_loadgen",
            "-d", cache, f"mlcommons_loadgen=={LOADGEN}"
        ])
        with tarfile.open(cache / f"mlcommons_loadgen-{LOADGEN}.tar.gz") as archive:
            archive.extractall(cache, filter="data")
    libraries = {}
    for version in ONNXRUNTIMES:
        name = f"libonnxruntime.so.{version}"
        libraries[version] = cache / name
        if libraries[version].exists():
            continue
        command([
            python, "-m", "pip", "download", "-q", "--no-deps", "-d", cache,
            f"onnxruntime=={version}"
        ])
        wheel = next(cache.glob(f"onnxruntime-{version}-*.whl"))
        partial = cache / (name + ".partial")
        with zipfile.ZipFile(wheel) as archive:
            partial.write_bytes(archive.read(f"onnxruntime/capi/{name}"))
        partial.rename(libraries[version])
    return loadgen, libraries


class Compiler:
    """Compiles what is older than its sources and headers into `folder`."""
    def __init__(self, folder):
        self.folder = folder
        self.pool = concurrent.futures.ThreadPoolExecutor(JOBS)

    def objects(self, name, sources, headers, flags):
        """The object files of `sources`, in folder/objects/name."""
        (self.folder / "objects" / name).mkdir(parents=True, exist_ok=True)
        newest = max((h.stat().st_mtime for h in headers), default=0)
        jobs = []
        for source in sources:
            target = self.folder / "objects" / name / (source.stem + ".o")
            jobs.append((target, self.pool.submit(self.compile, source, target, newest, flags)))
        for _, job in jobs:
            job.result()
        return [target for target, _ in jobs]

    @staticmethod
    def compile(source, target, newest, flags):
        if target.exists() and target.stat().st_mtime > max(newest, source.stat().st_mtime):
            return
        try:
            command(["g++", *flags, "-c", source, "-o", target])
        except SystemExit as stop:  # a thread's exit does not end the program
            raise RuntimeError(str(stop)) from stop

    def program(self, name, objects, libraries):
        target = self.folder / name
        if not target.exists() or any(o.stat().st_mtime > target.stat().st_mtime for o in objects):
            command(["g++", "-o", target, *objects, *libraries])
        return target


def build(scratch, loadgen):
    """{name: program}: harness, preprocess, bare_loop, harness_tests, preprocess_tests."""
    cc = Compiler(scratch / "build")
    lg = cc.objects("loadgen", [loadgen / f"{s}.cc" for s in LOADGEN_SOURCES], [],
                    ["-std=c++17", "-O2", "-DMAJOR_VERSION=6", "-DMINOR_VERSION=0", f"-I{loadgen}"])
    src = APP / "src"
    headers = sorted(src.glob("*.h")) + sorted(COMMON.glob("*.h")) + sorted(
        PREPROCESS.glob("*.h")) + sorted(HERE.glob("*.h"))
    harness_flags = FLAGS + [f"-I{src}", f"-I{COMMON}", "-isystem", loadgen]
    harness = cc.objects("harness",
                         sorted(src.glob("*.cc")) + sorted(COMMON.glob("*.cc")), headers,
                         harness_flags)
    cv_flags = FLAGS + [f"-I{PREPROCESS}", "-isystem", "/usr/include/opencv4"]
    preprocess = cc.objects("preprocess", sorted(PREPROCESS.glob("*.cc")), headers, cv_flags)
    cv_libraries = ["-lopencv_imgcodecs", "-lopencv_imgproc", "-lopencv_core"]
    tests = sorted(HERE.glob("test_*.cc"))
    image_tests = [HERE / "test_main.cc", HERE / "test_preprocess.cc"]
    harness_tests = [t for t in tests if t.name != "test_preprocess.cc"]
    unit = cc.objects("tests", harness_tests, headers, harness_flags)
    image_unit = cc.objects("preprocess_tests", image_tests, headers, cv_flags)
    bench = cc.objects("bench", [APP / "bench/bare_loop.cc"], headers, harness_flags)
    parts = [o for o in harness if o.name != "main.o"]
    loop_parts = [o for o in harness if o.name in ("npy.o", "ort_session.o")]
    return {
        "harness": cc.program("mlperf-harness", harness + lg, ["-ldl", "-lpthread"]),
        "harness_tests": cc.program("harness_tests", unit + parts + lg, ["-ldl", "-lpthread"]),
        "bare_loop": cc.program("bare_loop", bench + loop_parts, ["-ldl", "-lpthread"]),
        "preprocess": cc.program("openimages-preprocess", preprocess, cv_libraries),
        "preprocess_tests": cc.program(
            "preprocess_tests", image_unit + [o for o in preprocess if o.name != "preprocess.o"],
            cv_libraries),
    }
