#include <doctest/doctest.h>

#include "recipe/load/load.h"

using namespace mlpgen;

namespace {
struct Bench {
  Sources sources;
  Sink sink;
  std::optional<Recipe> load(const std::string& body) {
    return load_recipe(sources, sources.add("r.yaml", "format: 1\nrecipe: r\nabout: x\n" + body),
                       "/x/category/r", sink);
  }
  std::string first() {
    return sink.ok() ? "" : sources.describe(sink.sorted()[0].span) + ": " + sink.sorted()[0].id;
  }
};
std::string refused(const std::string& body) {
  Bench b;
  b.load(body);
  return b.first();
}
}  // namespace

TEST_CASE("a recipe keeps the order and the places of what it says") {
  Bench b;
  auto r = b.load(
      "tags: [get, x]\nvariations:\n  a: {group: g, default: true, env: {K: 1.10}}\n  bs.#: "
      "{group: g, example: '4'}\n"
      "deps:\n  - {tags: 'detect,os', names: [os], enable_if_env: {K: ['1.10']}}\n");
  REQUIRE(r);
  CHECK(r->category == "category");
  CHECK(r->variations[0].env[0].values[0].value == "1.10");
  CHECK(r->find_variation("bs.8.5")->name.value == "bs.#");
  CHECK(r->find_variation("bs.") == nullptr);
  CHECK(r->deps[0].names[0].value == "os");
  CHECK(b.sources.describe(r->deps[0].span) == "r.yaml:9:12");
}

TEST_CASE("what a recipe may not say is refused at its place") {
  CHECK(refused("tag: [a]\n") == "r.yaml:4:1: unknown-key");
  CHECK(refused("variations: {a: {grup: g}}\n") == "r.yaml:4:18: unknown-key");
  CHECK(refused("variations: {a: {group: g, default: true}, b: {group: g, default: true}}\n") ==
        "r.yaml:4:44: two-defaults");
  CHECK(refused("variations: {a: {default: true}}\n") == "r.yaml:4:14: default-without-group");
  CHECK(refused("deps: [{names: [x]}]\n") == "r.yaml:4:8: missing-key");
  CHECK(refused("env: {K: [a]}\n") == "r.yaml:4:10: wrong-type");
  CHECK(refused("steps: [{id: a, rule: x}, {id: a, rule: y}]\n") == "r.yaml:4:32: duplicate-step");
}
