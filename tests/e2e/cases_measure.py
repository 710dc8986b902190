"""A measurement is alone on its machine, is taken once, and is never lost."""
import json
import time

from e2e.bench import kill_session

PERFORMANCE = "app-mlperf-inference-mlcommons-cpp/performance"


def span(record):
    return record["acquired"]["monotonic_ns"], record["released"]["monotonic_ns"]


def check_alone(measurements, records):
    assert measurements, "no measurement ran"
    for measurement in measurements:
        begin, end = span(measurement)
        for other in records:
            if other is measurement:
                continue
            start, stop = span(other)
            assert stop <= begin or end <= start, f"{other['name']} ran beside a measurement"


def case_measurement_of_the_main_job_was_alone(bench):
    records = bench.main.records()
    check_alone([r for r in records if r["mode"] == "measure"], records)


def case_measurement_is_alone_beside_another_run_directory(bench):
    """One directory measures again while another compiles from nothing and then measures, too."""
    one, two = bench.main.copy("alone-one"), bench.fresh("alone-two")
    one.configure("--num_threads=1")
    two.configure("--num_threads=1")
    count = len(one.records())
    started = [two.start("submission")]
    time.sleep(2)
    started.append(one.start("submission"))
    for process in started:
        text, _ = process.communicate()
        assert process.returncode == 0, text[-4000:]
    mine, others = one.records()[count:], two.records()
    assert any(span(o)[0] < span(m)[1] and span(m)[0] < span(o)[1] for m in mine for o in others), \
        "the two never ran at the same time, so this shows nothing"
    check_alone([r for r in mine + others if r["mode"] == "measure"], mine + others)


def case_measurement_comes_from_no_other_directory(bench):
    """The directory beside it has the same identity; still it measured itself."""
    two = bench.path / "alone-two"
    records = [
        json.loads(line) for line in (two / ".mlpgen/log/edges.jsonl").read_text().splitlines()
    ]
    assert [r["finished"] for r in records
            if r["event"] == "edge" and r["name"] == PERFORMANCE] == [True]


def case_two_ninja_in_one_directory_do_the_work_once(bench):
    directory = bench.main.copy("twice")
    directory.configure("--num_threads=1")
    count = len(directory.records())
    both = [directory.start("submission"), directory.start("submission")]
    for process in both:
        text, _ = process.communicate()
        assert process.returncode == 0, text[-4000:]
    ran = directory.ran_since(count)
    assert ran and len(ran) == len(set(ran)), ran
    count = len(directory.records())
    directory.ninja(
    )  # two Ninja wrote one .ninja_deps: the list of what the target watches may be lost
    assert directory.ran_since(count) == [], directory.ran_since(count)
    directory.nothing_to_do()


def case_finished_measurement_survives_a_kill(bench):
    """Kills right after the measurement was finished, while what follows runs."""
    directory = bench.main.copy("survive")
    directory.configure("--num_threads=1")
    count = len(directory.records())
    process = directory.start("submission")
    while process.poll() is None and PERFORMANCE not in directory.ran_since(count):
        time.sleep(0.01)
    kill_session(process)
    finished = [
        r for r in directory.records()[count:] if r["name"] == PERFORMANCE and r["finished"]
    ]
    assert len(finished) == 1, directory.records()[count:]
    step = directory.steps_of(PERFORMANCE, "measure")[0]
    log = (directory.path / step["directory"] / "mlperf_log_detail.txt").read_bytes()
    directory.ninja()
    assert directory.ran_since(count).count(
        PERFORMANCE) == 1, "a finished measurement was taken again"
    assert (directory.path / step["directory"] / "mlperf_log_detail.txt").read_bytes() == log
