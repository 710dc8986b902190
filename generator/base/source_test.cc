#include "base/source.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace mlpgen;

TEST_CASE(
    "every offset has the line and column that counting newlines gives; one behind the end is the "
    "end") {
  for (const char* text : {"", "\n", "a", "one\ntwo three\n\nfour\n", "\n\nlast line is open"}) {
    Sources sources;
    sources.add("first", "another\ntext\n");
    SourceId id = sources.add("f", text);
    const std::string& all = sources.text(id);
    for (size_t offset = 0; offset <= all.size() + 3; ++offset) {
      std::string before = all.substr(0, offset);
      Position p = sources.position({id, static_cast<uint32_t>(offset), 1});
      CHECK(p.line == 1 + std::count(before.begin(), before.end(), '\n'));
      CHECK(p.column == before.size() - (before.rfind('\n') + 1) + 1);  // npos + 1 is 0
    }
  }
}

TEST_CASE("a place is named by source, line and column, an unknown one by nothing") {
  Sources sources;
  SourceId id = sources.add("f.yaml", "one\ntwo three\n");
  CHECK(sources.describe({id, 8, 5}) == "f.yaml:2:5");
  CHECK(sources.describe({}) == "");
}
