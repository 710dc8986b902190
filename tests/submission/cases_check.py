"""Every rule of mlpgen's checker: a good tree is taken, and the same tree with one fault is refused
by name."""
import json
import random
import shutil

import pytest

from submission.bench import SYSTEM, SYSTEM_JSON, edit_json, edit_log, remove
from submission.power_session import add_power

ODD = [None, 0, 2.5, "", "x", True, [], [1], {}, {"a": 1}, 10**18, "edge"]
LOGGED = [
    "effective_scenario", "effective_qsl_rng_seed", "effective_min_duration_ms",
    "effective_samples_per_query", "effective_performance_sample_count",
    "result_samples_per_second", "result_validity", "sut_name"
]
# A word of the base: round, logs, model, scenario, division.
BASES = {
    "retinanet": ("v5.1", "v5.1-retinanet-offline", "retinanet", "Offline", "open"),
    "stream": ("v5.1", "v5.1-resnet50-singlestream", "resnet50", "SingleStream", "open"),
    "power": ("v5.1", "v5.1-resnet50-singlestream", "resnet50", "SingleStream", "open"),
    "server": ("v5.1", "v5.1-resnet50-server", "resnet50", "Server", "open"),
    "flat": ("v6.1", "v6.1-resnet50-offline", "resnet50", "Offline", "open"),
    "closed": ("v5.1", "v5.1-resnet50-singlestream", "pointpainting", "SingleStream", "closed"),
    "closed flat": ("v6.0", "v5.1-resnet50-singlestream", "pointpainting", "SingleStream",
                    "closed"),
}
ACCURACY_TXT = {"retinanet": "mAP=37.572%\n", "closed": "mAP=0.543\n", "closed flat": "mAP=0.543\n"}
V60_SEEDS = {
    "effective_qsl_rng_seed": 2465351861681999779,
    "effective_sample_index_rng_seed": 14276810075590677512,
    "effective_schedule_rng_seed": 3936089224930324775
}


class Tree:
    """Paths of the one result of a tree."""
    def __init__(self, root, base):
        round_name, _, model, scenario, division = BASES[base]
        self.root = root
        self.owner = root / division / "me"
        tail = f"{SYSTEM}/{model}/{scenario}"
        self.result = self.owner / "results" / tail
        self.split = round_name < "v6"
        self.measurements = self.owner / "measurements" / tail if self.split else self.result
        self.system = self.owner / "systems" / f"{SYSTEM}.json"
        self.tests = self.owner / "compliance" / tail if self.split else self.result
        self.run = self.result / "performance" / "run_1"
        self.log = self.run / "mlperf_log_detail.txt"
        self.accuracy = self.result / "accuracy"
        self.accuracy_log = self.accuracy / "mlperf_log_detail.txt"
        self.accuracy_txt = self.accuracy / "accuracy.txt"
        name = f"{SYSTEM}_mlcommons-cpp_{scenario}.json" if self.split else "measurements.json"
        self.measurements_json = self.measurements / name

    def rename(self, model=None, scenario=None):
        """Gives the result another model or scenario folder, in results/ and measurements/."""
        for folder in {self.result, self.measurements}:
            to = folder.parent.parent / (model or folder.parent.name) / (scenario or folder.name)
            to.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(to)
            if model:
                folder.parent.rmdir()


def base_tree(bench, base):
    """The good tree of a base; a closed one with its compliance tests."""
    round_name, logs, model, scenario, division = BASES[base]
    root = bench.tree(round_name, logs, model, scenario, division,
                      accuracy_txt=ACCURACY_TXT.get(base, "accuracy=76.456%, good=1, total=2\n"))
    tree = Tree(root, base)
    if round_name == "v6.0":
        edit_log(tree.log, **V60_SEEDS)
    for name in ("TEST01", "TEST04") if division == "closed" else ():
        shutil.copytree(tree.run, tree.tests / name / "performance/run_1")
        (tree.tests / name / "verify_performance.txt").write_text("TEST PASS\n")
    if base == "power":
        add_power(tree.result)
    if division == "closed":
        (tree.tests / "TEST01/verify_accuracy.txt").write_text("10 mismatches\nTEST PASS\n")
    return root


def log(**changes):
    return lambda t: edit_log(t.log, **changes)


def accuracy_log(**changes):
    return lambda t: edit_log(t.accuracy_log, **changes)


def system(**changes):
    return lambda t: edit_json(t.system, **changes)


def without(what):
    return lambda t: remove(getattr(t, what))


