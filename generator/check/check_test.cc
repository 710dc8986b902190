#include "check/check.h"

#include <doctest/doctest.h>

#include "resolve/test_bench.h"

namespace mlpgen {
namespace {

// The ids of what is found in the recipes of the bench, sorted by place, with blanks between them.
std::string found(const Bench& b, bool strict = false) {
  Sources sources;
  Sink sink;
  Library library({b.folder}, sources, sink);
  check_library(library, strict, sink);
  std::vector<std::string> ids;
  for (const Diagnostic& d : sink.sorted()) ids.push_back(d.id);
  return join(ids, " ");
}

TEST_CASE("a combined variation of two from one group is unreachable") {
  Bench b;
  b.recipe("app", "variations: {x: {group: g}, y: {group: g}, z: {}, 'x,y': {}, 'x,z': {}}");
  CHECK(found(b) == "unreachable-variation");
}

TEST_CASE("a variation whose base is of its own group is unreachable") {
  Bench b;
  b.recipe("app", "variations: {x: {group: g}, y: {group: g, base: [x]}, z: {base: [x]}}");
  CHECK(found(b) == "unreachable-variation");
}

TEST_CASE("a reference names a step, an output, a probe or a fact that is there") {
  Bench b;
  b.rule("copy",
         "params: {text: {type: text, default: '', about: t}}\nedges: [{id: c, argv: [cp, "
         "'${text}', '${out}/f'], outputs: {data: f}}]")
      .recipe("app", R"(probes: [{id: tool, names: [tool], optional: true}]
variations: {more: {steps: [{id: other, rule: copy, text: "${file.dir}"}]}}
steps:
  - {id: file, rule: copy, text: "${host.kernel} ${tool.path:-}"}
  - {id: second, rule: copy, text: "${fil.data}"}
  - {id: third, rule: copy, text: "${file.dat} ${late:file.date#/x} ${tool.name} ${host.cpus}"}
exports: {CM_X: "${second.data}", CM_Y: "${secnd.data:-}"})");
  CHECK(found(b) == "unset-key unknown-output unknown-output unset-key unset-key unset-key");
}

TEST_CASE("a condition asks only for words that its key can have") {
  Bench b;
  b.recipe("lib").recipe("app", R"(flags: {size: {env: CM_SIZE, choices: [a, b], help: how much}}
deps:
  - {tags: lib, enable_if_env: {CM_SIZE: [b, c]}}
  - {tags: lib, enable_if_env: {CM_SIZE: [d]}}
  - {tags: lib, skip_if_env: {CM_SIZE: [e]}}
  - {tags: lib, enable_if_env: {CM_SIZES: [a]}})");
  CHECK(found(b) == "impossible-condition impossible-condition undeclared-key");
}

TEST_CASE("a dep selects one recipe, with variations that it has") {
  Bench b;
  b.recipe("one", "variations: {x: {group: g}, y: {group: g}, n.#: {}}", "get, one")
      .recipe("two", "", "get, two")
      .recipe("app", R"(variations: {v.#: {deps: [{tags: "get,one,_n.#"}]}}
deps: [{tags: get}, {tags: "get,three"}, {tags: "get,one,_z"}, {tags: "get,one,_x,_y"},
  {tags: "get,one,_x,_n.4"}]
)");
  CHECK(found(b) == "ambiguous-tags unknown-tag unknown-variation group-conflict");
}

TEST_CASE("an inherited key is read; one that is set and not read is told when it is asked for") {
  Bench b;
  b.recipe("lib", "inherits: [CM_A, CM_B]\nexports: {CM_L: '${CM_A:-}'}")
      .recipe("app", "default_env: {CM_A: x, CM_C: y}\ndeps: [{tags: lib}]");
  CHECK(found(b) == "unused-key");
  CHECK(found(b, true) == "unused-key unused-key");
}

TEST_CASE("a preset names what is there") {
  Bench b;
  b.recipe("lib").recipe("app", R"(flags: {size: {env: CM_SIZE, choices: [a, b], help: how much}}
exports: {CM_X: '${CM_SIZE:-}'}
deps: [{tags: lib, names: [handle]}])");
  b.presets(R"(  good: {about: t, recipe: app, flags: {size: a}, adr: {handle: {version: "1"}}}
  bad: {about: t, recipe: app, variations: _none, flags: {size: c, seize: a},
    adr: {candle: {version: "1"}}})");
  CHECK(found(b) == "unknown-variation wrong-value unknown-flag unknown-handle");
}

TEST_CASE(
    "a preset gives a flag what configure takes: several values only where some dep is called for "
    "each") {
  Bench b;
  b.recipe("lib", "inherits: [CM_MANY]\nexports: {CM_L: '${CM_MANY}'}").recipe("app", R"(flags:
  one: {env: CM_ONE, choices: [a, b], help: one}
  whole: {env: CM_WHOLE, choices: ['a,b', c], help: one with a comma}
  many: {env: CM_MANY, choices: [a, b], help: several}
exports: {CM_X: '${CM_ONE:-}${CM_WHOLE:-}'}
deps: [{tags: lib, foreach: [CM_MANY]}])");
  b.presets(
      "  one: {about: t, recipe: app, flags: {one: 'a,b'}}\n  more: {about: t, recipe: app, flags: "
      "{whole: 'a,b', many: 'a,b'}}");
  CHECK(found(b) == "wrong-value");
  CHECK_FALSE(b.resolve("app --preset=one"));
  CHECK(b.ids() == "wrong-value");
  CHECK_MESSAGE(b.resolve("app --preset=more"), b.diagnostics());
}

TEST_CASE("a rule of two roots counts once") {
  Bench first, second;
  for (Bench* b : {&first, &second})
    b->rule("lonely",
            "mode: work\nkind: write\nparams: {}\nedges: [{id: l, argv: [a], outputs: {f: f}}]");
  Sources sources;
  Sink sink;
  Library library({first.folder, second.folder}, sources, sink);
  CheckCounts counts = check_library(library, true, sink);
  CHECK(counts.rules == 1);
  CHECK(counts.unused_rules == 1);
  CHECK(sink.all().size() == 1);
}

TEST_CASE("rules that nobody names, keys without help, downloads without a digest") {
  Bench b;
  b.rule("get", R"(mode: fetch
lock: file
params: {urls: {type: list, about: u}, sha256: {type: text, default: "", about: d},
  name: {type: text, about: n}}
edges: [{id: get, argv: [a], outputs: {f: f}}])");
  b.rule("lonely",
         "mode: work\nkind: write\nparams: {}\nedges: [{id: l, argv: [a], outputs: {f: f}}]");
  b.recipe("app", "keys: {CM_K: {}}\nsteps: [{id: f, rule: get, name: '${CM_K}', urls: [u]}]");
  CHECK(found(b) == "missing-about");
  CHECK(found(b, true) == "missing-about missing-digest unused-rule");
}

}  // namespace
}  // namespace mlpgen
