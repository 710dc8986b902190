"""The description of the system: from its file, from flags, from this machine; the rest is unknown,
and what a submission will lack is said before anything runs."""
import json

from commands.bench import has, has_not
from places import ROOT

# Of the rounds from v3.0 on, all that must say something.
WHOLE = {
    "status": "available", "system_name": "Acme X (8x A1)", "number_of_nodes": 1,
    "host_processor_model_name": "Acme 9", "host_processors_per_node": "2",
    "host_processor_core_count": "64", "host_memory_capacity": "1 TB",
    "host_memory_configuration": "16x 64 GB DDR5-5600", "host_storage_capacity": "8 TB",
    "host_storage_type": "NVMe SSD", "host_networking": "100 Gbit/s Ethernet",
    "host_networking_topology": "N/A", "host_network_card_count": "2",
    "accelerators_per_node": "0", "cooling": "liquid", "boot_firmware_version": "7.1"
}


def request(bench, text, *words):
    (bench.run_directory / "acme.json").write_text(text)
    return ["--preset=demo", "--system=acme.json", "--submitter=Acme", *words]


def refused(bench, text, *words):
    return bench.refused("configure", *request(bench, text, *words), MLPGEN_HOME=str(ROOT))


def test_each_entry_of_a_system_file_has_its_line(bench):
    bench.ask("configure", *request(bench, json.dumps(WHOLE, indent=1)), MLPGEN_HOME=str(ROOT))
    said = bench.ask("explain", "CM_MLPERF_SUT_COOLING", MLPGEN_HOME=str(ROOT))
    has(said, "liquid", "acme.json:16:13")
    has(bench.ask("explain", "CM_HW_NAME", MLPGEN_HOME=str(ROOT)), "acme", "file of --system")


def test_a_flag_overrides_the_file_of_the_system(bench):
    bench.ask("configure", *request(bench, json.dumps(WHOLE), "--cooling=air", "--hw_name=box"),
              MLPGEN_HOME=str(ROOT))
    said = bench.ask("explain", "CM_MLPERF_SUT_COOLING", MLPGEN_HOME=str(ROOT))
    has(said, "air", "--cooling", "liquid")
    has(bench.ask("explain", "CM_HW_NAME", MLPGEN_HOME=str(ROOT)), "box")


def test_a_wrong_system_file_is_refused_at_its_line_and_column(bench):
    has(refused(bench, '{"status": "available",\n "coolin": "air"}'), "[unknown-key]",
        "acme.json:2:2", "did you mean 'cooling'?")
    has(refused(bench, '{"cooling": ["air"]}'), "[wrong-type]", "acme.json:1:13", "not a list")
    has(refused(bench, '["cooling"]'), "[wrong-type]", "acme.json:1:1")
    has(refused(bench, '{"cooling": "air",\n "cooling": "x"}'), "[duplicate-key]", "acme.json:2:2")
    has(refused(bench, '{"cooling": "air"'), "[not-yaml]", "acme.json:1")
    has(refused(bench, '{"status": "sold"}'), "[wrong-value]", "acme.json:1:12", "available")
    has(refused(bench, '{"number_of_nodes": "two"}'), "[wrong-value]", "acme.json:1:21")


def test_a_system_file_cannot_say_what_the_request_decides(bench):
    said = refused(bench, '{"division": "closed"}')
    has(said, "[other-value]", "acme.json:1:14", "this request has 'open'")
    has(refused(bench, '{"submitter": "Other"}'), "[other-value]", "'Acme'")
    bench.ask("configure", *request(bench, '{"division": "open", "submitter": "Acme"}'),
              MLPGEN_HOME=str(ROOT))


def description(bench):
    """What the step writes, of the resolution of this run directory."""
    said = bench.ask("dump", "--stage=resolve", MLPGEN_HOME=str(ROOT))
    resolution, _ = json.JSONDecoder().raw_decode(said)
    [system] = [
        i for i in resolution["instances"] if i["recipe"] == "get-mlperf-inference-sut-description"
    ]
    return {key: entry["value"] for key, entry in system["env"].items()}


def test_nothing_of_the_system_is_guessed(bench):
    bench.ask("configure", "--preset=demo", MLPGEN_HOME=str(ROOT))
    said = description(bench)
    for key in ("COOLING", "HOST_MEMORY_CONFIGURATION", "HOST_NETWORKING_TOPOLOGY"):
        assert said[f"CM_MLPERF_SUT_{key}"] == "unknown", said
    assert said["CM_MLPERF_SUT_SYSTEM_TYPE_DETAIL"] == "", said
    assert "Gig Ethernet" not in said.values() and "air" not in said.values(), said


def lacks(bench, *words, code=0):
    """What `doctor --submission` says of the tree alone: this machine may lack other things."""
    done = bench.run(
        [bench.mlpgen, "doctor", "--submission", "--format=json", *words], code=None,
        MLPGEN_HOME=str(ROOT))
    assert done.returncode in (0, 1), done
    return [f for f in json.loads(done.stdout)["findings"] if f["topic"] == "submission"]


def test_doctor_lists_what_a_submission_will_lack(bench):
    found = lacks(bench, "--preset=demo")
    whats = [f["what"] for f in found]
    assert "unknown of the system: cooling" in whats, whats
    assert all(f["health"] == "missing" for f in found), found
    [one] = lacks(bench, *request(bench, json.dumps(WHOLE)))
    assert one["health"] == "ok", one


def test_names_that_nobody_chose_are_lacking(bench):
    whats = [f["what"] for f in lacks(bench, "_submission", "--model=retinanet",
                                      "--implementation=cpp")]
    assert "hw_name is the default, default" in whats, whats
    assert "submitter is the default, CTuning" in whats, whats


def test_a_closed_submission_lacks_the_scenarios_that_the_checker_wants(bench):
    whats = [f["what"] for f in lacks(bench, "--preset=demo", "--division=closed")]
    assert "retinanet: the required scenario SingleStream" in whats, whats
    assert "retinanet: the required scenario MultiStream" in whats, whats
    assert not any("Offline" in what for what in whats), whats
    whats = [f["what"] for f in lacks(bench, "--preset=demo", "--division=closed",
                                      "--scenario=all")]
    assert not any("scenario" in what for what in whats), whats


def test_configure_says_what_the_submission_will_lack(bench):
    said = bench.ask("configure", "--preset=demo", MLPGEN_HOME=str(ROOT))
    has(said, "tree lacks", "of the system, ", "cooling")
    said = bench.ask("configure", *request(bench, json.dumps(WHOLE)), MLPGEN_HOME=str(ROOT))
    has_not(said, "tree lacks")
