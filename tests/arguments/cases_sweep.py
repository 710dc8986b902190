"""Each flag and each variation of a documented page: it changes something, its help says that it
does nothing, or configure warns.

What a request makes is one digest of its graph. A word is tried beside several others (`CONTEXTS`),
since it may matter for one model, implementation or target only; beside each of them it must do one
of the three.
"""
import atexit
import functools
import json
import pathlib
import shutil
import tempfile

from facts import ask as asking
from facts import page as pages
from places import MLPGEN, ROOT, TESTS

NOTHING = ("not needed here", "not written")  # how the help of a word begins that does nothing

APP, REFERENCE = "run-mlperf-inference-app", "app-mlperf-inference-mlcommons-python"
CONTEXTS = {
    APP: [("", "--implementation=cpp --model=retinanet"),
          ("_submission", "--implementation=cpp --model=retinanet"),
          ("_submission", "--model=resnet50 --execution_mode=valid --scenario=SingleStream"),
          ("", "--model=bert-99 --scenario=Server --category=datacenter")],
    REFERENCE: [("", ""), ("_retinanet", ""), ("_bert-99", "--scenario=Server"), ("_sdxl", ""),
                ("_gptj-99", ""), ("_3d-unet-99", "--scenario=SingleStream")],
    "reproduce-mlperf-inference-intel": [("_resnet50", ""), ("_retinanet", "--scenario=Server"),
                                         ("_bert-99", "")],
    "reproduce-mlperf-inference-dummy": [("_resnet50", ""), ("_gptj-99", "--scenario=Server")],
}
# What `mlpgen configure` itself reads, and what chooses among equal things.
OUTSIDE = {"rerun": "an attempt more, counted beside the graph (tests/tutorial)"}


def tags(page, *variations):
    return ",".join([page.id, *[v for v in variations if v]])


def samples(page, name, folder):
    details = page.recipe["flag_details"][name]
    if details["choices"]:
        return details["choices"]
    return {
        "int": ["3", "7"], "number": ["7.5", "11"], "bool": ["yes", "no"], "path": [str(folder)]
    }.get(details["type"], ["a-word", "other"])


def says_so(text):
    return text.startswith(NOTHING)


def flag_fault(page, ask, name, context, folder):
    base_words, options = context
    if f"--{name}=" in options or says_so(
            page.recipe["flag_details"][name]["help"]) or name in OUTSIDE:
        return ""
    base = ask.resolve(tags(page, base_words), *options.split())
    if base.graph is None:
        return f"the context is refused: {base.why()}"
    silent, moved = [], False
    for value in samples(page, name, folder):
        answer = ask.resolve(tags(page, base_words), *options.split(), f"--{name}={value}")
        moved |= answer.graph != base.graph  # also where it is refused
        if answer.graph == base.graph and not any(
                m.startswith(f"--{name} ") for m in answer.unused):
            silent.append(value)
    return "" if moved or not silent else (f"beside `{base_words} {options}` "
                                           f"--{name}={'|'.join(silent)} changes nothing, and "
                                           f"nothing says so")


def active(page, name, answer):
    root = answer.root(page.id)
    return root is not None and name in root["variations"]


def graph_with(page, ask, name, context):
    """What the variation makes of the context; None where another one of its group is named there.
    """
    answer = ask.resolve(tags(page, context[0], "_" + name), *context[1].split())
    return None if answer.ids & {"group-conflict"} else answer


def variation_fault(page, ask, name, context):
    about = page.recipe["variations"].get(name, {}).get("about") or ""
    word, base = name.replace("#", "7"), ask.resolve(tags(page, context[0]), *context[1].split())
    if base.graph is None:
        return f"the context is refused: {base.why()}"
    if says_so(about) or active(page, word, base):
        return ""
    answer = graph_with(page, ask, word, context)
    if answer is None or answer.graph != base.graph or any(
            m.startswith(f"_{word} ") for m in answer.unused):
        return ""
    holds = base.root(page.id)["env"]
    env = page.recipe["variations"][name].get("env", {})
    if env and all(
            holds.get(key, {}).get("value") == pages.text(value).replace("#", "7")
            for key, value in env.items()):
        return ""
    others = [
        graph_with(page, ask, o.replace("#", "7"), context)
        for o in page.members(page.variations[name]["group"]) if o != name
    ]
    if any(o is not None and o.graph != base.graph for o in others):
        return ""  # it chooses what holds anyway
    return f"beside `{' '.join(context)}` _{word} changes nothing, and nothing says so"


def rows(page, ask, folder):
    for base, options in CONTEXTS[page.id]:
        beside = f"beside `{base} {options}`".replace("` ", "`").replace(" `", "`")
        for name in page.recipe["flags"]:
            yield f"{page.id}: --{name} {beside}", flag_fault, (page, ask, name, (base, options),
                                                                folder)
        for name in page.selectable():
            if not page.is_missing(name):
                yield f"{page.id}: _{name} {beside}", variation_fault, (page, ask, name, (base,
                                                                                          options))


@functools.lru_cache(maxsize=None)
def asked():
    """(who is asked, what is checked: a description, a function and its arguments each)."""
    facts = [json.loads(path.read_text()) for path in sorted((TESTS / "facts").glob("*.json"))]
    folder = tempfile.mkdtemp(prefix="arguments-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    asker = asking.Asker(str(MLPGEN), str(ROOT), folder, {f["alias"] for f in facts}, "plan")
    (pathlib.Path(folder) / "recipes").mkdir()
    return asker, [job for f in facts for job in rows(pages.Page(f, asker), asker, folder)]


@functools.lru_cache(maxsize=None)
def faults(chosen):
    asker, jobs = asked()
    return dict(zip(chosen, asking.run_rows([jobs[at] for at in chosen], asker)))


def pytest_generate_tests(metafunc):
    metafunc.parametrize("at", range(len(asked()[1])), ids=[what for what, _, _ in asked()[1]])


def case_word(at, request):
    chosen = tuple(item.callspec.params["at"] for item in request.session.items
                   if item.function is case_word)
    fault = faults(chosen)[at]
    assert not fault, fault
