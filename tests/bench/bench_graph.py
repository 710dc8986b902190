"""Configure of the whole graph of one model, `find`, `show`, `explain`, `plan`, `query` and
`check`: time, processor time, memory; and `cm` beside them.

Given a checkout of CM's recipes (--cm-recipes DIR), its `find` and its dry run are timed as well,
in turn with ours. Its dry run prints the direct dependencies alone and takes one level; ours is
configure, cold, of the whole graph to disk.
"""
import json
import os

import cm_peer
from measure import command, line, medians
from places import BUILD, MLPGEN

TIMES = 15
TAGS = "get,ml-model,retinanet"
QUERY = "deps(submission) ^ attr(state, missing) - kind(compile)"


def measured(words, **options):
    """{wall_s, cpu_s, peak_mib} of one run, which must succeed."""
    return json.loads(command([BUILD / "tests/bench/measured", *words], **options))


def configure(directory):
    return measured([MLPGEN, "configure", "--model=retinanet", "-C", directory])


def cold(directory):
    """Host facts are there; the request was touched, so that all is read, resolved and planned
    again."""
    os.utime(directory / ".mlpgen/request.json")
    return configure(directory)


def sides(directory):
    return {
        "cold": lambda: cold(directory),
        "warm": lambda: configure(directory),
        "find": lambda: measured([MLPGEN, "find", TAGS]),
        "show": lambda: measured([MLPGEN, "show", "run-mlperf-inference-app"]),
        "explain": lambda: measured([MLPGEN, "explain", "CM_MLPERF_MODEL", "-C", directory]),
        "choices": lambda: measured([MLPGEN, "explain", "choices", "-C", directory]),
        "plan": lambda: measured([MLPGEN, "plan", "-C", directory]),
        "query": lambda: measured([MLPGEN, "query", QUERY, "-C", directory]),
        "check": lambda: measured([MLPGEN, "check"]),
        "page": lambda: measured(
            [MLPGEN, "graph", "-C", directory, f"--output={directory / 'graph.html'}"]),
    }


def run(given):
    print("the whole graph of --model=retinanet, and questions about recipes:")
    command(["ninja", "-C", BUILD, "tests/bench/measured"])
    directory = given.scratch / "graph"
    configure(directory)
    peer, why = cm_peer.prepare(given)
    theirs = {
        name: lambda words=words: measured(words, env=peer.env)
        for name, words in peer.commands(TAGS).items()
    } if peer else {}
    taken = medians({**sides(directory), **theirs}, TIMES)
    edges = len((directory / ".mlpgen/plan").read_text().splitlines())
    recipes = command([MLPGEN, "check"]).split(":")[0]
    names = {
        "cold": (f"configure, cold, {edges} edges", "40 ms"), "warm": ("configure, warm", "8 ms"),
        "find": (f"find {TAGS}", "8 ms"), "show": ("show run-mlperf-inference-app", ""),
        "explain": ("explain CM_MLPERF_MODEL", "50 ms"), "choices": ("explain choices", "50 ms"),
        "plan": ("plan submission", "50 ms"), "query": (f"query '{QUERY}'", "50 ms"),
        "check": (f"check: {recipes}, read and looked at",
                  "60 ms"), "page": ("graph, the HTML page", "50 ms")
    }
    for name, (what, goal) in names.items():
        t = taken[name]
        line(
            what, f"{t['wall_s'] * 1000:7.1f} ms (least {t['least_wall_s'] * 1000:.1f}), processor "
            f"{t['cpu_s'] * 1000:6.1f} ms, "
            f"peak {t['peak_mib']:5.1f} MiB", goal)
    beside = {
        "find": ("find", "cm find script", "10 x"),
        "dry": ("cold", "cm dry run, direct dependencies alone", "")
    }
    for name, (ours, what, goal) in beside.items():
        if not peer:
            line(what, f"peer not here: {why}")
            continue
        t = taken["cm " + name]
        line(
            what,
            f"{t['wall_s'] * 1000:7.1f} ms = {t['wall_s'] / taken[ours]['wall_s']:5.1f} times "
            f"faster in mlpgen "
            f"(processor {t['cpu_s'] * 1000:.0f} ms, {t['cpu_s'] / taken[ours]['cpu_s']:.1f} "
            f"times), peak {t['peak_mib']:5.1f} MiB", goal)
