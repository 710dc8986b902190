"""Intel's ResNet50 and RetinaNet, from sources, calibration and models to a submission, on the
stand-ins of vision/ with the real LoadGen."""
import json

from intel.cases_projects import need_builders
from fetch.file_server import FileServer
from intel.vision_site import IMAGES, VisionSite, image_name

SAMPLES = 24576  # of one query in Offline, at least
EXTENSION = {
    "resnet50": "1279c5824f1bcb61cd8990f4148abcadf3f214a4",
    "retinanet": "8bf7cc85a756719851ae85dd20552a76b8903116"
}


def submit(site, *request):
    """The whole job; a second ninja has nothing to do. Gives the score's last line."""
    site.make(*request, targets=["submission"])
    summary = json.loads((site.job.run_dir / "summary.json").read_text())["mlpgen"]
    assert summary["checkers"]["mlpgen"]["verdict"] == "ok", summary["checkers"]
    return site.out("process-mlperf-accuracy/*/accuracy.txt").read_text().splitlines()[-1]


def edges(job):
    """{name of an edge: what the plan says of it}"""
    lines = map(json.loads, (job.run_dir / ".mlpgen/plan").read_text().splitlines())
    return {line["name"]: line for line in lines if "name" in line}


def case_intel_s_resnet50_from_its_sources_to_a_submission(bench):
    need_builders()
    with FileServer({}) as files, VisionSite(bench, files) as site:
        folder = site.imagenet()
        request = [
            "run-mlperf,inference,_r3.1", "--implementation=intel", "--model=resnet50",
            f"--imagenet_path={folder}", f"--test_query_count={SAMPLES}",
            f"--adr.imagenet-original.tags=_size.{IMAGES}", "--adr.pytorch.version=1.12.0"
        ]
        assert submit(
            site, *request
        ) == f"accuracy={100 * (IMAGES - 1) / IMAGES:.3f}%, good={IMAGES - 1}, total={IMAGES}"
        model = json.loads(
            (site.out("compile-intel-model/*/install/models/resnet50-full.pth")).read_text())
        assert model == {
            "weights": "resnet50", "threads_of_cat": 2, "picked": True, "aligned": True,
            "ignores_dequant": False, "extension": EXTENSION["resnet50"],
            "folders": ["n01440764", "n01443537",
                        "n01484850"], "images": [image_name(n) for n in (40000, 40001, 40002)]
        }, model


def case_intel_s_retinanet_from_its_sources_to_a_submission(bench):
    need_builders()
    with FileServer({}) as files, VisionSite(bench, files) as site:
        names = site.openimages()
        request = [
            "run-mlperf,inference,_r3.1", "--implementation=intel", "--model=retinanet",
            f"--test_query_count={SAMPLES}", "--adr.openimages-original.tags=_size.64",
            "--adr.intel-vision-run.env.CM_INTEL_CPUS_PER_INSTANCE=1",
            "--adr.pytorch.version=1.12.0"
        ]
        score = submit(site, *request)
        assert float(score.removeprefix("mAP=").removesuffix("%")) > 99, score
        model = json.loads(
            (site.out("compile-intel-model/*/install/data/retinanet-int8-model.pth")).read_text())
        assert model == {
            "weights": "retinanet", "threads_of_cat": 1, "picked": True, "aligned": False,
            "ignores_dequant": True, "extension": EXTENSION["retinanet"], "images": names[8:10]
        }, model


def case_intel_s_extension_alone_has_no_patch(bench):
    need_builders()
    with FileServer({}) as files, VisionSite(bench, files) as site:
        site.make("install,ipex,from.src")
        package = site.out("install-ipex-from-src/*/site/intel_extension_for_pytorch")
        assert (package / "version.py").read_text() == f"__gitrev__ = '{EXTENSION['resnet50']}'\n"
        assert "ALIGNED_SCALES = False" in (package / "__init__.py").read_text() and (
            package / "lib/libintel-ext-pt-cpu.so").exists()


def case_intel_s_vision_harnesses_say_what_they_cannot(bench):
    """A tag without a commit, a round whose LoadGen reads no mlperf.conf, a scenario without
    Intel's numbers, too few cores."""
    r31, later = "run-mlperf,inference,_r3.1", "run-mlperf,inference,_r6.0"
    fits = "--adr.pytorch.version=1.12.0"
    more = "--adr.intel-vision-run.env.CM_INTEL_CPUS_PER_INSTANCE=4096"
    refusals = [
        ([r31, "--model=resnet50"], "unnamed", "PyTorch's tag v1.12.0-rc7 stands for"),
        ([later, "--model=resnet50",
          fits], "no-round", "LoadGen has mlperf.conf in itself from v5.0 on"),
        ([r31, "--model=resnet50", fits, "--scenario=SingleStream"], "no-numbers",
         "no script of Intel that was found runs resnet50 in SingleStream"),
        ([r31, "--model=retinanet", fits, "--scenario=Server", "--category=datacenter"],
         "no-numbers", "no script of Intel that was found runs retinanet in Server"),
        ([r31, "--model=retinanet", fits,
          more], "no-cores", "each instance of retinanet 4096 cores"),
    ]
    with FileServer({}) as files, VisionSite(bench, files) as site:
        for request, step, why in refusals:
            said = site.configure("--implementation=intel", *request, code=1)
            assert "[cannot-run]" in said and f"id: {step}" in said and why in said, said


def case_intel_s_resnet50_runs_in_server_with_the_numbers_of_its_script(bench):
    with FileServer({}) as files, VisionSite(bench, files) as site:
        request = [
            "run-mlperf,inference,_r3.1", "--implementation=intel", "--model=resnet50",
            "--scenario=Server", "--category=datacenter", "--adr.pytorch.version=1.12.0"
        ]
        site.configure(*request, "--adr.intel-vision-run.env.CM_INTEL_CPUS_PER_INSTANCE=1")
        words = edges(site.job)["benchmark-program-mlperf/vendor-performance"]["argv"]
        assert {
            "--word=--scenario=Server", "--word=--batch_size=4", "--word=--warmup_iters=50",
            "--word=--mode=Performance"
        } <= set(words), words
