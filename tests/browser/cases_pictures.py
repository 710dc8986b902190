"""dot in Graphviz, Mermaid in Mermaid."""
import json
import pathlib
import re
import subprocess
import tempfile

from browser.bench import need_program
from places import ROOT, Skip

MERMAID = "11.17.2"


def dot(text):
    done = subprocess.run([need_program("dot", "graphviz"), "-Tjson"], input=text,
                          capture_output=True, text=True)
    assert done.returncode == 0 and not done.stderr, done.stderr
    return json.loads(done.stdout)


def case_graphviz_draws_every_instance_and_dep(bench):
    drawn = dot(bench.graph("--model=retinanet"))
    told = json.loads(bench.graph("--model=retinanet", "--format=json"))
    boxes = [o for o in drawn["objects"] if not o["name"].startswith("cluster_")]
    deps = {(d["instance"], n)
            for n, i in enumerate(told["instances"]) for d in i["deps"] if "instance" in d}
    assert len(boxes) == len(told["instances"]) and len(drawn["edges"]) == len(deps)
    assert {b["label"].split("\\n")[0] for b in boxes} == {i["name"] for i in told["instances"]}


def case_graphviz_draws_every_build_edge_and_what_it_needs(bench):
    drawn = dot(bench.graph("--preset=demo", "--edges"))
    told = json.loads(bench.graph("--preset=demo", "--format=json"))
    boxes = [o for o in drawn["objects"] if not o["name"].startswith("cluster_")]
    before = {(b, n) for n, e in enumerate(told["edges"]) for b in e["needs"] + e["after"]}
    assert len(boxes) == len(told["edges"]) and len(drawn["edges"]) == len(before)


def mermaid(bench):
    """The script of Mermaid, which npm fetches once. npm may leave a package without files when a
    connection breaks, says "up to date" ever after, and exits with 0: a folder gets its name when
    the script is in it."""
    folder = bench.cache / f"mermaid-{MERMAID}-whole"
    script = "node_modules/mermaid/dist/mermaid.min.js"
    for _ in range(3):
        if folder.exists():
            break
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as new:
            words = [
                need_program("npm", "npm"), "install", "--no-audit", "--no-fund",
                "--ignore-scripts", "--prefix", new, f"mermaid@{MERMAID}"
            ]
            done = subprocess.run(words, capture_output=True, text=True)
            if (pathlib.Path(new) / script).exists():
                pathlib.Path(new).rename(folder)
                pathlib.Path(new).mkdir()
    if not folder.exists():
        raise Skip(f"npm cannot fetch Mermaid: "
                   f"{(done.stderr.strip().splitlines() or ['it said nothing'])[-1]}")
    return folder / script


def mermaid_draws(bench, text):
    """The labels that Mermaid draws, line by line."""
    page = bench.scratch / "runs/mermaid.html"
    page.write_text(f"<!doctype html><meta charset=utf-8><body><script "
                    f"src='{mermaid(bench).as_uri()}'></script></body>")
    look = bench.browse(page)
    look.js(
        "mermaid.initialize({startOnLoad: false, maxEdges: 5000, maxTextSize: 1e6}); "
        "mermaid.render('drawn', arguments[0])"
        ".then(r => { document.body.innerHTML = r.svg; window.done = 'drawn'; }, e => { "
        "window.done = String(e); })", text)
    done = look.wait("return window.done")
    assert done == "drawn", done
    return look.js("return [...document.querySelectorAll('.node')].map(n => n.textContent.trim())"
                   ), look.js("return document.querySelectorAll('.edgePaths path').length")


def case_mermaid_draws_every_instance_and_dep(bench):
    text = bench.graph("--model=retinanet", "--format=mermaid")
    boxes, lines = mermaid_draws(bench, text)
    assert len(boxes) == len(
        re.findall(r'^    n\d+\["', text,
                   re.M)) and lines == text.count(">") - text.count("<br/>"), (len(boxes), lines)
    assert any(b.startswith("get-ml-model-retinanet") for b in boxes)


def case_mermaid_draws_the_build_edges(bench):
    boxes, lines = mermaid_draws(bench, bench.graph("--preset=demo", "--edges", "--format=mermaid"))
    assert len(boxes) == len(json.loads(bench.graph(
        "--preset=demo", "--format=json"))["edges"]) and lines > len(boxes)


def case_mermaid_takes_any_text_as_a_text(bench):
    run, env = bench.project("mermaid")
    recipe = run / "project/recipes/t/app/recipe.yaml"
    recipe.write_text(recipe.read_text().replace(
        "deps:\n", "deps:\n  - {tags: \"get,data\", env: {CM_LINES: '\"<b>#1;`\\\\end'}}\n"))
    boxes, _ = mermaid_draws(bench, bench.graph("app", "--format=mermaid", cwd=run, **env))
    assert any('CM_LINES="<b>#1;`\\\\end' in b for b in boxes), boxes


def case_the_examples_of_the_document_do_what_it_says(bench):
    need_program("dot", "graphviz")
    run = bench.scratch / "runs/document"
    run.mkdir()
    text = (ROOT / "docs/graph.md").read_text()
    examples = re.findall(r"^    \$ (.*)\n((?:    (?!\$).*\n)*)", text, re.M)
    assert len(examples) >= 3
    for command, output in examples:
        said = bench.run("sh", "-euc", command.replace("mlpgen ", f"{bench.mlpgen} ", 1), cwd=run)
        told, shown = (re.sub(r"\d+", "N", t) for t in (said, output.replace("    ", ""))
                       )  # how many changes with the recipes
        assert told == shown, (command, said)
    assert {p.name for p in run.iterdir()} == {"graph.html", "graph.svg", "graph.mmd"}