def write(what, text):
    return lambda t: getattr(t, what).write_text(text)


def rename(**names):
    return lambda t: t.rename(**names)


def mapped(to):
    def change(t):
        t.rename(model="mine")
        (t.owner / "model_mapping.json").write_text(json.dumps({"mine": to}))

    return change


def both(*changes):
    return lambda t: [change(t) for change in changes]


def add(path, text="x\n"):
    def change(t):
        target = t.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)

    return change


def language_model(**changes):
    """The result as one of llama3.1-8b, whose counts and token latencies LoadGen logged."""
    values = {
        "effective_performance_sample_count": 13368, "requested_use_token_latencies": True,
        "result_tokens_per_second": 1234.5678, **changes
    }
    return both(log(**values), rename(model="llama3_1-8b"))


def line(text):
    """One more line in the performance log."""
    return lambda t: t.log.write_text(t.log.read_text() + text + "\n")


# name, base, change, what must be said: {} = taken; {rule: part of the message} = refused so;
# "warning:RULE" = taken, and warned so. A fourth entry says why the official checker decides
# otherwise.
CASES = [
    ("a good split tree", "retinanet", None, {}),
    ("a good flat tree", "flat", None, {}),
    ("a good SingleStream tree", "stream", None, {"warning:performance-errors": "Ending early"}),
    ("a good Server tree", "server", None, {}),
    ("a run that is not VALID is said", "retinanet", None, {"warning:not-valid": "INVALID"}),
    ("too few Offline samples are said", "retinanet", None,
     {"warning:offline-samples": "is 13; v5.1 asks for at least 24576"}),
    # seeds
    ("one wrong digit in qsl_rng_seed", "retinanet",
     log(effective_qsl_rng_seed=1780908523862526355),
     {"seeds": "qsl_rng_seed is 1780908523862526355; round v5.1 asks for 1780908523862526354"}),
    ("one wrong digit in sample_index_rng_seed", "retinanet",
     log(effective_sample_index_rng_seed=14771362308971278858),
     {"seeds": "sample_index_rng_seed is 14771362308971278858"}),
    ("one wrong digit in schedule_rng_seed", "flat",
     log(effective_schedule_rng_seed=16159082839903944937),
     {"seeds": "schedule_rng_seed is 16159082839903944937"}),
    ("no seed in the log", "retinanet", log(effective_qsl_rng_seed=None),
     {"missing-value": "effective_qsl_rng_seed"}),
    # settings
    ("min_duration lowered", "retinanet", log(effective_min_duration_ms=599999),
     {"min-duration": "is 599999; v5.1 asks for at least 600000"}),
    ("performance sample count too small", "retinanet", log(effective_performance_sample_count=63),
     {"performance-samples": "is 63; v5.1 asks for at least 64"}),
    ("no min_query_count in the log", "retinanet", log(effective_min_query_count=None),
     {"missing-value": "effective_min_query_count"}),
    ("early stopping not met", "stream", log(early_stopping_met=False),
     {"early-stopping": "not met"}),
    ("Server latency target too high", "server", log(effective_target_latency_ns=15000001),
     {"latency": "allows 15000000 ns"}),
    ("Server latency target at the limit", "server", log(effective_target_latency_ns=15000000), {}),
    ("an error of LoadGen in the performance log is passed over", "retinanet",
     lambda t: edit_log(t.log, error="something broke"),
     {"warning:performance-errors": "something broke"}),
    ("an error of LoadGen in the accuracy log", "retinanet",
     lambda t: edit_log(t.accuracy_log, error="a sample is missing"),
     {"accuracy-log": "a sample is missing"}),
    # files
    ("no detail log of the performance run", "retinanet", without("log"),
     {"missing-file": "detail log is missing"}),
    ("no detail log of the accuracy run", "retinanet", without("accuracy_log"),
     {"missing-file": "detail log is missing"}),
    ("no logs at all", "retinanet", both(without("run"), without("accuracy_log")),
     {"missing-file": "detail log is missing"}),
    ("a detail log of something else", "retinanet", write("log", "hello\n"),
     {"not-a-log": "begins with :::MLLOG"}),
    ("an empty detail log", "retinanet", write("log", ""), {"not-a-log": "is empty"}),
    ("a broken line in the detail log", "retinanet",
     lambda t: t.log.write_text(t.log.read_text() + ":::MLLOG {\"key\": \n"),
     {"not-a-log": "not one that LoadGen writes"}),
    ("a line of the detail log without is_error", "retinanet",
     lambda t: t.accuracy_log.write_text(t.accuracy_log.read_text().replace(
         '"is_error"', '"is_eror"', 1)), {"not-a-log": "not one that LoadGen writes"}),
    ("a stray line in the detail log is passed over", "retinanet",
     lambda t: t.log.write_text(t.log.read_text() + "hello\n"), {}),
    ("no accuracy.txt", "retinanet", without("accuracy_txt"),
     {"missing-file": "accuracy.txt is missing"}),
    ("no accuracy log", "retinanet", lambda t: remove(t.accuracy / "mlperf_log_accuracy.json"),
     {"missing-file": "mlperf_log_accuracy.json is missing"}),
    ("an accuracy log of 10241 bytes", "retinanet", lambda t:
     (t.accuracy / "mlperf_log_accuracy.json").write_text("x" * 10241),
     {"accuracy-log": "10241 bytes"}),
    ("an accuracy log of 10240 bytes", "retinanet", lambda t:
     (t.accuracy / "mlperf_log_accuracy.json").write_text("x" * 10240), {}),
    # accuracy.txt
    ("accuracy without its metric is taken in open", "retinanet",
     write("accuracy_txt", "nothing\nhash=12ab\n"), {"warning:accuracy": "no line with mAP"}),
    ("accuracy without its hash is taken in open", "retinanet",
     write("accuracy_txt", "mAP=37.572%\n"), {"warning:hash": "no line hash="}),
    ("accuracy below the target is taken in open", "retinanet",
     write("accuracy_txt", "mAP=12.5%\nhash=12ab\n"),
     {"warning:accuracy": "mAP is 12.5; v5.1 asks for at least 37.17"}),
    ("an accuracy that is no number", "retinanet", write("accuracy_txt", "mAP=1.2.3%\nhash=12ab\n"),
     {"accuracy": "'1.2.3'"}),
    ("mAP of the Total line", "retinanet",
     write("accuracy_txt", "{'Total': 36.5, 'mAP': 1}\nhash=12ab\n"), {}),
    ("the last of several accuracies counts", "retinanet",
     write("accuracy_txt", "mAP=1%\nmAP=2.25%\nhash=1\nmAP=38%\nmAP=99%\n"), {}),
    # system description
    ("no system description", "retinanet", without("system"),
     {"missing-file": "system description is missing"}),
    ("a system description that is no JSON", "retinanet", write("system", "{"),
     {"not-json": "not one JSON object"}),
    ("a system key is missing", "retinanet", system(cooling=None), {"missing-key": "no 'cooling'"}),
    ("a system key that may be empty is missing", "retinanet", system(hw_notes=None),
     {"missing-key": "no 'hw_notes'"}),
    ("a system value is empty", "retinanet", system(framework=""),
     {"empty-values": "'framework' is empty"}),
    ("a system value is the number 0", "retinanet", system(accelerators_per_node=0),
     {"empty-values": "the number 0"}),
    ("an unknown status", "retinanet", system(status="soon"), {"status": "'soon'"}),
    ("status in capitals", "retinanet", system(status="Available"), {}),
    ("an unknown system type", "retinanet", system(system_type="laptop"),
     {"system-type": "'laptop'"}),
    ("another submitter", "retinanet", system(submitter="you"),
     {"submitter": "is 'you', but the folder is me"}),
    ("another division", "retinanet", system(division="closed"),
     {"division": "is 'closed', but the folder is open"}),
    ("nodes that are no whole number", "retinanet", system(number_of_nodes="two"),
     {"whole-number": "'two'"}),
    ("nodes with a point", "retinanet", system(number_of_nodes="1.0"), {"whole-number": "'1.0'"}),
    ("nodes and accelerators as numbers", "retinanet",
     system(number_of_nodes=2, accelerators_per_node="8"), {}),
    ("status that is no text", "retinanet", system(status=1),
     {"wrong-type": "'status' must be text"}),
    ("a network system without its keys", "retinanet", system(is_network="true"),
     {"missing-key": "no 'network_type'", "network": "SUT name is 'PySUT'"}),
    ("is_network false needs the network's keys as well", "retinanet", system(is_network="false"),
     {"missing-key": "no 'nic_sut'"}),
    ("notes with quotes and commas", "retinanet", system(hw_notes='a, "b"', sw_notes="c"), {}),
    ("letters beyond ASCII", "retinanet", system(system_name="Käfig"), {}),
    # measurements and code
    ("no measurements", "retinanet", without("measurements_json"),
     {"missing-file": "box_IMPLEMENTATION_Offline.json"}),
    ("no folder of measurements", "retinanet", without("measurements"),
     {"missing-file": "user.conf is missing"}),
    ("no measurements in the flat layout", "flat", without("measurements_json"),
     {"missing-file": "measurements.json"}),
    ("measurements that are no JSON", "flat", write("measurements_json",
                                                    "[1"), {"not-json": "not one JSON object"}),
    ("a key of the measurements is missing", "retinanet",
     lambda t: edit_json(t.measurements_json, retraining=None), {"missing-key": "no 'retraining'"}),
    ("a value of the measurements is empty", "flat",
     lambda t: edit_json(t.measurements_json, retraining=""),
     {"empty-values": "'retraining' is empty"}),
    ("no user.conf", "retinanet", lambda t: remove(t.measurements / "user.conf"),
     {"missing-file": "user.conf is missing"}),
    ("an empty user.conf", "flat", lambda t:
     (t.measurements / "user.conf").write_text(""), {"empty-file": "user.conf is empty"}),
    ("no README.md", "flat", lambda t: remove(t.measurements / "README.md"),
     {"missing-file": "README.md is missing"}),
    ("an empty README.md", "retinanet", lambda t:
     (t.measurements / "README.md").write_text(""), {"empty-file": "README.md is empty"}),
    ("no code folder", "retinanet", lambda t: remove(t.owner / "code"), {"missing-folder": "code"}),
    ("no src folder", "flat", lambda t: remove(t.owner / "src"), {"missing-folder": "code"}),
    # model and scenario
    ("an unknown model", "retinanet", rename(model="mine"),
     {"model": "does not know the model 'mine'"}),
    ("an unknown model that is mapped", "retinanet", mapped("retinanet"), {}),
    ("a name that stands for resnet", "stream", rename(model="mobilenet_v3"), {}),
    ("a model mapped to an unknown one", "retinanet", mapped("nothing"), {"model": "'mine'"}),
    ("a lower-case scenario folder is said to be inferred", "retinanet", rename(scenario="offline"),
     {}),
    ("Offline inferred from SingleStream", "stream", rename(scenario="Offline"), {}),
    ("MultiStream inferred from too few queries", "stream",
     both(log(early_stopping_latency_ms=0),
          rename(scenario="MultiStream")), {"early-stopping": "too few queries"}),
    ("MultiStream inferred from SingleStream", "stream",
     both(log(early_stopping_latency_ms=1234567), rename(scenario="MultiStream")), {}),
    ("Server cannot be inferred", "retinanet", rename(scenario="Server"),
     {"inferred": "cannot be taken from a run of Offline"}),
    ("an unknown scenario", "retinanet", rename(scenario="Nightly"),
     {"inferred": "cannot be taken from a run of Offline"}),
    ("a data center infers nothing", "stream",
     both(system(system_type="datacenter"),
          rename(scenario="Offline")), {"inferred": "not an edge system"}),
    ("a scenario that LoadGen does not have", "retinanet", log(effective_scenario="Nightly"),
     {"scenario": "'Nightly'"}),
    ("no scenario in the log", "retinanet", log(effective_scenario=None), {"scenario": "''"}),
    # the number
    ("no result in the log", "retinanet", log(result_samples_per_second=None),
     {"missing-value": "result_samples_per_second"}),
    ("a result of 0", "retinanet", log(result_samples_per_second=0), {"result": "the result is 0"}),
    ("a result with many digits", "retinanet", log(result_samples_per_second=12.345678901234567),
     {}),
    ("a tiny result", "retinanet", log(result_samples_per_second=1.5e-7), {}),
    ("a huge result", "retinanet", log(result_samples_per_second=123456789012345678), {}),
    # Offline's queries, odd logs and folders
    ("a query count of 0", "retinanet", log(effective_min_query_count=0),
     {"min-query-count": "is 0"}),
    ("a query count below 0", "retinanet", log(effective_min_query_count=-1),
     {"min-query-count": "is -1"}),
    ("no query count", "retinanet", log(effective_min_query_count=None),
     {"missing-value": "effective_min_query_count"}),
    ("a query count of text", "retinanet", log(effective_min_query_count="1"),
     {"missing-value": "not a number"}),
    ("a message without a value", "retinanet",
     line(':::MLLOG {"key": "sut_nam", "metadata": {"is_error": false}}'),
     {"not-a-log": "not one that LoadGen writes"
      }, "the official checker stops only where a rule reads the message"),
    ("a text as the mark of an error in the accuracy run", "retinanet",
     lambda t: t.accuracy_log.write_text(t.accuracy_log.read_text(
     ) + ':::MLLOG {"key": "a", "value": 1, "metadata": {"is_error": "false"}}\n'),
     {"accuracy-log": "LoadGen logged an error"}),
    ("a scenario folder in large letters", "retinanet", rename(scenario="OFFLINE"),
     {"scenario": "no scenario 'OFFLINE'"}),
    ("a log with CR LF", "retinanet",
     lambda t: t.log.write_bytes(t.log.read_bytes().replace(b"\n", b"\r\n")), {}),
    ("a byte order mark in a log", "retinanet",
     lambda t: t.log.write_bytes(b"\xef\xbb\xbf" + t.log.read_bytes()),
     {"not-a-log": "begins with"}),
    ("a list nested a thousand times in a log", "retinanet",
     line(':::MLLOG {"key": "a", "value": ' + "[" * 3000 + "]" * 3000 +
          ', "metadata": {"is_error": false}}'), {"not-a-log": "not one that LoadGen writes"}),
    # language models
    ("a language model", "retinanet", language_model(), {}),
    ("a language model without token latencies", "retinanet",
     language_model(requested_use_token_latencies=False),
     {"token-latency": "use_token_latencies is off"}),
    ("a language model without its result", "retinanet",
     language_model(result_tokens_per_second=None), {"missing-value": "result_tokens_per_second"}),
    # samples of the outputs
    ("images of stable-diffusion-xl", "retinanet",
     both(log(effective_performance_sample_count=5000),
          rename(model="stable-diffusion-xl")), {"missing-file": "2747, 2235"}),
    # the whole tree
    ("a file too many in run_1 is said", "retinanet", lambda t:
     (t.run / "console.out").write_text("x"),
     {"warning:performance-files": "console.out does not belong here"}),
    ("a summary too few is said", "retinanet", lambda t: remove(t.run / "mlperf_log_summary.txt"),
     {"warning:performance-files": "mlperf_log_summary.txt is missing"}),
    ("a file too many in accuracy is said", "retinanet", lambda t:
     (t.accuracy / "user.conf").write_text("x"),
     {"warning:accuracy-files": "user.conf does not belong here"}),
    ("a trace file is no fault", "retinanet", lambda t:
     (t.run / "mlperf_log_trace.json").write_text(""), {"no-warning": "performance-files"}),
    ("a file in the root is said", "retinanet", add("notes.txt"),
     {"warning:root-files": "allowed beside"}),
    ("a file in the division is said", "retinanet", add("open/notes.md"),
     {"warning:root-files": "directly in a division"}),
    ("a name with a blank is said", "retinanet", add("open/me/code/a b.md"),
     {"warning:tree-names": "blank"}),
    ("a name with a dot first is said", "retinanet", add("open/me/code/.hidden"),
     {"warning:tree-names": "begin with a dot"}),
    ("an empty folder is said", "retinanet", lambda t:
     (t.owner / "code" / "empty").mkdir(), {"warning:tree-names": "folder is empty"}),
    ("a link is said", "retinanet", lambda t:
     (t.owner / "code" / "link").symlink_to("nowhere"), {"warning:tree-names": "link or a device"}),
    ("a system without results is said", "retinanet",
     lambda t: shutil.copy(t.system, t.system.with_name("other.json")),
     {"warning:idle-systems": "no results"}),
    ("many faults are said at once", "retinanet",
     both(log(effective_qsl_rng_seed=1, effective_min_duration_ms=0),
          system(framework="", status="soon"), without("accuracy_txt")), {
              "seeds": "qsl_rng_seed is 1", "min-duration": "is 0", "empty-values": "'framework'",
              "status": "soon", "missing-file": "accuracy.txt"
          }),
]


