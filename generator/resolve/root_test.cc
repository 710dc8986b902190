// Roots, presets, flags, types of values, targets.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("a root is found by id, by tags and by an alias of tags") {
  Bench b;
  b.recipe("run-app", "tag_aliases: [[start, it]]", "run, app");
  for (const char* words : {"run-app", "run,app", "app,run", "start,it"}) {
    CAPTURE(words);
    CHECK(b.resolve(words));
  }
}

TEST_CASE("tags that select several recipes are refused with their ids") {
  Bench b;
  b.recipe("one", "", "get, thing");
  b.recipe("two", "", "get, thing");
  CHECK_FALSE(b.resolve("get,thing"));
  CHECK(b.ids() == "ambiguous-tags");
  CHECK(b.says("one, two"));
  CHECK(b.resolve("two"));
}

TEST_CASE("an unknown tag, flag or preset is an error with a suggestion") {
  Bench b;
  b.recipe("app", "flags: {count: {env: N, help: how many}}");
  b.presets("  demo: {about: a preset, recipe: app}");
  CHECK_FALSE(b.resolve("ap"));
  CHECK(b.ids() == "unknown-tag");
  CHECK_FALSE(b.resolve("app --cuont=1"));
  CHECK(b.ids() == "unknown-flag");
  CHECK(b.says("count"));
  CHECK_FALSE(b.resolve("app --preset=dem"));
  CHECK(b.ids() == "unknown-preset");
  CHECK(b.says("demo"));
}

TEST_CASE("a preset names the recipe, its variations give way to those asked for, and a base preset is weaker") {
  Bench b;
  b.recipe("app", "flags: {k: {env: K, help: a key}, l: {env: L, help: a key}}\nvariations: {x: {group: g}, y: {group: g}}");
  b.presets("  base: {about: base, flags: {k: base, l: base}}\n  p: {about: p, inherits: [base], recipe: app, variations: _x, flags: {k: p}}");
  REQUIRE_MESSAGE(b.resolve("--preset=p"), b.diagnostics());
  CHECK(b.variations("app") == "x");
  CHECK(b.value("app", "K") == "p");
  CHECK(b.value("app", "L") == "base");
  REQUIRE(b.resolve("app,_y --preset=p"));
  CHECK(b.variations("app") == "y");
}

TEST_CASE("values must fit their types and choices, whoever sets them") {
  Bench b;
  b.recipe("app", "flags:\n  n: {env: N, type: int, help: h}\n  on: {env: ON, type: bool, help: h}\n  c: {env: C, choices: [red, green], help: h}\n  p: {env: P, type: path, help: h}");
  CHECK(b.resolve("app --n=12 --on=Yes --c=red"));
  for (const char* words : {"app --n=twelve", "app --n=1.5", "app --on=maybe", "app --c=blue", "app --env.C=blue"}) {
    CAPTURE(words);
    CHECK_FALSE(b.resolve(words));
    CHECK(b.ids() == "wrong-value");
  }
  CHECK_FALSE(b.resolve("app --p=nowhere"));
  CHECK(b.ids() == "no-such-path");
}

TEST_CASE("a path that a flag names begins where the words were typed") {
  Bench b;
  b.write("data/file", "x");
  b.recipe("app", "flags: {p: {env: P, type: path, help: h}}");
  REQUIRE_MESSAGE(b.resolve("app --p=data/file"), b.diagnostics());
  CHECK(b.value("app", "P") == b.folder + "/data/file");
}

TEST_CASE("each target is resolved with the variation of its own name; the default is the one that was asked for") {
  Bench b;
  b.recipe("app", "variations: {fast: {group: mode, default: true, env: {K: fast}}, exact: {group: mode, env: {K: exact}}}\n"
                  "targets: {performance: {variation: fast, about: p}, accuracy: {variation: exact, about: a}}");
  REQUIRE(b.resolve("app,_exact"));
  REQUIRE(b.result->targets.size() == 2);
  for (const RootTarget& t : b.result->targets) {
    bool accuracy = t.name == "accuracy";
    CHECK(t.is_default == accuracy);
    CHECK(b.result->at(t.root).env.at("K").value.as_text() == (accuracy ? "exact" : "fast"));
  }
}

TEST_CASE("each binding knows who set it, where, and what it beat") {
  Bench b;
  b.recipe("app", "default_env: {K: weak}\nflags: {k: {env: K, help: a key}}");
  REQUIRE(b.resolve("app --k=strong"));
  const Binding& k = b.the("app").env.at("K");
  CHECK(k.winner.who == "flag --k");
  CHECK(b.sources->describe(k.winner.span).starts_with("command line:1:"));
  REQUIRE(k.beaten.size() == 1);
  CHECK(b.sources->describe(k.beaten[0].span).find("recipes/t/app/recipe.yaml:5:") != std::string::npos);
}

TEST_CASE("what cannot be had says why") {
  Bench b;
  b.recipe("lib", "variations: {x: {missing: it was never published}}");
  b.recipe("app", "deps: [{tags: 'lib,_x'}]");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "missing-recipe");
  CHECK(b.says("it was never published"));
}
