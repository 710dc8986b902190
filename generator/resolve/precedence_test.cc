// Who wins when several set one key: every rank against the next stronger one.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("default_env is the weakest, and holds where nobody else sets the key") {
  Bench b;
  b.recipe("app", "default_env: {K: default_env}");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("app", "K") == "default_env");
}

TEST_CASE("an export of a dep beats default_env, and the recipe's own env beats the export") {
  Bench b;
  b.recipe("lib", "exports: {K: export, L: export}");
  b.recipe("app", "default_env: {K: default_env}\nenv: {L: env}\ndeps: [{tags: lib}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.value("app", "K") == "export");
  CHECK(b.value("app", "L") == "env");
}

TEST_CASE("recipe env < version < default variation < inherited < requested variation < combined < dep env") {
  const std::string order[] = {"env", "version", "default variation", "inherited", "variation", "combined", "dep env"};
  for (size_t strongest = 0; strongest < std::size(order); ++strongest) {
    CAPTURE(order[strongest]);
    auto set = [&](size_t rank) { return rank <= strongest ? "{K: " + order[rank] + "}" : std::string("{OTHER: x}"); };
    Bench b;
    b.recipe("lib", std::string(strongest >= 3 ? "inherits: [K]\n" : "") + "keys: {OTHER: {}}\nenv: " + set(0) +
                        "\nversions: {'1': {env: " + set(1) + "}}\ndefault_version: '1'\nvariations:\n" +
                        "  d: {group: g, default: true, env: " + set(2) + "}\n  x: {env: " + set(4) + "}\n  y: {}\n" +
                        "  x,y: {env: " + set(5) + "}");
    b.recipe("app", "env: {K: inherited}\ndeps: [{tags: 'lib,_x,_y', env: " + set(6) + "}]");
    REQUIRE_MESSAGE(b.resolve("app"), b.diagnostics());
    CHECK(b.value("lib", "K") == order[strongest]);
  }
}

TEST_CASE("preset < flag < --env, all stronger than a requested variation") {
  Bench b;
  b.recipe("app", "flags: {k: {env: K, help: a key}}\nvariations: {x: {env: {K: variation}}}");
  b.presets("  p: {about: a preset, flags: {k: preset}}");
  REQUIRE(b.resolve("app,_x"));
  CHECK(b.value("app", "K") == "variation");
  REQUIRE(b.resolve("app,_x --preset=p"));
  CHECK(b.value("app", "K") == "preset");
  REQUIRE(b.resolve("app,_x --preset=p --k=flag"));
  CHECK(b.value("app", "K") == "flag");
  REQUIRE(b.resolve("app,_x --env.K=word --preset=p --k=flag"));
  CHECK(b.value("app", "K") == "word");
}

TEST_CASE("--adr is the strongest: it beats the dep entry's env and what is inherited from --env") {
  Bench b;
  b.recipe("lib", "inherits: [K]\nenv: {L: own}");
  b.recipe("app", "keys: {K: {}}\ndeps: [{tags: lib, names: [l], env: {L: entry}}]");
  REQUIRE(b.resolve("app --env.K=word --adr.l.env.K=override --adr.l.env.L=override"));
  CHECK(b.value("lib", "K") == "override");
  CHECK(b.value("lib", "L") == "override");
  CHECK(b.value("app", "K") == "word");
}

TEST_CASE("an explicit variation beats a default one, whatever the order of the file") {
  for (const char* first : {"  d: {group: g, default: true, env: {K: default}}\n  x: {env: {K: asked}}",
                            "  x: {env: {K: asked}}\n  d: {group: g, default: true, env: {K: default}}"}) {
    Bench b;
    b.recipe("app", std::string("variations:\n") + first);
    REQUIRE(b.resolve("app,_x"));
    CHECK(b.value("app", "K") == "asked");
  }
}

TEST_CASE("variations without a '#' value come before those with one, then the order requested holds") {
  Bench b;
  b.recipe("app", "variations:\n  'n.#': {env: {K: 'n#'}}\n  x: {env: {K: x}}\n  y: {env: {K: y}}");
  REQUIRE(b.resolve("app,_n.3,_x"));
  CHECK(b.variations("app") == "x n.3");
  CHECK(b.value("app", "K") == "n3");
  REQUIRE(b.resolve("app,_y,_x"));
  CHECK(b.variations("app") == "y x");
  CHECK(b.value("app", "K") == "x");
}

TEST_CASE("of combined variations the one with more parts wins") {
  Bench b;
  b.recipe("app", "variations:\n  x: {}\n  y: {}\n  z: {}\n  'x,y,z': {env: {K: three}}\n  'x,y': {env: {K: two}}");
  REQUIRE(b.resolve("app,_x,_y,_z"));
  CHECK(b.value("app", "K") == "three");
  CHECK(b.variations("app") == "x y z x,y x,y,z");
}

TEST_CASE("two requested variations that give one key different values are a warning that names both") {
  Bench b;
  b.rule("note", "params: {word: {type: text, about: a word}}\nedges: [{id: note, argv: [echo, '${word}'], outputs: {note: note}}]");
  b.recipe("app", "steps: [{id: s, rule: note, word: '${K}'}]\nvariations:\n  x: {env: {K: one}}\n  y: {env: {K: two}}");
  REQUIRE(b.resolve("app,_x,_y"));
  CHECK(b.ids() == "two-values");
  CHECK(b.says("_x"));
  CHECK(b.says("_y"));
  CHECK(b.value("app", "K") == "two");
}

TEST_CASE("a base and its variation, equal values, and a stronger setter give no such warning") {
  Bench b;
  b.rule("note", "params: {word: {type: text, about: a word}}\nedges: [{id: note, argv: [echo, '${word}'], outputs: {note: note}}]");
  b.recipe("app", "flags: {k: {env: K, help: a key}}\nsteps: [{id: s, rule: note, word: '${K:-}'}]\nvariations:\n  base: {env: {K: one}}\n  x: {base: [base], env: {K: two}}\n"
                  "  y: {env: {K: two}}\n  z: {env: {K: three}}");
  REQUIRE(b.resolve("app,_x"));
  CHECK(b.ids() == "");
  REQUIRE(b.resolve("app,_y,_z --k=four"));
  CHECK(b.ids() == "unused-value unused-value");  // what both set, the flag sets
}

TEST_CASE("two combined variations with equally many parts that give one key different values are an error that names both") {
  Bench b;
  b.recipe("app", "variations:\n  x: {}\n  y: {}\n  z: {}\n  'x,y': {env: {K: one}}\n  'y,z': {env: {K: two}}");
  CHECK_FALSE(b.resolve("app,_x,_y,_z"));
  CHECK(b.ids() == "two-values");
  CHECK(b.says("x,y"));
  CHECK(b.says("y,z"));
}

TEST_CASE("two flags that give one key different values are an error; equal values are none") {
  Bench b;
  b.recipe("app", "flags: {one: {env: K, help: a key}, two: {env: K, help: the same key}}");
  CHECK_FALSE(b.resolve("app --one=1 --two=2"));
  CHECK(b.ids() == "flag-conflict");
  CHECK(b.resolve("app --one=1 --two=1"));
}
