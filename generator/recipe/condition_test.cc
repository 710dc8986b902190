#include "recipe/condition.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {
bool test(std::vector<std::string> words, std::optional<std::string> value) {
  KeyTest t;
  t.key.value = "K";
  for (auto& w : words) t.words.push_back({w, {}});
  Sink sink;
  classify(t, sink);
  REQUIRE(sink.ok());
  return holds(t, value);
}
std::string refused(std::vector<std::string> words) {
  KeyTest t;
  for (auto& w : words) t.words.push_back({w, {}});
  Sink sink;
  classify(t, sink);
  return sink.ok() ? "" : sink.all()[0].id;
}
}  // namespace

TEST_CASE("true words ask whether a key is on: set, not empty, not a false word") {
  CHECK(test({"yes"}, "gpu"));
  CHECK(test({"True"}, "/some/path"));
  CHECK_FALSE(test({"yes"}, "No"));
  CHECK_FALSE(test({"yes"}, ""));
  CHECK_FALSE(test({"yes"}, std::nullopt));
}

TEST_CASE("false words ask whether a key is off: unset, empty or a false word") {
  CHECK(test({"no", "False", "0"}, std::nullopt));
  CHECK(test({"no"}, "off"));
  CHECK_FALSE(test({"no"}, "full"));
}

TEST_CASE("other words compare exactly") {
  CHECK(test({"cpu", "cuda"}, "cuda"));
  CHECK_FALSE(test({"cpu"}, "CPU"));
  CHECK_FALSE(test({"cpu"}, std::nullopt));
}

TEST_CASE("mixed and empty lists are refused") {
  CHECK(refused({"yes", "cpu"}) == "mixed-condition");
  CHECK(refused({"yes", "no"}) == "mixed-condition");
  CHECK(refused({}) == "empty-condition");
}
