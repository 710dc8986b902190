"""The search on the demo: what it finds goes into a file that the next request reads."""
import json


def case_what_a_search_found_is_the_target_of_the_next_request(bench):
    run = bench.main.copy("search")
    run.configure("_find-performance", "--scenario=SingleStream")
    run.ninja("find-performance")
    [found] = json.JSONDecoder().raw_decode(run.mlpgen("find-performance", "--format=json"))[0]
    assert found["name"] == "retinanet/SingleStream" and found["reached"] > 0, found
    assert len(found["probes"]) <= 12, found
    system = run.path / "acme.yaml"
    assert "SingleStream: {target_latency: " in run.mlpgen("find-performance",
                                                           f"--save={system}") + system.read_text()
    run.mlpgen("find-performance", f"--save={system}", ok=False)  # it stays as it is
    run.configure("--scenario=SingleStream", "--execution_mode=valid", f"--sut={system}")
    said = run.mlpgen("explain", "CM_MLPERF_LOADGEN_SINGLESTREAM_TARGET_LATENCY")
    assert "acme.yaml:5:" in said, said
    time = json.JSONDecoder().raw_decode(run.mlpgen("plan", "performance",
                                                    "--format=json"))[0]["time"]
    assert time["least_ms"] == 600000 and len(time["runs"]) == 1, time  # no calibration


def case_the_file_of_targets_is_an_input_and_lacks_nothing_silently(bench):
    run = bench.main.copy("search-file")
    system = run.path / "acme.yaml"
    system.write_text("format: 1\ntargets:\n  retinanet: {Offline: {target_qps: 500}}\n")
    run.configure("--execution_mode=valid", f"--sut={system}")
    assert "acme.yaml" in (run.path / "build.ninja").read_text()
    conf = [s for s in run.steps() if s["name"].endswith("user-conf/full")]
    system.write_text(system.read_text().replace("500", "600"))
    run.ninja("build.ninja")
    assert [s for s in run.steps() if s["name"].endswith("user-conf/full")] != conf
    said = run.configure("--scenario=MultiStream", f"--sut={system}", ok=False)
    assert "has no target for retinanet in MultiStream" in said, said


def case_a_submission_waits_for_no_search(bench):
    assert not [r["name"] for r in bench.main.records() if r["name"].endswith("/search")]
