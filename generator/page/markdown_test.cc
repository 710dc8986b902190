// Markdown that a table survives.
#include "page/markdown.h"

#include <doctest/doctest.h>

#include "page/phrases.h"

namespace mlpgen {

TEST_CASE("a bar ends no cell, in a code span either") {
  CHECK(markdown::plain("a|b `c|d` *.jpg <x>") == "a\\|b `c\\|d` \\*.jpg \\<x>");
  CHECK(markdown::code("text|json") == "`text\\|json`");
  CHECK(markdown::code("") == "");
  CHECK(markdown::code("a `b`") == "`` a `b` ``");
}

TEST_CASE("a column that is empty everywhere is left out, and so is an empty table") {
  markdown::Table t({"a", "b", "c"});
  CHECK(markdown::section("T", t) == "");
  t.add({"1", "", "3"});
  t.add({"", "", "4"});
  CHECK(markdown::section("T", t) == "\n## T\n\n| a | c |\n|---|---|\n| 1 | 3 |\n| | 4 |\n");
}

TEST_CASE("bytes are grouped, with a rounded figure") {
  CHECK(bytes_phrase("148688824") == "148,688,824 bytes (148.7 MB)");
  CHECK(bytes_phrase("1000") == "1,000 bytes (1.0 kB)");
  CHECK(bytes_phrase("999") == "999 bytes");
  CHECK(bytes_phrase("97300000000") == "97,300,000,000 bytes (97.3 GB)");
  CHECK(bytes_phrase("") == "");
  CHECK(bytes_phrase("about 5 GB") == "about 5 GB");
}

TEST_CASE("a condition is a phrase") {
  auto test = [](const char* key, KeyTest::Kind kind, std::vector<Text> words) {
    return KeyTest{{key, {}}, std::move(words), kind};
  };
  Conditions c;
  CHECK(conditions_phrase(c) == "");
  c.enable_all = {test("A", KeyTest::Kind::kEquals, {{"x", {}}, {"y", {}}}),
                  test("B", KeyTest::Kind::kOn, {})};
  c.skip_any = {test("C", KeyTest::Kind::kOff, {}), test("D", KeyTest::Kind::kEquals, {{"z", {}}})};
  CHECK(conditions_phrase(c) == "`A` is `x` or `y` and `B` is on, unless `C` is off or `D` is `z`");
}

}  // namespace mlpgen
