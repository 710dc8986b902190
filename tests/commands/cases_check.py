"""check: the recipes of this project have nothing to mend, and folders of one's own are looked at as well."""
import json

from commands.bench import has, has_not
from places import ROOT


def test_the_recipes_of_this_project_have_no_errors_and_no_warnings(bench):
    done = bench.run([bench.mlpgen, "check", "--format=json"], MLPGEN_HOME=str(ROOT))
    counts = json.loads(done.stdout)
    assert counts["errors"] == 0 and counts["warnings"] == 0, done.stderr
    assert counts["recipes"] > 80 and counts["deps"] > counts["recipes"], counts


def test_check_prints_what_it_looked_at(bench):
    has(bench.ask("check"), "3 recipes, 2 rules, 1 presets, 0 rounds: 0 errors, 0 warnings")


def test_check_of_a_folder_of_ones_own(bench):
    own = bench.folder / "own/recipes/mine/thing/recipe.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("format: 1\nrecipe: thing\nabout: mine\ntags: [thing]\ndeps:\n  - {tags: \"get,dada\"}\n  - {tags: \"get,lib,_loud\"}\n")
    said = bench.refused("check", bench.folder / "own")
    has(said, "no recipe has the tag 'dada'", "did you mean 'data'", "recipe.yaml:6:", "get-lib has no variation 'loud'")
    own.write_text("format: 1\nrecipe: thing\nabout: mine\ntags: [thing]\ndeps:\n  - {tags: \"get,data\"}\n")
    has(bench.ask("check", bench.folder / "own"), "4 recipes, 2 rules, 1 presets, 0 rounds: 0 errors, 0 warnings")


def test_strict_lists_what_is_only_counted_else(bench):
    recipe = bench.project / "recipes/t/lib/recipe.yaml"
    recipe.write_text(recipe.read_text() + "default_env: {CM_PITCH: high}\n")
    has(bench.ask("check"), "0 warnings", "keys that are set and read by nothing: 2, downloads without a digest: 0, rules that no recipe uses: 0; `mlpgen check --strict`")
    said = bench.run([bench.mlpgen, "check", "--strict"], code=1)
    has(said.stderr, "nothing in get-lib reads 'CM_PITCH'  [unused-key]")
    has_not(said.stdout, "--strict")


def test_check_of_a_folder_without_recipes(bench):
    has(bench.refused("check", "nowhere"), "no-recipes")
