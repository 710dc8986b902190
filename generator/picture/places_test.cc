// Places are those that diagnostics name.
#include "picture/places.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("every place is told as in a diagnostic") {
  Sources sources;
  SourceId id = sources.add("a.yaml", "one\n\nthree: x\nlast");
  Places places(sources);
  for (uint32_t offset = 0; offset <= sources.text(id).size(); ++offset) CHECK(places.of({id, offset, 1}) == sources.describe({id, offset, 1}));
  CHECK(places.of({id, 5, 1}) == "a.yaml:3:1");
  CHECK(places.of({}).empty());
}
