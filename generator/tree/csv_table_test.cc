#include "tree/csv_table.h"

#include <doctest/doctest.h>

using namespace mlpgen::submission;

namespace {

std::string typed(std::string_view text) {
  auto table = parse_csv(text, "t.csv");
  return table ? to_typed_json(*table).dump() : table.error().message;
}

}  // namespace

TEST_CASE("columns are typed as a whole") {
  CHECK(typed("a,b,c,d\n\"1\",\"1.5\",\"True\",\"x\"\n") ==
        R"({"0":{"a":1,"b":1.5,"c":true,"d":"x"}})");
  CHECK(typed("a\n\"1\"\n\"x\"\n") == R"({"0":{"a":"1"},"1":{"a":"x"}})");
  CHECK(typed("a\n\"1\"\n\"2.5\"\n") == R"({"0":{"a":1.0},"1":{"a":2.5}})");
}

TEST_CASE("empty cells and N/A are null, and make whole numbers to numbers") {
  CHECK(typed("a,b\n\"\",\"N/A\"\n") == R"({"0":{"a":null,"b":null}})");
  CHECK(typed("a\n\"1\"\n\"\"\n") == R"({"0":{"a":1.0},"1":{"a":null}})");
}

TEST_CASE("commas, line ends and quotes inside a cell") {
  CHECK(typed("a,b\n\"x, y\",\"1\n2\"\n") == R"({"0":{"a":"x, y","b":"1\n2"}})");
  CHECK(typed("a\n\"say \"\"hi\"\"\"\n") == R"({"0":{"a":"say \"hi\""}})");
  CHECK(typed("a,b\n\"say \"hi\" to\",\"1\"\n") == R"({"0":{"a":"say \"hi\" to","b":1}})");
}

TEST_CASE("a table of another width is told") {
  CHECK(typed("a,b\n\"1\"\n") == "t.csv: row 1 has 1 cells; the header has 2");
  CHECK(typed("") == "t.csv is empty");
  CHECK(typed("a,b\n") == "{}");
}
