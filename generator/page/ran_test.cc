// From what tests ran to the state of a recipe.
#include "page/ran.h"

#include "resolve/test_bench.h"

namespace mlpgen {
namespace {

// The state, in words, of the recipe `app` with this body.
std::string state_with(const std::string& body, const std::string& steps) {
  Bench bench;
  bench.recipe("app", body);
  Sources sources;
  Sink sink;
  Library library({bench.folder}, sources, sink);
  const Recipe* recipe = library.recipe("app");
  REQUIRE_MESSAGE(recipe, to_text(sink, sources));
  Result<Ran> ran =
      parse_ran("{\"format\": 1, \"rules\": {}, \"steps\": {\"app\": {" + steps + "}}}");
  REQUIRE(ran.ok());
  return sentence(state_of(*recipe, *ran));
}

const char* const kTwoSteps =
    "variations: {x: {steps: [{id: two, rule: r}]}}\n"
    "steps: [{id: one, rule: r}, {id: no, rule: refuse, reason: never, enable_if_env: {K: "
    "[\"yes\"]}}]\nkeys: {K: {}}";

}  // namespace

TEST_CASE(
    "a recipe is real when tests ran each of its steps, those of variations too; steps that refuse "
    "do not count") {
  CHECK(state_with(kTwoSteps,
                   R"("one": {"e2e": "real"}, "two": {"fetch": "real", "e2e": "stand-in"})") ==
        "real (2 steps, in e2e, fetch)");
  CHECK(state_with(kTwoSteps, R"("one": {"e2e": "real"})") == "shaped (1 of 2 steps ran, in e2e)");
  CHECK(state_with(kTwoSteps, "") == "shaped (no step of 2 ran)");
}

TEST_CASE("a step that only ever fetched stand-ins makes no recipe real") {
  CHECK(state_with(kTwoSteps, R"("one": {"e2e": "real"}, "two": {"fetch": "stand-in"})") ==
        "shaped (2 of 2 steps ran, 1 on stand-ins, in e2e, fetch)");
}

TEST_CASE("what cannot be had says why") {
  CHECK(state_with("missing: withdrawn", "") == "missing: withdrawn");
  CHECK(state_with("steps: [{id: no, rule: refuse, reason: not published}]", "") ==
        "missing: not published");
}

TEST_CASE("a recipe without steps probes or chooses") {
  CHECK(state_with("probes: [{id: p, names: [sh]}]", "") == "probe");
  CHECK(state_with("exports: {K: \"${host.arch}\"}", "") == "probe");
  CHECK(state_with("exports: {K: v}", "") == "dispatcher");
  CHECK(state_with("keys: {K: {}}\nsteps: [{id: no, rule: refuse, reason: not here, enable_if_env: "
                   "{K: [\"yes\"]}}]",
                   "") == "dispatcher (refuses some choices)");
}

TEST_CASE("a damaged record is an error, not an empty one") {
  for (std::string text : {"", "[]", "{\"format\": 2}", "{\"format\": 1}",
                           "{\"format\": 1, \"rules\": 3, \"steps\": {}}",
                           "{\"format\": 1, \"rules\": {}, \"steps\": {\"a\": 1}}"})
    CHECK_MESSAGE(!parse_ran(text).ok(), text);
}

}  // namespace mlpgen
