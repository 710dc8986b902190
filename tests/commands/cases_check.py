"""check: the recipes of this project have nothing to mend, and folders of one's own are looked at
as well."""
import json

from commands.bench import has, has_not
from commands.own_recipe import Own
from places import ROOT


def test_the_recipes_of_this_project_have_no_errors_and_no_warnings(bench):
    done = bench.run([bench.mlpgen, "check", "--format=json"], MLPGEN_HOME=str(ROOT))
    counts = json.loads(done.stdout)
    assert counts["errors"] == 0 and counts["warnings"] == 0, done.stderr
    assert counts["recipes"] > 80 and counts["deps"] > counts["recipes"], counts


def test_check_prints_what_it_looked_at(bench):
    has(bench.ask("check"), "3 recipes, 2 rules, 1 preset, 0 rounds: 0 errors, 0 warnings")


def test_check_of_a_folder_of_ones_own(bench):
    own = bench.folder / "own/recipes/mine/thing/recipe.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "format: 1\nrecipe: thing\nabout: mine\ntags: [thing]\ndeps:\n  - {tags: \"get,dada\"}\n"
        "  - {tags: \"get,lib,_loud\"}\n")
    said = bench.refused("check", bench.folder / "own")
    has(said, "no recipe has the tag 'dada'", "did you mean 'data'", "recipe.yaml:6:",
        "get-lib has no variation 'loud'")
    own.write_text(
        "format: 1\nrecipe: thing\nabout: mine\ntags: [thing]\ndeps:\n  - {tags: \"get,data\"}\n")
    has(bench.ask("check", bench.folder / "own"),
        "4 recipes, 2 rules, 1 preset, 0 rounds: 0 errors, 0 warnings")


def test_strict_lists_what_is_only_counted_else(bench):
    recipe = bench.project / "recipes/t/lib/recipe.yaml"
    recipe.write_text(recipe.read_text() + "default_env: {CM_PITCH: high}\n")
    has(
        bench.ask("check"), "0 warnings",
        "keys that are set and read by nothing: 2, downloads without a digest: 0, rules that no "
        "recipe uses: 0; `mlpgen check --strict`")
    said = bench.run([bench.mlpgen, "check", "--strict"], code=1)
    has(said.stderr, "nothing in get-lib reads 'CM_PITCH'  [unused-key]")
    has_not(said.stdout, "--strict")


def test_check_says_of_rules_and_steps_what_configure_says(bench):
    own = Own(bench, 'steps: [{id: s, rule: mine, word: a}]\n')
    said = {
        "tool: nosuch\nparams: {word: {type: text, about: w}}": "unknown-tool",
        # a subcommand that no rule describes
        "tool: build\nparams: {word: {type: text, about: w}}": "unknown-tool",
        "tool: render\nparams: {word: {type: text, about: w}}": "unknown-parameter",
        "tool: render\nparams: {word: {type: text, argument: no, about: w}}": "missing-parameter",
        "tool: json\nparams: {word: {type: text, argument: no, about: w}, values: {type: list, "
        "default: [], about: v}}": "wrong-type",
        "params: {word: {type: text, about: w}, out: {type: text, default: '', about: "
        "o}}": "name-taken",
        "params: {word: {type: text, about: w}, id: {type: text, default: '', about: "
        "o}}": "name-taken",
        "params: {word: {type: text, about: w}, 'a b': {type: text, default: '', about: "
        "o}}": "wrong-value",
        "lock: nosuch\nparams: {word: {type: text, about: w}}": "unknown-lock-kind",
        "params: {word: {type: int, about: w}}": "wrong-value",
        "params: {word: {type: map, about: w}}": "wrong-type",
        "params: {wort: {type: text, default: '', about: w}}": "unknown-parameter",
        "params: {word: {type: text, about: w}, more: {type: text, about: w}}": "missing-parameter",
    }
    for body, diagnostic in said.items():
        argv = "" if body.startswith("tool") else "argv: [cp], "
        own.write(
            "rules/mine.yaml", f"format: 1\nrule: mine\nabout: x\n{body}\n"
            f"edges: [{{id: e, {argv}outputs: {{f: f}}}}]\n")
        configured = own.refused(diagnostic)
        checked = own.mlpgen("check", own.folder, code=1).stderr
        assert checked == configured, f"{body}\n{checked}\n{configured}"


def test_thousands_of_variations_are_checked(bench):
    number = 4000
    lines = [
        f"  v{i}: {{group: g{i // 2}, default: {'yes' if i % 2 else 'no'}, exports: {{CM_E: "
        f"'${{s{i}.file}}'}}, steps: [{{id: s{i}, rule: json, name: a, values: {{a: b}}}}]}}"
        for i in range(number)
    ]
    lines += [f"  'v0,v{i}': {{}}" for i in range(2, number, 2)]
    valid = [f"  - [v0, v{i}]" for i in range(2, number, 2)]
    own = Own(bench, "\n".join(["variations:", *lines, "valid_variation_combinations:", *valid,
                                ""]))
    has(own.mlpgen("check", own.folder).stdout, "0 errors, 0 warnings")


def test_check_of_a_folder_without_recipes(bench):
    has(bench.refused("check", "nowhere"), "no-recipes")
