"""check says of a recipe what configure says of it: each kind of fault, judged by both commands."""
import re

import pytest

from commands.own_recipe import Own
from places import ROOT

WRITE = "rule: json, name: a.json, values: {k: v}"
COPY = "rule: copy, from: x"
RULES = {
    "copy": "params: {from: {type: text, about: f}, to: {type: text, default: f, about: t}}\n"
    "edges: [{id: e, argv: [cp, '${from}', '${out}/${to}'], outputs: {file: '${to}'}}]",
    "two": "params: {a: {type: text, about: a}, b: {type: text, about: b}}\n"
    "edges: [{id: e, argv: [touch, '${out}'], outputs: {one: '${a}', other: '${b}'}}]",
    "numbered": "params: {}\n"
    "edges: [{id: e, argv: [touch, '${shard.index}'], outputs: {file: f}}]",
}
OTHERS = {
    "lib": "versions: {'1.0': {}, '2.0': {}}\ninherits: [CM_OWN]\nexports: {CM_LIB: '${CM_OWN:-}'}",
    "plain": "",
}
# A name for the fault, the recipe, and the diagnostic of both commands.
FAULTS = {
    "output-outside": ("steps: [{id: s, rule: json, name: ../a, values: {}}]", "leads-outside"),
    "output-absolute": ("steps: [{id: s, rule: json, name: /a, values: {}}]", "leads-outside"),
    "output-kept": ("steps: [{id: s, rule: json, name: .done, values: {}}]", "leads-outside"),
    "output-in-rule": ("steps: [{id: s, rule: copy, from: x, to: a/../../b}]", "leads-outside"),
    "output-twice": ("steps: [{id: s, rule: two, a: x, b: ./x}]", "duplicate-output"),
    "link-outside": (f"steps: [{{id: s, {WRITE}, links: {{../x: file}}}}]", "leads-outside"),
    "link-absolute": (f"steps: [{{id: s, {WRITE}, links: {{/x: file}}}}]", "leads-outside"),
    "link-kept": (f"steps: [{{id: s, {WRITE}, links: {{build.ninja: file}}}}]", "leads-outside"),
    "link-folder": (f"steps: [{{id: s, {WRITE}, links: {{x/: file}}}}]", "leads-outside"),
    "link-of-ninja": (f"steps: [{{id: s, {WRITE}, links: {{'a|b': file}}}}]", "not-text"),
    "link-twice": (f"steps: [{{id: s, {WRITE}, links: {{x: file}}}}, "
                   "{id: t, rule: json, name: b, values: {}, links: {./x: file}}]",
                   "duplicate-output"),
    "link-of-shards": (f"steps: [{{id: s, rule: numbered, shards: 2, links: {{x: file}}}}]",
                       "duplicate-output"),
    "itself": ("steps: [{id: s, rule: copy, from: '${s.file}'}]", "unknown-output"),
    "its-folder": ("steps: [{id: s, rule: copy, from: '${s.dir}'}]", "unknown-output"),
    "later": ("steps: [{id: s, rule: copy, from: '${t.file}'}, {id: t, rule: copy, from: x}]",
              "unknown-output"),
    "later-in-variation": (
        "variations: {v: {group: g, default: true, steps: [{id: t, rule: copy, from: x}]}}\n"
        "steps: [{id: s, rule: copy, from: '${t.file}'}]", "unknown-output"),
    "circle": (
        "steps: [{id: s, rule: copy, from: '${t.file}'}, {id: t, rule: copy, from: '${s.file}'}]",
        "unknown-output"),
    "missing-step-with-otherwise": ("steps: [{id: s, rule: copy, from: '${fil.file:-x}'}]",
                                    "unset-key"),
    "missing-output": (
        "steps: [{id: s, rule: copy, from: x}, {id: t, rule: copy, from: '${s.fil}'}]",
        "unknown-output"),
    "step-in-env": ("env: {CM_X: '${s.file}'}\nsteps: [{id: s, rule: copy, from: x}]", "unset-key"),
    "step-in-dep-env": (
        "deps: [{tags: lib, env: {CM_OWN: '${s.file}'}}]\nsteps: [{id: s, rule: copy, from: x}]",
        "unset-key"),
    "export-of-unknown-output": (
        "steps: [{id: s, rule: copy, from: x}]\nexports: {CM_X: '${s.fil}'}", "unknown-output"),
    "shards-without-number": ("steps: [{id: s, rule: numbered}]", "unknown-parameter"),
    "shards-of-a-step": (
        "steps: [{id: s, rule: copy, from: x}, {id: t, rule: numbered, shards: '${s.file}'}]",
        "wrong-value"),
    "shards-of-a-word": ("steps: [{id: s, rule: numbered, shards: many}]", "wrong-value"),
    "target-variation": (
        f"steps: [{{id: s, {WRITE}, target: t}}]\ntargets: {{t: {{about: t, variation: v}}}}",
        "unknown-variation"),
    "target-wildcard": (f"variations: {{v.#: {{}}}}\nsteps: [{{id: s, {WRITE}, target: t}}]\n"
                        "targets: {t: {about: t, variation: v.#}}", "wildcard-needs-value"),
    "target-internal": (
        f"variations: {{v: {{internal: true}}}}\nsteps: [{{id: s, {WRITE}, target: t}}]\n"
        "targets: {t: {about: t, variation: v}}", "internal-variation"),
    "target-condition": (f"steps: [{{id: s, {WRITE}, target: t}}]\n"
                         "targets: {t: {about: t, default_if_env: {CM_NO: [a]}}}",
                         "undeclared-key"),
    "target-of-a-key": (f"steps: [{{id: s, {WRITE}, target: t}}]\n"
                        "targets: {t: {about: t, variation: '${CM_X}'}}", "unknown-variation"),
    "default-version": ("versions: {'1.0': {}}\ndefault_version: '3.0'", "unknown-version"),
    "default-version-of-none": ("default_version: '3.0'", "unknown-version"),
    "default-no-choice": ("flags: {f: {env: CM_F, help: f, choices: [a, b], default: c}}",
                          "wrong-value"),
    "default-no-int": ("flags: {f: {env: CM_F, help: f, type: int, default: ten}}", "wrong-value"),
    "default-below-min": ("flags: {f: {env: CM_F, help: f, type: int, min: 2, default: '1'}}",
                          "wrong-value"),
    "env-no-choice": ("keys: {CM_K: {about: k, choices: [a]}}\nenv: {CM_K: b}", "wrong-value"),
    "default-env-no-bool": ("keys: {CM_K: {about: k, type: bool}}\ndefault_env: {CM_K: maybe}",
                            "wrong-value"),
    "variation-env-no-choice": ("keys: {CM_K: {about: k, choices: [a]}}\n"
                                "variations: {v: {group: g, default: true, env: {CM_K: b}}}",
                                "wrong-value"),
    "secret-in-env": ("keys: {CM_K: {about: k, type: secret}}\nenv: {CM_K: b}", "secret-given"),
    "env-cycle": ("env: {CM_A: '${CM_B}', CM_B: '${CM_A}'}", "env-cycle"),
    "env-of-itself": ("default_env: {CM_A: 'x${CM_A}'}", "env-cycle"),
    "dep-env-undeclared": ("deps: [{tags: lib, env: {CM_OWNN: x}}]", "undeclared-key"),
    "dep-version": ("deps: [{tags: lib, version: '3.0'}]", "unknown-version"),
    "dep-version-range": ("deps: [{tags: lib, version_min: '3.0'}]", "unknown-version"),
    "dep-version-of-none": ("deps: [{tags: plain, version: '1.0'}]", "unknown-version"),
    "dep-version-contradicts": ("deps: [{tags: lib, version: '1.0', version_min: '2.0'}]",
                                "unknown-version"),
    "dep-of-no-tag": ("deps: [{tags: _x}]", "ambiguous-tags"),
    "dep-of-itself": ("deps: [{tags: app}]", "dep-cycle"),
    "own-copy-not-in-use": (
        "flags: {f: {env: CM_F, help: f}}\nsteps: [{id: s, rule: copy, from: x, own_copy: "
        "{path: '${CM_F:-}', hsa: x}}]", "unknown-parameter"),
    "own-copy-map": (
        "flags: {f: {env: CM_F, help: f}}\nsteps: [{id: s, rule: copy, from: x, own_copy: "
        "{path: '${CM_F:-}', what: {a: b}}}]", "wrong-type"),
}


