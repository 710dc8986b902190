"""Power measurements: a good one is taken and gives a second row, and each fault is refused by
name."""
import csv
import hashlib
import io
import json

import pytest

from places import ROOT, Skip, upstream
from submission import power_session
from submission.bench import edit_log, remove
from submission.cases_check import make

RELEASES = ("v3.0", "v3.1", "v4.0", "v4.1", "v5.0.1", "v5.1.1")


def both_sides(change):
    """A change of client.json and server.json, whose digests are noted anew."""
    def changed(t):
        for side in ("client", "server"):
            one_side(side, change)(t)

    return changed


def one_side(side, change):
    def changed(t):
        path = t.result / f"performance/power/{side}.json"
        values = json.loads(path.read_text())
        change(values)
        path.write_text(json.dumps(values))

    return changed


def in_file(name, old, new, signed=True):
    def change(t):
        path = t.result / "performance" / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))
        if signed:
            power_session.sign(t.result / "performance")

    return change


def file_is(name, text):
    def change(t):
        (t.result / "performance" / name).write_text(text)
        power_session.sign(t.result / "performance")

    return change


def reply(command, text, number=0):
    def change(values):
        found = [m for m in values["ptd_messages"] if m["cmd"].startswith(command)]
        found[number]["reply"] = text

    return one_side("server", change)


def phase(mode, number, seconds):
    def change(values):
        values["phases"][mode][number][0] += seconds

    return change


def log_line(seconds, text):
    """One more line in the log of SPEC PTDaemon."""
    def change(t):
        path = t.result / "performance/power/ptd_logs.txt"
        path.write_text(path.read_text() + f"{power_session.stamp(seconds)}: {text}\n")
        power_session.sign(t.result / "performance")

    return change


def edit(**values):
    return lambda v: v.update(values)


def config(**values):
    return one_side("server", lambda v: v["ptd_config"][0].update(values))


def query_count(t):
    edit_log(t.log, result_query_count=None)
    power_session.sign(t.result / "performance")


LATE = "Uncertainty 1.25%, which is above 1.00% limit for the last sample!"
# As in cases_check.
CASES = [
    ("a good measurement", "power", None, {}),
    ("files of power-dev too many", "power", lambda t:
     (t.result / "performance/power/ptd_out.txt").write_text("x"),
     {"power": "ptd_out.txt does not belong here"}),
    ("no samples", "power", lambda t: remove(t.run / "spl.txt"), {"power": "spl.txt is missing"}),
    ("no ranging run", "power", lambda t: remove(t.result / "performance/ranging"),
     {"power": "spl.txt is missing"}),
    ("no client.json", "power", lambda t: remove(t.result / "performance/power/client.json"),
     {"power": "client.json is missing"}),
    ("a session without uuid", "power", one_side("client", lambda v: v.pop("uuid")),
     {"power": "the session has no 'uuid'"}),
    ("sources of another release", "power",
     both_sides(lambda v: v["sources"].update({"client.py": "0" * 40})),
     {"power": "of no release of power-dev"}),
    ("another version of SPEC PTDaemon", "power",
     reply("Identify", "YokogawaWT310,1,version=1.10.0-1-2,x"),
     {"power": "is of version '1.10.0'; v5.1 asks for 1.11.1"}),
    ("an unknown analyser", "power", reply("Identify", "Dummy,1,version=1.11.1-1-2,x"),
     {"power": "the power analyser 'Dummy'"}),
    ("a simulated analyser", "power", config(device_type=0), {"power": "the device type 0"}),
    ("a multichannel analyser with one channel", "power", config(device_type=77),
     {"power": "not used with two channels"}),
    ("a range that was refused", "power", reply("SR,A", "Error: no"), {"power": "by 'Error: no'"}),
    ("a third Stop that stopped", "power", reply("Stop", "Stopping untimed measurement",
                                                 2), {"power": "answered 'Stop'"}),
    ("a range that was not set back", "power",
     one_side("server", lambda v: v["ptd_messages"][-1].update(cmd="SR,A,1")),
     {"power": "the current range was not set back to '0.500000'"}),
    ("the uuid of another session", "power",
     one_side("client", lambda v: v["uuid"].update(server="00000000-0000-0000-0000-000000000000")),
     {"power": "the server's uuid"}),
    ("the name of another session", "power", one_side("client", edit(session_name="x")),
     {"power": "the session's name"}),
    ("a message that only one side has", "power", one_side("server", lambda v: v["messages"].pop()),
     {"power": "not as many messages"}),
    ("a reply that differs", "power",
     one_side("server",
              lambda v: v["messages"][2].update(reply="No")), {"power": "message 3 ('session"}),
    ("a server of another version", "power",
     both_sides(lambda v: v["messages"][0].update(reply="mlcommons/power server v2")),
     {"power": "of one version"}),
    ("a log that was edited", "power", in_file("power/server.log", "a log", "no log",
                                               signed=False), {"power": "whose SHA-1"}),
    ("a file of which no digest is noted", "power",
     one_side("client", lambda v: v["results"].pop("run_1/spl.txt")),
     {"power": "neither client.json nor server.json notes its digest"}),
    ("clocks that differ", "power", one_side("client", phase("testing", 3,
                                                             0.8)), {"power": "differ by 0.9"}),
    ("a load outside of its phase", "power", both_sides(phase("testing", 2, -100)),
     {"power": "not within the time of testing"}),
    ("a test that drew less power than its ranging run", "power",
     lambda t: file_is("run_1/spl.txt", power_session.spl(*power_session.RUNS["run_1"], 27))
     (t), {"power": "at least 95 %"}),
    ("no sample within the load", "power", file_is("run_1/spl.txt",
                                                   ""), {"power": "no sample of power"}),
    ("a sample that is none", "power", in_file("run_1/spl.txt", "Watts,30.000000", "Watts,thirty"),
     {"power": "no sample of SPEC PTDaemon"}),
    ("a log without the number of queries", "power", query_count, {"power": "result_query_count"}),
    ("no uncertainty checking", "power", in_file("power/ptd_logs.txt", "is activated", "is off"),
     {"power": "did not check its uncertainty"}),
    ("a log of another session", "power", in_file("power/ptd_logs.txt", "_ranging'",
                                                  "_other'"), {"power": "no ranging run"}),
    ("an error in the test", "power", log_line(1000, "ERROR: Bad watts reading nan from X"),
     {"power": "logged an error"}),
    ("an unusual error in the ranging run", "power", log_line(100, "ERROR: odd"),
     {"warning:power": "logged: odd"}),
    ("a warning at the end of the test", "power", log_line(1300, f"WARNING: {LATE}"), {}),
    ("debug mode", "power", one_side("server", edit(debug=True)), {"power": "debug mode"}),
]
TREES = dict(make(*case) for case in CASES)


