// Which words of a request change something.
#include "resolve/uses.h"

#include "resolve/test_bench.h"

using namespace mlpgen;

namespace {

const char* kNote =
    "params: {word: {type: text, about: a word, default: ''}}\nedges: [{id: note, argv: [echo, "
    "'${word}'], outputs: {note: note}}]";

}  // namespace

TEST_CASE("what is read for something used is used, at any distance, and a circle ends") {
  Uses uses;
  int a = uses.add_frame(), b = uses.add_frame();
  uses.reads(a, "step s", a, "K");
  uses.reads(a, "K", b, "export L");
  uses.reads(b, "export L", b, "L");
  uses.reads(b, "L", a, "K");
  uses.reads(b, "export M", b, "M");
  uses.use(a, "step s");
  uses.finish();
  CHECK(uses.is_used(a, "K"));
  CHECK(uses.is_used(b, "L"));
  CHECK_FALSE(uses.is_used(b, "M"));
  CHECK_FALSE(uses.is_used(a, "never read"));
}

TEST_CASE(
    "a key counts where a step of a target needs what a dep makes of it, not where only an export "
    "reads it") {
  Bench b;
  b.rule("note", kNote);
  b.recipe("lib",
           "inherits: [CM_A, CM_B]\nsteps: [{id: a, rule: note, word: '${CM_A:-}'}, {id: b, rule: "
           "note, word: '${CM_B:-}'}]\n"
           "exports: {CM_LIB_A: '${a.note}', CM_LIB_B: '${b.note}'}");
  b.recipe("app",
           "flags: {a: {env: CM_A, help: h}, b: {env: CM_B, help: h}}\ndeps: [{tags: lib}]\n"
           "steps: [{id: s, rule: note, target: main, word: '${CM_LIB_A}'}]\ntargets: {main: "
           "{about: m}}");
  REQUIRE_MESSAGE(b.resolve("app --a=1 --b=2"), b.diagnostics());
  CHECK(b.ids() == "unused-value");
  CHECK(b.says("--b sets 'CM_B'"));
}

TEST_CASE("the target `all` makes every step, whether the recipe declares it or has no targets") {
  for (const char* targets :
       {"", "targets: {all: {about: a}}", "targets: {all: {about: a}, part: {about: p}}"}) {
    CAPTURE(targets);
    Bench b;
    b.rule("note", kNote);
    b.recipe("app",
             "flags: {a: {env: CM_A, help: h}}\nsteps: [{id: s, rule: note, word: '${CM_A}'}]\n" +
                 std::string(targets));
    REQUIRE_MESSAGE(b.resolve("app --a=1"), b.diagnostics());
    CHECK(b.ids().empty());
  }
}

TEST_CASE("a key in a condition counts only where its test decides") {
  Bench b;
  b.rule("note", kNote);
  b.recipe("lib", "steps: [{id: s, rule: note}]");
  b.recipe("app",
           "flags: {a: {env: CM_A, help: h}, b: {env: CM_B, help: h}}\ndeps: [{tags: lib, "
           "enable_if_env: {CM_A: [x]}, skip_if_env: {CM_B: ['yes']}}]");
  REQUIRE(b.resolve("app --a=y --b=yes"));
  CHECK(b.ids() == "unused-value");
  CHECK(b.says("--b sets 'CM_B'"));
  REQUIRE(b.resolve("app --a=x --b=no"));
  CHECK(b.ids().empty());
}

TEST_CASE(
    "a variation counts by its keys, its deps, what it displaces, and the combined variation that "
    "it is a part of") {
  Bench b;
  b.rule("note", kNote);
  b.recipe("lib",
           "variations: {big: {env: {CM_BIG: 'yes'}}}\ndefault_env: {CM_BIG: 'no'}\nsteps: [{id: "
           "s, rule: note, word: '${CM_BIG}'}]");
  b.recipe(
      "app",
      "default_env: {CM_K: none}\nsteps: [{id: s, rule: note, word: '${CM_K}'}]\nvariations:\n  "
      "plain: {group: g, default: true, env: {CM_K: plain}}\n"
      "  other: {group: g}\n  lib: {deps: [{tags: lib, names: [lib]}]}\n  big: {adr: {lib: {tags: "
      "_big}}}\n  half: {}\n  bs.#: {env: {CM_SIZE: '#'}}\n  half,lib: {env: {CM_K: both}}");
  for (const char* words :
       {"app,_plain", "app,_other", "app,_lib", "app,_lib,_big", "app,_half,_lib"}) {
    REQUIRE_MESSAGE(b.resolve(words), b.diagnostics());
    CHECK_MESSAGE(b.ids().empty(), words);
  }
  for (const char* words : {"app,_big", "app,_half", "app,_bs.8"}) {
    REQUIRE_MESSAGE(b.resolve(words), b.diagnostics());
    CHECK_MESSAGE(b.ids() == "unused-value", words);
  }
  CHECK(b.says("_bs.8 changes nothing in this request: nothing reads what it sets (CM_SIZE)"));
}
