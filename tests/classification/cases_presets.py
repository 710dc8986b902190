"""The presets efficientnet and fashion-mnist, from packages to the checked submission."""
import csv

from classification.jobs import CPP
from places import Skip

RIGHT_OF_20 = 17  # photographs of EfficientNet-Lite0; 18 with today's packages
# test pictures of Fashion-MNIST; about 9,100, another processor trains other weights
RIGHT_OF_10000 = 9000


def check_submission(jobs, preset, model, stand_in):
    job = jobs.submitted(preset)
    said = job.summary()
    [result] = said["results"]
    assert result["model"] == model and said["stand_in"].startswith(stand_in), said
    assert said["test_run"] and said["checkers"]["mlpgen"]["verdict"] == "ok", said
    [row] = csv.DictReader((job.path / "summary.csv").open())
    assert row["MlperfModel"] == "resnet" and float(row["Result"]) > 0, row
    if jobs.checkout:
        official = said["checkers"]["official"]
        assert official["verdict"] == "ok" and official["last_line"].endswith(
            "submission looks OK"), official
    return result["accuracy"]["acc"]


def case_efficientnet_knows_the_photographs(jobs):
    accuracy = check_submission(jobs, "efficientnet", "efficientnet", "20 photographs")
    job = jobs.submitted("efficientnet")
    line, told = job.score()
    assert told["images"] == 20 and told["right"] >= RIGHT_OF_20, told
    assert line == f"accuracy={5 * told['right']:.3f}%, good={told['right']}, total=20", (line,
                                                                                          accuracy)
    assert accuracy == 5 * told["right"], (line, accuracy)
    assert sorted(job.classes()) == list(range(20))
    print(f"    {line}; wrong: " + ", ".join(f"{w['name']} is {w['class']}, not {w['found']}"
                                             for w in told["wrong"]))


def case_fashion_mnist_reaches_its_accuracy(jobs):
    accuracy = check_submission(jobs, "fashion-mnist", "resnet50",
                                "Fashion-MNIST stands in for ImageNet")
    line, told = jobs.submitted("fashion-mnist").score()
    assert told["images"] == 10000 and told["right"] >= RIGHT_OF_10000, line
    assert abs(accuracy - told["right"] / 100) < 1e-9, (line, accuracy)
    print(f"    {line}")


def case_a_second_ninja_has_no_work(jobs):
    for preset in ("efficientnet", "fashion-mnist"):
        assert "no work to do" in jobs.submitted(preset).ninja("submission"), preset


def case_the_reference_s_script_scores_the_same(jobs):
    for preset in ("efficientnet", "fashion-mnist"):
        job = jobs.submitted(preset)
        theirs, (ours, _) = jobs.upstream_score(job), job.score()
        assert theirs == ours, (theirs, ours)
        print(f"    accuracy-imagenet.py of {preset}: {theirs}")


def case_fashion_mnist_is_valid_by_the_rules(jobs):
    """600 s at least, of queries whose latency a short run measured first; only with --slow.

    SingleStream: it lasts 600 s whether or not the machine becomes quicker meanwhile.
    """
    if not jobs.slow:
        raise Skip("lasts 12 minutes: tests/run --slow")
    job = jobs.directory("valid", start=jobs.submitted("fashion-mnist").path.name)
    job.configure("--preset=fashion-mnist", "--execution_mode=valid", "--scenario=SingleStream")
    job.ninja("submission")
    said = job.summary()
    [result] = said["results"]
    run = result["loadgen"]
    summary = (job.made(f"{CPP}/performance") / "mlperf_log_summary.txt").read_text()
    assert run["verdict"] == "VALID" and "Result is : VALID" in summary and run[
        "effective_min_duration_ms"] == 600000, summary
    assert not said["test_run"] and not (job.path / "TEST-RUN.md").exists(), said
    assert said["stand_in"].startswith("Fashion-MNIST stands in for ImageNet"), said
    assert "no work to do" in job.ninja("submission")
    print(f"    {run['result_query_count']} queries, 90th percentile "
          f"{run['early_stopping_latency_ss'] / 1e6:.3f} ms, {run['verdict']}")
