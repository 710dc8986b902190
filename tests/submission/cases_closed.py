"""The closed division: its scenarios and accuracies, and compliance tests whose files are there,
damaged or missing."""
import shutil

import pytest

from submission.bench import edit_log, remove
from submission.cases_check import both, make, rename, system, write


def in_test(path, text):
    def change(t):
        (t.tests / path).parent.mkdir(parents=True, exist_ok=True)
        (t.tests / path).write_text(text)

    return change


def baseline(first, second):
    """TEST01 that is not deterministic: the accuracies of two parts of the data set."""
    names = {
        "accuracy.txt": "", "mlperf_log_accuracy.json": "[]",
        "baseline_accuracy.txt": f"mAP={first}\n", "compliance_accuracy.txt": f"mAP={second}\n"
    }
    return both(in_test("TEST01/verify_accuracy.txt", "TEST FAIL\n"),
                *[in_test(f"TEST01/accuracy/{n}", text) for n, text in names.items()])


# As in cases_check.
CASES = [
    ("a good closed tree", "closed", None, {}),
    ("a good flat closed tree", "closed flat", None, {}),
    ("a closed tree without calibration.md", "closed", lambda t: remove(t.owner / "calibration.md"),
     {"warning:calibration": "calibration.md is missing"}),
    ("a closed tree without compliance tests", "closed", lambda t: shutil.rmtree(t.tests),
     {"compliance": "TEST01 of pointpainting is missing"}),
    ("a flat closed tree without TEST04", "closed flat",
     lambda t: shutil.rmtree(t.tests / "TEST04"),
     {"compliance": "TEST04 of pointpainting is missing"}),
    ("a test whose outputs differ", "closed", in_test("TEST01/verify_accuracy.txt", "TEST FAIL\n"),
     {"compliance": "files are missing"}),
    ("a TEST PASS behind other words in its line", "closed",
     in_test("TEST01/verify_accuracy.txt", "no TEST PASS\n"), {"compliance": "files are missing"}),
    ("two accuracies that are alike", "closed", baseline(0.500, 0.503), {}),
    ("two accuracies that are not alike", "closed", baseline(0.500, 0.506),
     {"compliance": "differs by 1.18"}),
    ("two accuracies of which one is missing", "closed", baseline(0.500, 0),
     {"compliance": "no two values of mAP"}),
    ("a test whose performance differs", "closed",
     in_test("TEST04/verify_performance.txt", "TEST FAIL\n"), {"compliance": "no line TEST PASS"}),
    ("a test without its verdict", "closed",
     lambda t: remove(t.tests / "TEST04/verify_performance.txt"),
     {"compliance": "verify_performance.txt of TEST04"}),
    ("a test without its run", "closed", lambda t: shutil.rmtree(t.tests / "TEST04/performance"),
     {"missing-file": "detail log is missing"}),
    ("a file too many in a test's run", "closed",
     in_test("TEST04/performance/run_1/console.out",
             "x"), {"compliance": "do not belong here: console.out"}),
    ("a summary too few in a test's run", "closed",
     lambda t: remove(t.tests / "TEST01/performance/run_1/mlperf_log_summary.txt"),
     {"compliance": "files are missing: mlperf_log_summary.txt"}),
    ("a test's run with other seeds", "closed", lambda t: edit_log(
        t.tests / "TEST01/performance/run_1/mlperf_log_detail.txt", effective_qsl_rng_seed=1),
     {"seeds": "qsl_rng_seed is 1"}),
    ("a test's run that was short", "closed flat", lambda t: edit_log(
        t.tests / "TEST04/performance/run_1/mlperf_log_detail.txt", effective_min_duration_ms=1),
     {"min-duration": "is 1"}),
    ("a damaged log of a test that open does not need", "retinanet",
     in_test("TEST01/performance/run_1/mlperf_log_detail.txt",
             "x\n"), {"not-a-log": "begins with"}),
    ("a low accuracy line before a good one", "closed",
     write("accuracy_txt", "mAP=0.1\nmAP=0.543\nhash=12ab\n"), {"accuracy": "mAP is 0.1"}),
    ("a low accuracy line behind all that counts", "closed",
     write("accuracy_txt", "mAP=0.543\nhash=12ab\nmAP=0.1\n"), {}),
    ("digits of another script", "closed", write("accuracy_txt", "mAP=0.543\uff19\nhash=12ab\n"),
     {"accuracy": "not 0 to 9"}, "the official checker reads them as digits"),
    ("a closed tree with low accuracy", "closed", write("accuracy_txt", "mAP=0.1\nhash=12ab\n"),
     {"accuracy": "mAP is 0.1"}),
    ("a closed tree without the hash", "closed", write("accuracy_txt",
                                                       "mAP=0.6\n"), {"hash": "no line hash="}),
    ("a closed tree without a required scenario", "closed", rename(scenario="MultiStream"),
     {"scenario": "SingleStream is missing"}),
    ("a closed tree of a model that the category lacks", "closed", system(system_type="datacenter"),
     {"scenario": "does not have pointpainting"}),
    ("a closed tree of a network system", "closed", system(is_network="true"),
     {"network": "does not allow"}),
]
TREES = dict(make(*case) for case in CASES)


@pytest.mark.parametrize("name", TREES)
def case_the_closed_division_judges(name, bench):
    TREES[name](bench)
