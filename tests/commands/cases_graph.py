"""graph: as what it draws, where to, and that it changes nothing. What the pictures look like is
tested in tests/browser."""
import json

from commands.bench import has, has_not


def test_graph_draws_dot_of_the_instances_and_of_the_build_edges(bench):
    text = bench.ask("graph", "app", "--loud=yes")
    assert text.startswith("digraph mlpgen {\n") and text.endswith("}\n")
    has(text, 'label="app\\n_small"', 'label="get-data"', 'label="get-lib\\nversion 2.0"')
    edges = bench.ask("graph", "app", "--edges")
    has(edges, 'label="app/count\\nWrites a word and a file"', 'label="get-data/text\\n')
    has_not(edges, "get-lib")


def test_graph_format_follows_the_ending_of_the_file_unless_it_is_said(bench):
    begins = {
        "a.html": "<!doctype html>", "a.mmd": "flowchart LR", "a.json": '{\n  "format": 1',
        "a.dot": "digraph", "a.txt": "digraph"
    }
    for name, begin in begins.items():
        has(bench.ask("graph", "app", f"--output={name}"), f"Wrote {name}: 2 instances, 4 edges")
        assert (bench.run_directory / name).read_text().startswith(begin), name
    bench.ask("graph", "app", "--output=b.html", "--format=mermaid")
    assert (bench.run_directory / "b.html").read_text().startswith("flowchart LR")
    assert bench.ask("graph", "app", "--format=html").startswith("<!doctype html>")


def test_graph_is_the_same_text_each_time(bench):
    for form in ("dot", "mermaid", "json"):
        assert bench.ask("graph", "app",
                         f"--format={form}") == bench.ask("graph", "app", f"--format={form}")


def test_graph_without_a_request_is_that_of_the_run_directory_and_changes_nothing_there(bench):
    has(bench.refused("graph"), "no-run-directory")
    bench.configure("app", "--size=large")
    before = {p: p.stat().st_mtime_ns for p in bench.run_directory.rglob("*")}
    assert json.loads(bench.ask("graph", "--format=json"))["request"] == ["app", "--size=large"]
    assert before == {p: p.stat().st_mtime_ns for p in bench.run_directory.rglob("*")}


def test_graph_output_is_named_from_where_it_was_typed(bench):
    bench.configure()
    inner = bench.run_directory / "inner"
    inner.mkdir()
    bench.run(["env", "-C", inner, bench.mlpgen, "graph", "-C", "..", "--output", "here.dot"])
    assert (inner / "here.dot").exists()


def test_graph_tells_the_state_of_each_edge(bench):
    def states():
        told = json.loads(bench.ask("graph", "--format=json"))
        return {e["name"]: e["state"]
                for e in told["edges"]}, {i["name"]: i["state"]
                                          for i in told["instances"]}

    bench.configure()
    assert set(states()[0].values()) == {"not-yet"}
    bench.ninja("work")
    edges, instances = states()
    assert edges["app/count"] == edges["get-data/text"] == instances["get-data"] == "done"
    assert edges["app/performance"] == instances["app"] == "not-yet"
    (bench.project / "recipes/t/data/text.txt").write_text("four\n")
    assert states()[0]["app/count"] == "out-of-date"  # before a configure, and after it
    bench.configure()
    assert states()[0]["app/count"] == "out-of-date"
    bench.ninja("work")
    assert states()[0]["app/count"] == "done"


def test_graph_tells_of_an_edge_that_did_not_finish(bench):
    rule = bench.project / "rules/write.yaml"
    rule.write_text(rule.read_text().replace("echo \"saying $0\";", "exit 3;"))
    bench.configure()
    bench.run(["ninja", "work"], code=None)
    told = json.loads(bench.ask("graph", "--format=json"))
    assert [e["state"] for e in told["edges"] if e["name"] == "get-data/text"] == ["stopped"]


def test_graph_json_leads_from_a_key_to_who_set_it(bench):
    told = json.loads(bench.ask("graph", "app,_fast", "--rounds=7", "--format=json"))
    rounds = next(b for i in told["instances"] if i["name"] == "app" for b in i["env"]
                  if b["key"] == "CM_ROUNDS")
    assert (rounds["value"], rounds["set_by"], rounds["place"]) == ("7", "flag --rounds",
                                                                    "command line:1:20")
    assert [b["value"] for b in rounds["beat"]] == ["3", "1"]
