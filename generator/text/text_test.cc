#include "text/text.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("split keeps empty parts and join undoes it") {
  CHECK(split("a,,b", ',') == std::vector<std::string>{"a", "", "b"});
  CHECK(split("", ',').empty());
  CHECK(join(split("a,,b", ','), ",") == "a,,b");
}

TEST_CASE("a quoted word survives the shell") {
  CHECK(shell_quote("a-b=c") == "a-b=c");
  CHECK(shell_quote("") == "''");
  CHECK(shell_quote("it's $x") == "'it'\\''s $x'");
}

TEST_CASE("globs know * and ?") {
  CHECK(matches_glob("*.cc", "a/b.cc"));
  CHECK(matches_glob("a?c", "abc"));
  CHECK_FALSE(matches_glob("a?c", "ac"));
}
