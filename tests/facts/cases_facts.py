"""The four documented pages: every row stands in the recipes, and a resolution that depends on it
shows that it has its effect.

Five parts:
  1. check.py: the rows as `mlpgen show` prints the recipes;
  2. for each row a request whose resolution depends on it: a variation's env comes with it, a dep
  is taken exactly under its
     condition, a flag sets its key, a default holds when nothing is said, an exported key is seen
     by each recipe that depends on it;
  3. each variation alone, and each two that the groups allow, resolve;
  4. each combination of a model, a framework and a device gives a graph, or is refused with the
  list of those that do; 5. several ways to say one thing give one graph, and the order of the words
  of a request changes no byte.
"""
import atexit
import functools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

from facts import ask, combinations, rows_deps, rows_recipe, rows_variations, same_graph
from facts import page as pages
from places import MLPGEN, ROOT

HERE = pathlib.Path(__file__).resolve().parent


def dep_rows(page, folder):
    for where, node in [("", page.facts), *page.variations.items()]:
        for phase in pages.PHASES:
            seen = {}
            for dep in node.get(phase, []):
                key = json.dumps([
                    sorted(dep["tags"].split(",")),
                    dep.get("enable_if_env"),
                    dep.get("skip_if_env")
                ], sort_keys=True)
                seen[key] = seen.get(key, 0) + 1
                if page.is_missing(where):
                    yield f"_{where} {phase}: {dep['tags']}", rows_variations.row_missing, (page,
                                                                                            where)
                elif where:
                    yield f"_{where} {phase}: {dep['tags']}", rows_deps.row_variation_dep, (page,
                                                                                            where,
                                                                                            phase,
                                                                                            dep,
                                                                                            folder)
                else:
                    yield f"{phase}: {dep['tags']}", rows_deps.row_recipe_dep, (page, phase, dep,
                                                                                seen[key], folder)


def rows(page, folder):
    """(description, function, arguments) of every row; there are as many as check.py counts."""
    facts = page.facts
    yield "tags", rows_recipe.row_tags, (page, )
    yield "default variations", rows_variations.row_default_variations, (page, )
    for name, key in sorted(facts.get("flags", {}).items()):
        yield f"flag --{name}", rows_recipe.row_flag, (page, name, key, folder)
    for key, value in facts.get("default_env", {}).items():
        yield f"default env {key}", rows_recipe.row_default_env, (page, key, value)
    for version in facts.get("versions", []):
        yield f"version {version}", rows_recipe.row_version, (page, version)
    for pattern in facts.get("new_env_keys", []):
        yield f"exported key {pattern}", rows_recipe.row_exported_key, (page, pattern)
    yield from dep_rows(page, folder)
    for name, variation in page.variations.items():
        missing = page.is_missing(name)
        row = rows_variations.row_missing if missing else rows_variations.row_variation
        yield f"variation _{name}", row, (page, name)
        for key, value in variation.get("env", {}).items():
            yield (f"_{name} env {key}", rows_variations.row_missing,
                   (page, name)) if missing else (f"_{name} env {key}",
                                                  rows_variations.row_variation_env, (page, name,
                                                                                      key, value))


def allowed_pairs(page):
    """Single variations, and pairs of which no two are of one group, bases counted."""
    bases = {n: v.get("base", []) for n, v in page.recipe.get("variations", {}).items()}
    groups = {n: v["group"] for n, v in page.variations.items()}

    def brings(name):
        found, todo = set(), [name]
        while todo:
            each = todo.pop()
            if each not in found:
                found.add(each)
                todo += bases.get(each, [])
        return found

    for name in page.selectable():
        yield (name, )
    for one, other in pages.pairs(page.selectable()):
        mine, its = brings(one), brings(other)
        if not any(
                groups.get(a) and groups.get(a) == groups.get(b) and a != b for a in mine
                for b in its):
            yield one, other


def pair_fault(page, names):
    """'' when it resolves, or when it is refused because a variation says that it, or both
    together, cannot be had."""
    answer, root = page.root(page.tags(*["_" + pages.concrete(n) for n in names]))
    if root is not None or answer.ids and answer.ids <= {
            "missing-recipe", "invalid-combination", "unsupported-combination"
    }:
        return ""
    return answer.why()


def table_fault():
    done = subprocess.run([sys.executable, HERE / "check.py", MLPGEN, "-v"], capture_output=True,
                          text=True, env=dict(os.environ, MLPGEN_HOME=str(ROOT)))
    return "" if done.returncode == 0 else done.stdout + done.stderr


def graph_fault(check):
    try:
        check(str(MLPGEN))
    except AssertionError as fault:
        return str(fault)
    return ""


@functools.lru_cache(maxsize=None)
def asked():
    """(asker, what is checked: a description, a function and its arguments each)."""
    facts = [json.loads(path.read_text()) for path in sorted(HERE.glob("*.json"))]
    folder = tempfile.mkdtemp(prefix="facts-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    rows_recipe.write_users(facts, folder)
    names = {name for f in facts for name in (f["alias"], rows_recipe.USER.format(id=f["alias"]))}
    asker = ask.Asker(str(MLPGEN), str(ROOT), folder, names)
    every = [pages.Page(f, asker) for f in facts]
    jobs = [("the tables of the pages", table_fault, ())]
    jobs += [(f"{page.id}: {what}", check, given) for page in every
             for what, check, given in rows(page, folder)]
    jobs += [(f"{page.id},_{',_'.join(names)}", pair_fault, (page, names)) for page in every
             for names in allowed_pairs(page)]
    jobs += [(what, check, (asker, *given)) for what, check, given in combinations.CASES]
    jobs += [(what, graph_fault, (check, )) for what, check in same_graph.CASES]
    return asker, jobs


@functools.lru_cache(maxsize=None)
def faults(chosen):
    """What is wrong with the chosen rows, asked about all together: mlpgen answers many requests in
    one start."""
    asker, jobs = asked()
    return dict(zip(chosen, ask.run_rows([jobs[at] for at in chosen], asker)))


def pytest_generate_tests(metafunc):
    _, jobs = asked()
    metafunc.parametrize("at", range(len(jobs)), ids=[what for what, _, _ in jobs])


def case_fact(at, request):
    chosen = tuple(item.callspec.params["at"] for item in request.session.items
                   if item.function is case_fact)
    fault = faults(chosen)[at]
    assert not fault, fault
