// Which variations are active, and in which order they apply.
#include "resolve/test_bench.h"

using namespace mlpgen;

TEST_CASE("a base stands directly before its variation") {
  Bench b;
  b.recipe("app", "variations:\n  x: {base: [b1, b2]}\n  b1: {base: [b0]}\n  b0: {}\n  b2: {}\n  y: {}");
  REQUIRE(b.resolve("app,_y,_x"));
  CHECK(b.variations("app") == "y b0 b1 b2 x");
}

TEST_CASE("a base that is named by an alias is the variation itself, once") {
  Bench b;
  b.recipe("app", "variations:\n  x: {base: [short]}\n  long: {aliases: [short], env: {K: long}}");
  REQUIRE(b.resolve("app,_x,_long"));
  CHECK(b.variations("app") == "long x");
}

TEST_CASE("an alias selects its variation under the variation's own name") {
  Bench b;
  b.recipe("app", "variations: {float32: {aliases: [fp32]}}");
  REQUIRE(b.resolve("app,_fp32"));
  CHECK(b.variations("app") == "float32");
}

TEST_CASE("the value of a wildcard may hold dots, and so may its name") {
  Bench b;
  b.recipe("app", "variations:\n  'url.#': {env: {U: '#'}}\n  'a.b.#': {env: {N: '#'}}");
  REQUIRE_MESSAGE(b.resolve("app,_url.host.org/x.tar.gz,_a.b.8"), b.diagnostics());
  CHECK(b.value("app", "U") == "host.org/x.tar.gz");
  CHECK(b.value("app", "N") == "8");
}

TEST_CASE("a wildcard's value reaches its bases") {
  Bench b;
  b.recipe("app", "variations:\n  'x.#': {base: ['size.#']}\n  'size.#': {env: {K: 'is #'}}");
  REQUIRE(b.resolve("app,_x.7"));
  CHECK(b.value("app", "K") == "is 7");
}

TEST_CASE("a wildcard without a value is refused") {
  Bench b;
  b.recipe("app", "variations: {'bs.#': {example: '8'}}");
  CHECK_FALSE(b.resolve("app,_bs.#"));
  CHECK(b.ids() == "wildcard-needs-value");
  CHECK(b.says("_bs.8"));
}

TEST_CASE("a second pick from one group is refused at the second word") {
  Bench b;
  b.recipe("app", "variations: {cpu: {group: device, default: true}, cuda: {group: device}}");
  CHECK_FALSE(b.resolve("app,_cpu,_cuda"));
  CHECK(b.ids() == "group-conflict");
  CHECK(b.says("command line:1:"));
}

TEST_CASE("a group's default gives way to what was asked for, and to nothing when it is excluded") {
  Bench b;
  b.recipe("app", "variations: {cpu: {group: device, default: true}, cuda: {group: device}}");
  REQUIRE(b.resolve("app"));
  CHECK(b.variations("app") == "cpu");
  REQUIRE(b.resolve("app,_cuda"));
  CHECK(b.variations("app") == "cuda");
  REQUIRE(b.resolve("app,-_cpu"));
  CHECK(b.variations("app") == "");
}

TEST_CASE("what is asked for and excluded at once is refused") {
  Bench b;
  b.recipe("app", "variations: {x: {}}");
  CHECK_FALSE(b.resolve("app,_x,-_x"));
  CHECK(b.ids() == "excluded-variation");
}

TEST_CASE("default_variations of an active variation come before the group's own default, and behind a request") {
  Bench b;
  b.recipe("app", "variations:\n  onnx: {group: backend, default: true}\n  tf: {group: backend}\n  torch: {group: backend}\n"
                  "  bert: {default_variations: {backend: tf}}");
  REQUIRE(b.resolve("app,_bert"));
  CHECK(b.variations("app") == "tf bert");
  REQUIRE(b.resolve("app,_bert,_torch"));
  CHECK(b.variations("app") == "bert torch");
}

TEST_CASE("a combined variation applies when all its parts are active, defaults included, and cannot be asked for") {
  Bench b;
  b.recipe("app", "variations:\n  cpu: {group: device, default: true}\n  x: {}\n  'x,cpu': {env: {K: both}}");
  REQUIRE(b.resolve("app,_x"));
  CHECK(b.value("app", "K") == "both");
}

TEST_CASE("a part of a combined variation may be a wildcard") {
  Bench b;
  b.recipe("app", "variations:\n  'bs.#': {}\n  x: {}\n  'x,bs.#': {env: {K: both}}");
  REQUIRE(b.resolve("app,_x,_bs.4"));
  CHECK(b.value("app", "K") == "both");
}

TEST_CASE("a flag with `selects` chooses the variation, and contradicts another word of the group") {
  Bench b;
  b.recipe("app", "flags: {device: {env: DEVICE, selects: device, help: where}}\n"
                  "variations: {cpu: {group: device, default: true}, cuda: {group: device, env: {K: gpu}}}");
  REQUIRE(b.resolve("app --device=cuda"));
  CHECK(b.variations("app") == "cuda");
  CHECK_FALSE(b.resolve("app,_cpu --device=cuda"));
  CHECK(b.ids() == "group-conflict");
}

TEST_CASE("an inherited key that selects does so in place of the callee's default, but not of a requested variation") {
  Bench b;
  b.recipe("lib", "inherits: [DEVICE]\nflags: {device: {env: DEVICE, selects: device, help: where}}\n"
                  "variations: {cpu: {group: device, default: true}, cuda: {group: device}, rocm: {group: device}}");
  b.recipe("app", "env: {DEVICE: cuda}\ndeps: [{tags: lib}]");
  b.recipe("other", "env: {DEVICE: cuda}\ndeps: [{tags: 'lib,_rocm'}]");
  REQUIRE(b.resolve("app"));
  CHECK(b.variations("lib") == "cuda");
  REQUIRE(b.resolve("other"));
  CHECK(b.variations("lib") == "rocm");
}

TEST_CASE("a combination that the recipe calls invalid is refused, and only valid ones are taken where it lists them") {
  Bench b;
  b.recipe("app", "variations: {x: {}, y: {}, z: {}}\ninvalid_variation_combinations: [[x, y]]");
  CHECK(b.resolve("app,_x,_z"));
  CHECK_FALSE(b.resolve("app,_x,_y"));
  CHECK(b.ids() == "invalid-combination");
  b.recipe("app", "variations: {x: {}, y: {}, z: {}}\nvalid_variation_combinations: [[x, y]]");
  CHECK(b.resolve("app,_x,_y"));
  CHECK_FALSE(b.resolve("app,_x,_z"));
  CHECK(b.ids() == "unsupported-combination");
}
