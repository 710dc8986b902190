"""plan: what a target takes before it runs."""
import hashlib
import re
import shlex

import yaml

from commands.bench import has, has_not
from places import ROOT

FETCH = """format: 1
rule: download
about: One file
kind: fetch
mode: fetch
tool: fetch
lock: file
params:
  urls: {type: list, about: where}
  name: {type: text, argument: no, about: file name}
  sha256: {type: text, default: "", about: digest}
  md5: {type: text, default: "", about: digest}
  size: {type: text, default: "", about: bytes}
edges:
  - id: fetch
    pass_env: [HOME]
    outputs: {file: "${name}"}
"""
URL = "https://example.org/"


def add_fetches(bench):
    """get-data also fetches a file with a digest and one that nobody knows."""
    digest = hashlib.sha256(b"known").hexdigest()
    (bench.project / "rules/download.yaml").write_text(FETCH)
    recipe = bench.project / "recipes/t/data/recipe.yaml"
    steps = (f"  - {{id: known, rule: download, urls: [{URL}known], name: known, sha256: {digest}, "
             f"size: 5}}\n"
             f"  - {{id: new, rule: download, urls: [{URL}new], name: new}}\nexports:")
    recipe.write_text(recipe.read_text().replace("exports:", steps))
    mirror = bench.folder / "mirror"
    mirror.mkdir()
    (mirror / "known").write_text("known")
    (mirror / "new").write_text("new bytes")
    return f"--mirror={URL}=file://{mirror}/"


def fetches(bench, *words):
    return {item["what"]: item for item in bench.ask_json("plan", *words)["fetch"]["items"]}


def test_plan_counts_edges_and_says_when_there_is_nothing_to_do(bench):
    bench.configure("app")
    answer = bench.ask_json("plan", "report")
    assert answer[
        "target"] == "report" and answer["edges"]["total"] == answer["edges"]["missing"] == 4
    assert {k["kind"]: k["total"] for k in answer["edges"]["kinds"]} == {"measure": 1, "work": 3}
    bench.ninja("work")
    has(bench.ask("plan", "report"), "report: tells", "4, 2 done; to run: 1 measure, 1 work",
        "2 edges to run")
    assert bench.ask_json("plan", "work")["edges"]["missing"] == 0
    has(bench.ask("plan", "work"), "nothing to do")
    has(bench.ninja("work"), "no work to do")


def test_plan_answers_for_a_request_and_writes_nothing(bench):
    has(bench.ask("plan", "performance", "app", "--size=large"), "performance: measures",
        "edges     3, none done")
    has(bench.ask("plan", "app"), "edges     4, none done")
    has(bench.ask("plan", "app/count", "app"), "edges     2, none done")
    assert list(bench.run_directory.iterdir()) == [] and not (bench.folder / "store").exists()


def test_configure_takes_the_mirrors_that_the_tool_takes(bench):
    for wrong in ("https://files.example/=ftp://files.test/", "https://files.example/=x",
                  "=http://files.test/", "https://files.example/"):
        has(bench.refused("configure", "app",
                          f"--mirror={wrong}"), f"'--mirror {wrong}' names no mirror",
            "the URL begins with http://, https:// or file:///")
    bench.configure("app", "--mirror=https://files.example/=http://files.test/")


def test_plan_tells_bytes_hosts_and_trust_before_and_after(bench):
    mirror = add_fetches(bench)
    text = bench.ask("plan", "get,data")
    has(text, "5 bytes, and 1 of unknown size", "5 bytes   example.org  known",
        "unknown   example.org  new", "on first use, no digest is known: new", "3 edges to run")
    has(bench.ask("plan", "get,data", mirror), "this machine")
    bench.configure("get,data", mirror)
    bench.ninja()
    has(bench.ask("plan"), "nothing: 2 of 2 are there", "nothing to do")
    before = fetches(bench)
    assert before["known"]["done"] and before["known"]["checked"] == "sha256" and before["new"][
        "checked"] == "first use"


def test_plan_looks_into_the_store_and_only_looks(bench):
    mirror = add_fetches(bench)
    bench.configure("get,data", mirror)
    bench.ninja()
    other = bench.folder / "other"
    bench.ask("configure", "get,data", "-C", other)
    items = {item["what"]: item for item in bench.ask_json("plan", "-C", other)["fetch"]["items"]}
    assert items["known"]["stored"] and not items["known"]["done"]
    assert items["new"]["stored"] and items["new"]["bytes"] == 9 and items["new"][
        "trusted_since"].endswith("Z")
    text = bench.ask("plan", "-C", other)
    has(text, "nothing: 2 of 2 are there, 2 in the store", "3 edges to run")
    has_not(text, "trust")


def test_plan_says_how_long_a_measurement_must_be(bench):
    has(
        bench.ask("plan", "performance", "app"),
        "1 measurement, alone on the machine: no least time (a test run: no user.conf says "
        "how long it is)")
    assert bench.ask_json("plan", "work", "app")["time"] == {"least_ms": 0, "runs": []}


def test_plan_of_a_target_that_is_not_written(bench):
    recipe = bench.project / "recipes/t/app/recipe.yaml"
    recipe.write_text(recipe.read_text() + "  power: {about: measures power, not_yet: true}\n"
                      "  nothing: {about: none, nothing: the open division asks for none}\n")
    has(bench.ask("plan", "power", "app"), "this target is not written yet")
    assert bench.ask_json("plan", "power", "app")["not_yet"]
    has(bench.ask("plan", "nothing", "app"), "the open division asks for none")


def test_plan_refuses_what_is_no_target(bench):
    bench.configure("app")
    has(bench.refused("plan", "reprot"), "unknown-word", "did you mean 'report'?")


def test_plan_of_an_unconfigured_directory_says_what_to_type(bench):
    has(bench.refused("plan"), "no-run-directory", "mlpgen configure")


def test_rules_of_the_project_say_their_kind(bench):
    """A rule with modes says it in each of them; a measurement is of the kind that its mode is."""
    without = []
    for path in sorted((ROOT / "rules").glob("*.yaml")):
        rule = yaml.safe_load(path.read_text())
        for name, one in rule.get("modes", {path.stem: rule}).items():
            if "kind" not in one and one.get("mode") != "measure":
                without.append(f"{path.name}: {name}")
    assert without == [], without


def rows(text):
    """Of an answer of `plan`: the names of its rows, and those rows whole that are the same on
    every machine."""
    found = re.findall(r"^  (\w+)? .*$", text, re.M)
    return [name for name in found if name], [
        line for line in text.splitlines() if re.match(r"  (time|trust|bring|fails)\b", line)
    ]


def test_the_page_shows_what_mlpgen_says(bench):
    page = (ROOT / "docs/plan-and-query.md").read_text()
    shown = re.findall(r"^```\n\$ mlpgen ([^\n]*)\n(.*?)^```$", page, re.M | re.S)
    assert len(shown) >= 8, len(shown)
    for line, answer in shown:
        words = shlex.split(line)
        done = bench.run([bench.mlpgen, *words], code=None, MLPGEN_HOME=str(ROOT))
        said = done.stdout + done.stderr
        if words[0] == "plan":
            assert rows(said) == rows(answer), f"{line}\n{said}\n{answer}"
        else:
            assert said == answer, f"{line}\n{said}\n{answer}"