def judge(name, ours, report, wanted, text):
    said = [(b["severity"], b["rule"], b["message"]) for b in report["breaches"]]
    refused = any(not key.startswith(("warning:", "no-warning", "not-checked")) for key in wanted)
    assert ours == (1 if refused else 0), f"exit code {ours}\n{text}"
    assert report["verdict"] == ("errors" if refused else "ok")
    for key, part in wanted.items():
        if key == "not-checked":
            assert any(part in sentence for sentence in
                       report["not_checked"]), f"'{part}' is not named as not checked\n{text}"
        elif key == "no-warning":
            assert not any(rule == part for _, rule, _ in said), f"{part} is said\n{text}"
        else:
            severity, rule = ("warning", key[8:]) if key.startswith("warning:") else ("error", key)
            assert any(s == severity and r == rule and part in m
                       for s, r, m in said), f"no {severity} {rule} with '{part}'\n{text}"
    assert "Traceback" not in text and "terminate" not in text, text
    assert all(b["where"] and b["message"] for b in report["breaches"])


def compare(bench, base, ours, csv, differs, flags):
    """With a checkout: the official verdict and CSV must be ours, unless the case says why not."""
    if not bench.inference_src:
        return
    theirs, their_csv = bench.official(BASES[base][0], flags)
    if differs:
        assert theirs != ours, "the official checker now agrees; drop the reason"
        return
    assert theirs == ours, f"official: {theirs}, ours: {ours}\n{bench.official_text}\n{bench.text}"
    assert their_csv is None or their_csv == csv, f"summary.csv differs\n{their_csv}\n{csv}"


