"""The compliance tests of the closed division see harnesses that cheat, and pass one that does
not; only their length is that of a test run."""
import re
import shutil

from places import ROOT, TESTS

CPP = ROOT / "recipes/app/app-mlperf-inference-mlcommons-cpp"
REPLACED = "--adr.mlperf-inference-implementation.tags={},-app,-mlcommons,-mlperf,-inference,-cpp"
QUERIES = 60  # of 20 samples, 50 ms each


def cheat(job, name):
    """Configures a closed request whose harness is cheat/harness.cc, as docs/own-harness.md says.
    """
    own = job.path / "own/recipes/app" / name
    (own / "src").mkdir(parents=True, exist_ok=True)
    shutil.copy(TESTS / "classification/cheat/harness.cc", own / "src")
    text = (CPP / "recipe.yaml").read_text()
    for old, new in (("recipe: app-mlperf-inference-mlcommons-cpp", f"recipe: {name}"),
                     ("tags: [app, mlcommons, mlperf, inference, cpp]",
                      f"tags: [{name}]"), ('sut_name: "${CM_HW_NAME}"', f"sut_name: {name}"),
                     ('["${recipe}/src/*.cc", "${+CM_MLPERF_HARNESS_SOURCES}"]',
                      '["${recipe}/src/*.cc"]')):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (own / "recipe.yaml").write_text(text)
    return job.configure("--preset=efficientnet", "--division=closed",
                         f"--test_query_count={QUERIES}", f"--trust={job.path / 'own'}",
                         REPLACED.format(name))


def case_an_honest_harness_passes_and_a_second_ninja_has_no_work(jobs):
    jobs.submitted("efficientnet")
    job = jobs.directory("compliance")
    cheat(job, "honest")
    job.ninja("compliance")
    texts = {
        path.relative_to(job.path / "out").as_posix(): path.read_text()
        for path in (job.path / "out/verify-mlperf-inference-compliance").rglob("verify_*.txt")
    }
    assert sorted(name.rsplit("/", 1)[1] for name in texts) == [
        "verify_accuracy.txt", "verify_performance.txt", "verify_performance.txt"
    ], texts
    for text in texts.values():
        assert text.endswith("TEST PASS\n"), text
    assert "no work to do" in job.ninja("compliance")


def case_a_cache_of_answers_fails_test04(jobs):
    jobs.submitted("efficientnet")
    job = jobs.directory("compliance")
    cheat(job, "caches-answers")
    said = job.ninja("compliance", "-k0", code=1)
    assert "TEST04 of efficientnet in Offline did not pass" in said, said
    assert re.search(
        r"\d+(\.\d+)? times, and at most 10 is allowed; equal samples must take as "
        r"long as others", said), said


def case_other_outputs_in_performance_mode_fail_test01(jobs):
    jobs.submitted("efficientnet")
    job = jobs.directory("compliance")
    cheat(job, "other-outputs")
    said = job.ninja("compliance", "-k0", code=1)
    assert "TEST01 of efficientnet in Offline did not pass" in said, said
    assert f"TEST01: {QUERIES} of {QUERIES} outputs in performance mode are not those" in said, said
    assert "no two values of acc" in said and "TEST04 of" not in said, said


def case_an_open_request_says_what_closed_would_need_and_that_nothing_ran(jobs):
    job = jobs.directory("open-compliance", start="nothing")
    job.configure("--preset=efficientnet", "--scenario=SingleStream")
    said = job.call("ninja", "-C", job.path, "compliance")
    assert "nothing ran. The closed division of v5.1 (edge) asks for:" in said, said
    assert "in each of them TEST01, TEST04; acc of at least 75.6954" in said, said
    assert not (job.path / "out").exists() and not (job.path / "results").exists()


def case_the_cpp_harness_passes_and_upstream_s_scripts_agree(jobs):
    """Their words stand in the tree where they pass a part; in a short run they refuse the scores,
    since LoadGen calls it INVALID, and mlpgen's words stand there."""
    jobs.submitted("efficientnet")
    job = jobs.directory("compliance-cpp")
    job.configure("--preset=efficientnet", "--division=closed",
                  *([f"--with_inference_src={jobs.checkout}"] if jobs.checkout else []))
    job.ninja("compliance")
    made = job.path / "out/verify-mlperf-inference-compliance"
    [accuracy] = made.rglob("tree/verify_accuracy.txt")
    for text in [accuracy, *made.rglob("tree/verify_performance.txt")]:
        assert "TEST PASS" in text.read_text(), text.read_text()
    assert "factor of 10" in (accuracy.parent / "verify_performance.txt").read_text()
    ours = "outputs, by mlpgen" in accuracy.read_text()
    theirs = "num_perf_log_data_mismatch = 0" in accuracy.read_text()
    assert theirs and not ours if jobs.checkout else ours and not theirs
    assert sorted(p.name for p in (accuracy.parent / "accuracy").iterdir()) == [
        "accuracy.txt", "mlperf_log_accuracy.json"
    ]
