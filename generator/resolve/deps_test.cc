// What goes down to deps and comes up from them, in which order, and how --adr changes them.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("only keys that are inherited by name go down") {
  Bench b;
  b.recipe("lib", "inherits: [A]");
  b.recipe("app", "env: {A: a, B: b}\ndeps: [{tags: lib}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("lib", "A") == "a");
  CHECK(b.value("lib", "B") == "(unset)");
}

TEST_CASE("flags and --env set the root alone") {
  Bench b;
  b.recipe("lib", "keys: {A: {}}");
  b.recipe("app", "keys: {A: {}}\ndeps: [{tags: lib}]");
  REQUIRE(b.resolve("app --env.A=1"));
  CHECK(b.value("app", "A") == "1");
  CHECK(b.value("lib", "A") == "(unset)");
}

TEST_CASE("only exports come up, and not those of a dep's dep") {
  Bench b;
  b.recipe("deep", "exports: {DEEP: 1}");
  b.recipe("lib", "env: {HIDDEN: 1}\nexports: {SHOWN: 1}\ndeps: [{tags: deep}]");
  b.recipe("app", "deps: [{tags: lib}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("app", "SHOWN") == "1");
  CHECK(b.value("app", "HIDDEN") == "(unset)");
  CHECK(b.value("app", "DEEP") == "(unset)");
}

TEST_CASE("lists merge in the order of the deps, each item once") {
  Bench b;
  b.recipe("one", "exports: {+L: [a, b]}");
  b.recipe("two", "exports: {+L: [b, c]}");
  b.recipe("app", "env: {+L: [z, a]}\ndeps: [{tags: two}, {tags: one}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("app", "+L") == "b c a z");
}

TEST_CASE("lists keep the order of the text when a condition makes the first dep wait for the second") {
  Bench b;
  b.recipe("one", "exports: {+L: [one]}");
  b.recipe("two", "exports: {+L: [two], READY: yes}");
  b.recipe("app", "deps:\n  - {tags: one, enable_if_env: {READY: [yes]}}\n  - {tags: two}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.value("app", "+L") == "one two");
}

TEST_CASE("a condition over an export of a later dep is evaluated after that dep") {
  Bench b;
  b.recipe("extra");
  b.recipe("other");
  b.recipe("probe", "exports: {KIND: fast}");
  b.recipe("app", "deps:\n  - {tags: extra, enable_if_env: {KIND: [fast]}}\n  - {tags: other, enable_if_env: {KIND: [slow]}}\n  - {tags: probe}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("extra").size() == 1);
  CHECK(b.all("other").empty());
  CHECK(b.the("app").deps[0].enabled);
  CHECK(b.the("app").deps[1].why == "KIND is 'fast', asked for: slow");
}

TEST_CASE("deps that wait for each other's exports are an error that shows both") {
  Bench b;
  b.recipe("one", "exports: {A: yes}");
  b.recipe("two", "exports: {B: yes}");
  b.recipe("app", "deps:\n  - {tags: one, enable_if_env: {B: [yes]}}\n  - {tags: two, enable_if_env: {A: [yes]}}");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "order-cycle");
}

TEST_CASE("a recipe that depends on itself is an error that shows the way") {
  Bench b;
  b.recipe("one", "deps: [{tags: two}]");
  b.recipe("two", "deps: [{tags: one}]");
  CHECK_FALSE(b.resolve("one"));
  CHECK(b.ids() == "dep-cycle");
}

TEST_CASE("equal instances are one, however many ask; different env makes two") {
  Bench b;
  b.recipe("lib", "keys: {SIZE: {}}");
  b.recipe("one", "deps: [{tags: lib, env: {SIZE: 1}}]");
  b.recipe("two", "deps: [{tags: lib, env: {SIZE: 1}}]");
  b.recipe("three", "deps: [{tags: lib, env: {SIZE: 3}}]");
  b.recipe("app", "deps: [{tags: one}, {tags: two}, {tags: three}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.all("lib").size() == 2);
  CHECK(b.all("lib")[0]->asked_by.size() == 2);
}

TEST_CASE("--adr reaches a dep at depth three, under a name with dots and dashes") {
  Bench b;
  b.recipe("deep", "variations: {small: {group: size, default: true}, large: {group: size}}\nkeys: {K: {}}");
  b.recipe("c", "deps: [{tags: deep, names: [my.deep-one]}]");
  b.recipe("b", "deps: [{tags: c}]");
  b.recipe("app", "deps: [{tags: b}]");
  REQUIRE(b.resolve("app --adr.my.deep-one.tags=_large --adr.my.deep-one.env.K=v"));
  CHECK(b.variations("deep") == "large");
  CHECK(b.value("deep", "K") == "v");
}

TEST_CASE("--adr.NAME.tags replaces the variation of its group, also one that the dep entry asks for") {
  Bench b;
  b.recipe("lib", "variations: {small: {group: size, default: true}, large: {group: size}, huge: {group: size}, x: {}}");
  b.recipe("app", "deps: [{tags: 'lib,_large', names: [l]}]");
  REQUIRE(b.resolve("app --adr.l.tags=_huge,_x"));
  CHECK(b.variations("lib") == "huge x");
}

TEST_CASE("an override from outside beats one of a variation below it") {
  Bench b;
  b.recipe("lib", "variations: {small: {group: size}, large: {group: size}, huge: {group: size}}");
  b.recipe("app", "variations: {v: {adr: {l: {tags: _large}}}}\ndeps: [{tags: lib, names: [l]}]");
  REQUIRE_MESSAGE(b.resolve("app,_v"), b.diagnostics());
  CHECK(b.variations("lib") == "large");
  REQUIRE_MESSAGE(b.resolve("app,_v --adr.l.tags=_huge"), b.diagnostics());
  CHECK(b.variations("lib") == "huge");
}

TEST_CASE("--adr.NAME.tags=-_x and -tag take away what the dep entry says") {
  Bench b;
  b.recipe("lib", "variations: {x: {}}", "lib, one");
  b.recipe("lib2", "", "lib, two");
  b.recipe("app", "deps: [{tags: 'lib,one,_x', names: [l]}]");
  REQUIRE(b.resolve("app --adr.l.tags=-_x"));
  CHECK(b.variations("lib") == "");
  REQUIRE(b.resolve("app --adr.l.tags=-one,-_x,two"));
  CHECK(b.all("lib2").size() == 1);
  CHECK(b.all("lib").empty());
}

TEST_CASE("tags that no recipe has after an override name the override's own words") {
  Bench b;
  b.recipe("lib", "", "lib, one");
  b.recipe("other", "", "two");
  b.recipe("app", "deps: [{tags: 'lib,one', names: [l]}]");
  CHECK_FALSE(b.resolve("app --adr.l.tags=two"));
  CHECK(b.says("an override added: two"));
}

TEST_CASE("a handle that no dep carries is an error with a suggestion") {
  Bench b;
  b.recipe("lib");
  b.recipe("app", "deps: [{tags: lib, names: [compiler]}]");
  CHECK_FALSE(b.resolve("app --adr.compilr.tags=_x"));
  CHECK(b.ids() == "unknown-handle");
  CHECK(b.says("compiler"));
}

TEST_CASE("a dep of a variation with the same names takes the recipe's dep's place") {
  Bench b;
  b.recipe("one");
  b.recipe("two");
  b.recipe("app", "deps: [{tags: one, names: [l]}]\nvariations: {x: {deps: [{tags: two, names: [l]}]}}");
  REQUIRE(b.resolve("app,_x"));
  CHECK(b.all("one").empty());
  CHECK(b.all("two").size() == 1);
}

TEST_CASE("keys and prefixes add words to a dep's tags, and variations are handed on where the dep says so") {
  Bench b;
  b.recipe("lib", "variations: {cpu: {}, x: {}, y: {group: g}}", "lib, fast");
  b.recipe("app", "env: {KIND: fast, DEVICE: cpu}\nvariations: {x: {}, y: {group: g}}\n"
                  "deps: [{tags: lib, update_tags_from_env: [KIND], update_tags_from_env_with_prefix: {_: [DEVICE]}, "
                  "inherit_variation_tags: true, skip_inherit_variation_groups: [g]}]");
  REQUIRE_MESSAGE(b.resolve("app,_x,_y"), b.diagnostics());
  CHECK(b.variations("lib") == "cpu x");
}

TEST_CASE("a condition on a key that nothing declares is an error with a suggestion") {
  Bench b;
  b.recipe("lib");
  b.recipe("app", "default_env: {KIND: fast}\ndeps: [{tags: lib, enable_if_env: {KINT: [fast]}}]");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "undeclared-key");
  CHECK(b.says("KIND"));
}

TEST_CASE("a dep is not read where the part of its condition that is known turns it off") {
  Bench b;
  b.recipe("damaged", "nonsense: 1");
  b.recipe("lib", "inherits: [LATER]");
  b.recipe("app", "env: {KIND: slow}\nkeys: {LATER: {}}\n"
                  "deps:\n  - {tags: damaged, enable_if_env: {KIND: [fast]}, skip_if_env: {LATER: [yes]}}\n"
                  "  - {tags: damaged, skip_if_any_env: {KIND: [slow], LATER: [yes]}}\n  - {tags: lib}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("damaged").empty());
  CHECK(b.all("lib").size() == 1);
}

TEST_CASE("a dep is not read where an export of another turns it off") {
  Bench b;
  b.recipe("damaged", "nonsense: 1");
  b.recipe("probe", "exports: {KIND: slow}");
  b.recipe("app", "deps: [{tags: damaged, enable_if_env: {KIND: [fast]}}, {tags: probe}]");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("damaged").empty());
}

TEST_CASE("conditions that need all of their tests wait for those that are not known yet") {
  Bench b;
  b.recipe("probe", "exports: {LATER: yes}");
  for (const char* id : {"any", "all", "other"}) b.recipe(id);
  b.recipe("app", "env: {NOW: no}\ndeps:\n  - {tags: any, enable_if_any_env: {NOW: [yes], LATER: [yes]}}\n"
                  "  - {tags: all, skip_if_env: {NOW: [no], LATER: [yes]}}\n"
                  "  - {tags: other, skip_if_env: {NOW: [no], LATER: [no]}}\n  - {tags: probe}");
  REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
  CHECK(b.all("any").size() == 1);
  CHECK(b.all("all").empty());
  CHECK(b.all("other").size() == 1);
}

TEST_CASE("every key of a condition must be declared, also where another one turns the dep off") {
  Bench b;
  b.recipe("lib");
  b.recipe("app", "env: {KIND: slow}\ndeps: [{tags: lib, enable_if_env: {KIND: [fast], NOBODY: [x]}}]");
  CHECK_FALSE(b.resolve("app"));
  CHECK(b.ids() == "undeclared-key");
  CHECK(b.says("NOBODY"));
}