def make(name, base, change, wanted, differs=None, flags=("--part-of-dataset", )):
    def case(bench):
        round_name = BASES[base][0]
        root = bench.copy_of(base, lambda b: base_tree(b, base))
        if change:
            change(Tree(root, base))
        ours, report, csv = bench.check(round_name, flags)
        judge(name, ours, report, wanted, bench.text)
        compare(bench, base, ours, csv, differs, flags)

    return name, case


def case_random_damage(bench):
    """Files cut, lost or with one byte changed, and JSON values of every type: a verdict each time,
    never a crash.

    A result that is refused has no row in summary.csv, but one: a result of 0 has its row, as the
    official checker has it.
    """
    seed = bench.seed
    dice = random.Random(seed)
    good = bench.tree(*BASES["retinanet"][:4])
    good = good.rename(bench.scratch / "good")
    names = sorted(str(p.relative_to(good)) for p in good.rglob("*") if p.is_file())
    for round_number in range(60):
        shutil.rmtree(bench.scratch / "tree", ignore_errors=True)
        shutil.copytree(good, bench.scratch / "tree")
        tree = Tree(bench.scratch / "tree", "retinanet")
        path = tree.root / dice.choice(names)
        data = bytearray(path.read_bytes())
        kind = dice.choice(("cut", "lost", "byte", "system", "log"))
        if kind == "cut":
            path.write_bytes(data[:dice.randrange(len(data))])
        elif kind == "lost":
            path.unlink()
        elif kind == "byte":
            data[dice.randrange(len(data))] = dice.choice(b'"{}[],:9a\n\xff\x00')
            path.write_bytes(data)
        elif kind == "system":
            system = {
                **json.loads(tree.system.read_text()),
                dice.choice(list(SYSTEM_JSON)): dice.choice(ODD)
            }
            tree.system.write_text(json.dumps(system))
        else:
            edit_log(tree.log, **{dice.choice(LOGGED): dice.choice(ODD[1:])})
        code, report, csv = bench.check("v5.1")
        note = f"seed {seed}, number {round_number}: {kind} {path.name}\n{bench.text}"
        errors = [b["rule"] for b in report["breaches"] if b["severity"] == "error"]
        assert (code == 0) == (report["verdict"] == "ok") == (not errors), note
        assert csv.count(b"\n") == (2 if set(errors) <= {"result"} else 1), note


def case_a_submitter_without_results(bench):
    bench.tree(*BASES["retinanet"][:4])
    ours, report, _ = bench.check("v5.1", submitter="you")
    judge("", ours, report, {"no-results": "no result of the submitter you"}, bench.text)
    # The official checker says OK about nothing; we do not.


SIZES = [
    make("an accuracy run over a part of the data set", "retinanet", None,
         {"accuracy-samples": "covered 10 samples; the data set of retinanet has 24781"}, flags=()),
    make("an accuracy run over the whole data set", "retinanet",
         accuracy_log(effective_accuracy_sample_count=24781), {}, flags=()),
    make("the size of the sample library counts when the log has no count", "retinanet",
         accuracy_log(effective_accuracy_sample_count=None, qsl_reported_total_count=24781), {},
         flags=()),
]
TREES = dict([make(*case) for case in CASES] + SIZES)


@pytest.mark.parametrize("name", TREES)
def case_a_tree_with(name, bench):
    TREES[name](bench)
