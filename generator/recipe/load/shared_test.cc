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
};
std::vector<std::string> refused(const std::string& body) {
  Bench b;
  b.load(body);
  std::vector<std::string> all;
  for (const Diagnostic& d : b.sink.sorted())
    all.push_back(b.sources.describe(d.span) + ": " + d.id);
  return all;
}
using Lines = std::vector<std::string>;
}  // namespace

TEST_CASE(
    "a step has what it says and what the shared parts say that it takes, each with its place") {
  Bench b;
  auto r = b.load(
      "variations: {v: {steps: [{id: of-v, with: both}]}}\n"
      "shared:\n  one: {rule: x, a: 1, enable_if_env: {K: [w]}}\n  both: {with: [one], b: [2, 3]}\n"
      "steps: [{id: s, with: [both, one], c: {d: 4}}]\n");
  REQUIRE(r);
  const RecipeStep& s = r->steps[0];
  CHECK(s.rule.value == "x");
  CHECK(s.when.enable_all[0].key.value == "K");
  REQUIRE(s.params.size() == 3);
  CHECK(b.sources.describe(s.params[2].name.span) == "r.yaml:6:18");
  CHECK(r->variations[0].steps[0].params.size() == 2);
}

TEST_CASE("what shared parts may not say is refused at its place") {
  CHECK(refused("shared: {p: {id: a}}\nsteps: [{id: s, rule: x, with: p}]\n")[0] ==
        "r.yaml:4:14: unknown-key");
  CHECK(refused("shared: {p: word}\nsteps: [{id: s, rule: x, with: p}]\n") ==
        Lines{"r.yaml:4:13: wrong-type"});
  CHECK(refused("steps: [{id: s, rule: x, with: p}]\n") == Lines{"r.yaml:4:32: unknown-part"});
  CHECK(refused("shared: {p: {a: 1}, q: {a: 1}}\nsteps: [{id: s, rule: x, with: [p, q]}]\n") ==
        Lines{"r.yaml:4:14: given-twice"});
  CHECK(refused("shared: {p: {with: p}}\nsteps: [{id: s, rule: x, with: p}]\n") ==
        Lines{"r.yaml:4:20: shared-cycle"});
  CHECK(refused("shared: {p: {a: 1}, q: {with: p}}\nsteps: [{id: s, rule: x}]\n") ==
        Lines{"r.yaml:4:10: unused-part", "r.yaml:4:21: unused-part"});
}
