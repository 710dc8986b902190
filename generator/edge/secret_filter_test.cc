#include "edge/secret_filter.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("a secret never shows, wherever the text is cut") {
  const std::string text = "begin hunter2 hunterhunter2 hunt end hunter";
  for (size_t first = 0; first <= text.size(); ++first)
    for (size_t second = first; second <= text.size(); ++second) {
      SecretFilter filter({"hunter2"});
      std::string shown = filter.pass(text.substr(0, first));
      shown += filter.pass(text.substr(first, second - first));
      shown += filter.pass(text.substr(second));
      shown += filter.finish();
      CHECK(shown == "begin *** hunter*** hunt end hunter");
    }
}

TEST_CASE("of two secrets that begin alike the longer one is taken out whole") {
  SecretFilter filter({"abc", "abcdef", ""});
  CHECK(filter.pass("x abcdef abc") == "x *** ");
  CHECK(filter.finish() == "***");
}

TEST_CASE("text without secrets passes at once") {
  SecretFilter filter({});
  CHECK(filter.pass("abc") == "abc");
  CHECK(filter.finish() == "");
}