def ids(text):
    return set(re.findall(r"^error: .*\[([\w-]+)\]$", text, re.MULTILINE))


def both(bench, text):
    """What the two commands say of a recipe of these lines: the identifiers of their errors."""
    own = Own(bench, text + "\n")
    for name, body in RULES.items():
        own.write(f"rules/{name}.yaml", f"format: 1\nrule: {name}\nabout: x\n{body}\n")
    for name, body in OTHERS.items():
        own.write(f"recipes/t/{name}/recipe.yaml",
                  f"format: 1\nrecipe: {name}\nabout: x\ntags: [{name}]\n{body}\n")
    for name in ("json", "local-copy"):
        own.write(f"rules/{name}.yaml", (ROOT / f"rules/{name}.yaml").read_text())
    home = {"code": None, "MLPGEN_HOME": str(own.folder)}
    checked = bench.run([bench.mlpgen, "check"], **home)
    configured = bench.run([bench.mlpgen, "configure", "app"], **home)
    return ids(checked.stderr), ids(configured.stderr)


@pytest.mark.parametrize("fault", FAULTS)
def case_check_and_configure_refuse_the_same(bench, fault):
    text, diagnostic = FAULTS[fault]
    assert both(bench, text) == ({diagnostic}, {diagnostic})


@pytest.mark.parametrize("condition",
                         ["enable_if_env: {CM_F: [never]}", "skip_if_env: {CM_F: [no]}"])
@pytest.mark.parametrize("fault", ["output-outside", "output-twice", "link-kept", "itself"])
def case_check_judges_a_step_that_no_request_reaches(bench, fault, condition):
    text, diagnostic = FAULTS[fault]
    text = "flags: {f: {env: CM_F, help: f}}\n" + text.replace("{id: s,", f"{{id: s, {condition},")
    assert both(bench, text) == ({diagnostic}, set())
