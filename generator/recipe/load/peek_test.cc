#include "recipe/load/peek.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("an entry is read from lists on one line and in blocks, and from nothing else") {
  auto tags_of = [](const std::string& tags) {
    RecipeEntry entry;
    bool read = peek_entry("format: 1\nrecipe: r\n" + tags + "\nabout: x\n", entry);
    return read ? entry.tags : std::vector<std::string>{"not read"};
  };
  CHECK(tags_of("tags: [a, b-c]") == std::vector<std::string>{"a", "b-c"});
  CHECK(tags_of("tags:\n  - a\n  - b-c") == std::vector<std::string>{"a", "b-c"});
  for (const char* tags : {"tags:\n  - a  # why\n  - b", "tags:\n  - \"a\"", "tags: a",
                           "tags:\n- a", "tags:\n  -\n    a", "x: y"})
    CHECK_MESSAGE(tags_of(tags) == std::vector<std::string>{"not read"}, tags);
}

TEST_CASE("the part of a key ends where its indented lines end") {
  CHECK(top_part("a: 1\nb: >-\n  c\n  d\ne: 2\n", "b") == "b: >-\n  c\n  d");
  CHECK(top_part("a: 1\nb: 2", "b") == "b: 2");
  CHECK(top_part("a:\n  b: 2\nbb: 3\n", "b") == "");
}
