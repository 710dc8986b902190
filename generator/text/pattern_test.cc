#include "text/pattern.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("the groups of the first match are given") {
  CHECK(*search_groups("version ([0-9]+)[.]([0-9]+)", "a version 1.9, a version 2.0") ==
        std::vector<std::string>{"1", "9"});
  CHECK(*search_groups("^([^\\n]*[^\\s])", "first line \nsecond") ==
        std::vector<std::string>{"first line"});
  CHECK(*search_groups("tool(-beta)? ([0-9]+)", "tool 7") == std::vector<std::string>{"", "7"});
  CHECK(*search_groups("Copyright .* ([0-9]+)", "Copyright \xa9 2020") ==
        std::vector<std::string>{"2020"});  // Latin-1
  CHECK_FALSE(search_groups("version ([0-9]+)", "no number"));
}

TEST_CASE("a pattern that is none says why") {
  CHECK(pattern_fault("([0-9.]+)") == "");
  CHECK(pattern_fault("([0-9.]+") == "missing ): ([0-9.]+");
  CHECK(pattern_fault("(a)(?=b)") == "invalid perl operator: (?=");
  CHECK(pattern_fault("(a{1000000})") == "invalid repetition size: {1000000}");
  CHECK(pattern_fault("[0-9.]+") == "it has no group (...) that holds the version");
  CHECK_FALSE(search_groups("([0-9.]+", "1"));
}

TEST_CASE("a pattern with nested repetitions is searched in linear time") {
  std::string text(200000, 'a');  // a backtracking engine needs 2^200000 steps, or its stack ends
  CHECK_FALSE(search_groups("^((a+)+)+b", text));
  CHECK(search_groups("^((?:a|aa)+)$", text)->front().size() == text.size());
}