@pytest.mark.parametrize("name", TREES)
def case_power_is_judged(name, bench):
    TREES[name](bench)


def case_power_has_a_second_row(bench):
    bench.tree("v5.1", "v5.1-resnet50-singlestream", "resnet50", "SingleStream",
               accuracy_txt="accuracy=76.456%, good=1, total=2\n")
    power_session.add_power(bench.scratch / "tree/open/me/results/box/resnet50/SingleStream")
    ours, _, table = bench.check("v5.1")
    first, second = csv.DictReader(io.StringIO(table.decode()))
    assert ours == 0 and first["has_power"] == second["has_power"] == "True"
    assert (first["Units"], second["Units"]) == ("Latency (ms)", "millijoules")
    assert float(second["Result"]) > 0 and first["Result"] != second["Result"]


def case_a_finding_in_a_log_names_its_line(bench):
    bench.tree("v5.1", "v5.1-resnet50-singlestream", "resnet50", "SingleStream",
               accuracy_txt="accuracy=76.456%, good=1, total=2\n")
    result = bench.scratch / "tree/open/me/results/box/resnet50/SingleStream"
    power_session.add_power(result)
    path = result / "performance/power/ptd_logs.txt"
    path.write_text(path.read_text() + f"{power_session.stamp(1000)}: ERROR: Bad\n")
    power_session.sign(result / "performance")
    _, report, _ = bench.check("v5.1")
    found = next(b for b in report["breaches"] if b["rule"] == "power")
    assert found["line"] == 7 and f"{found['where']}:7" in bench.text
    assert report["refused_results"] == [{
        "result": "open/me/results/box/resnet50/SingleStream", "rules": ["power"]
    }]


@pytest.mark.parametrize("release", RELEASES)
def case_the_releases_of_power_dev_are_the_rounds(release):
    folder = upstream(f"inference-{release}")
    if not folder:
        raise Skip(f"MLPGEN_UPSTREAM has no inference-{release}")
    rules = (ROOT / "generator/checker/power/power_rules.cc").read_text()
    for sources in json.loads(
        (folder / "tools/submission/power/sources_checksums.json").read_text()):
        text = "".join(f"{path} {digest}\n" for path, digest in sorted(sources.items()))
        assert hashlib.sha256(text.encode()).hexdigest() in rules
