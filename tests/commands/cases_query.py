"""query: edges by an expression, as names, JSON and dot."""
import json
import shutil
import subprocess

from commands.bench import has, has_not
from places import Skip


def names(bench, *words):
    return bench.ask("query", *words).split()


def test_query_answers_for_this_run_directory_and_for_a_request(bench):
    bench.configure("app")
    assert names(bench,
                 "deps(report)") == ["get-data/text", "app/count", "app/performance", "app/report"]
    assert names(bench, "deps(performance) - performance") == ["get-data/text", "app/count"]
    assert names(bench, "kind(measure)", "app", "--size=large") == ["app/performance"]
    assert names(bench, "attr(CM_LINES, 200)", "app", "--size=large") == names(bench, "*")
    assert names(bench, "attr(CM_LINES, 2)", "app", "--size=large") == []


def test_query_tells_what_is_missing(bench):
    bench.configure("app")
    bench.ninja("work")
    assert names(bench, "deps(report) ^ attr(state, missing)") == ["app/performance", "app/report"]
    (bench.run_directory / "result").resolve().unlink()
    assert "app/count" in names(bench, "attr(state, missing)")


def test_query_finds_ways(bench):
    bench.configure("app")
    assert names(bench, "somepath(report, get-data)") == [
        "get-data/text", "app/count", "app/performance", "app/report"
    ]
    assert names(bench, "allpaths(performance, app/count)") == ["app/count", "app/performance"]


def test_query_prints_json_with_all_about_an_edge(bench):
    bench.configure("app")
    answer = json.loads(bench.ask("query", "kind(measure)", "--format=json"))
    edge, = answer["edges"]
    assert answer["query"] == "kind(measure)" and edge["name"] == "app/performance" and edge[
        "needs"] == ["app/count"]
    assert edge["rule"] == "measure" and edge["mode"] == "measure" and edge["targets"] == [
        "performance"
    ] and edge["done"] is False
    assert (bench.run_directory / edge["directory"]).parent.name == "app"


def test_query_prints_a_picture_that_graphviz_draws(bench):
    bench.configure("app")
    dot = bench.ask("query", "deps(performance)", "--format=dot")
    has(dot, '"app/performance" -> "app/count";', '"app/count" -> "get-data/text";')
    has_not(dot, "app/report")
    if not shutil.which("dot"):
        raise Skip("Graphviz is not installed")
    has(
        subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True,
                       check=True).stdout, "app/performance</text>")


def test_query_refuses_with_place_and_remedy(bench):
    bench.configure("app")
    has(bench.refused("query", "deps(report", code=2), "this '(' is not closed  [query-syntax]",
        "query:1:5", "help: write ')'")
    has(bench.refused("query", "reprot"), "did you mean 'report'?")
    has(bench.refused("query", code=2), "missing-word", "mlpgen query --help")
    has(bench.refused("query", "*", "--format=xml", code=2), "formats: text, json, dot")
    answer = json.loads(bench.refused("query", "dps(report)", "--format=json", code=2))
    assert answer["id"] == "unknown-function" and answer["column"] == 1


def test_query_help_teaches_each_function(bench):
    has(bench.ask("query", "--help"), "deps(SET, DEPTH)", "rdeps(SET, DEPTH)", "somepath(A, B)",
        "allpaths(A, B)", "kind(WORD)", "attr(KEY, VALUE)", "a ^ b", "Examples:")


def test_query_writes_nothing(bench):
    names(bench, "*", "app")
    assert list(bench.run_directory.iterdir()) == [] and not (bench.folder / "store").exists()
