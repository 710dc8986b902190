"""The Python reference of MLPerf Inference, unmodified, on the demo's model and data: is its
accuracy ours?"""
import json

from reference.bench import DATASET
from reference.cases_implementation import (BOX_TOLERANCE, SCORE_TOLERANCE, detections,
                                            largest_difference)
from reference.upstream import COMMIT


def case_the_checkout_is_unmodified(bench):
    changed = bench.upstream.changed_files()
    assert not changed, f"other than at {COMMIT}: {changed[:5]}"


def case_the_reference_finds_the_demo_s_objects(bench):
    by_main = bench.said.rsplit("mAP=", 1)[1].split("%")[0]
    by_script = bench.upstream.score(bench.reference_log, DATASET, bench.scratch / "reference.json")
    assert by_main == by_script and float(by_main) > 75, (by_main, by_script)
    print(f"    the reference: mAP={by_main}%")


def case_both_implementations_have_the_same_map(bench):
    reference = bench.upstream.score(bench.reference_log, DATASET, bench.scratch / "reference.json")
    assert bench.harness_score.strip().splitlines()[-1] == f"mAP={reference}%", (
        bench.harness_score, reference)


def case_the_accuracy_script_scores_our_log_as_we_do(bench):
    theirs = bench.upstream.score(bench.harness_log, DATASET, bench.scratch / "harness.json")
    assert bench.harness_score.strip().splitlines()[-1] == f"mAP={theirs}%", (bench.harness_score,
                                                                              theirs)
    print(f"    the C++ harness, scored by accuracy-openimages.py: mAP={theirs}%")


def case_both_implementations_detect_the_same(bench):
    ours, theirs = detections(bench.harness_log), detections(bench.reference_log)
    assert len(ours) == 64, len(ours)
    box, score = largest_difference(ours, theirs)
    assert box <= BOX_TOLERANCE and score <= SCORE_TOLERANCE, (box, score)
    print(f"    {sum(map(len, ours.values()))} detections; largest difference: boxes {box:.1e}, "
          f"scores {score:.1e}")


def case_a_wrong_log_is_noticed(bench):
    """Each sample's detections under its neighbour's index."""
    entries = json.loads(bench.harness_log.read_text())
    data = [e["data"] for e in sorted(entries, key=lambda e: e["qsl_idx"])]
    moved = bench.scratch / "moved.json"
    moved.write_text(
        json.dumps([e | {"data": data[(e["qsl_idx"] + 1) % len(data)]} for e in entries]))
    theirs = bench.upstream.score(moved, DATASET, bench.scratch / "moved-results.json")
    assert float(theirs) < 10, theirs
