#include "recipe/tags.h"

#include <doctest/doctest.h>

using namespace mlpgen;

TEST_CASE("a tag text is tags, variations, and both kinds of exclusion") {
  Sources sources;
  Sink sink;
  std::string text = "get,dataset,_demo,-_full -virtual,_bs.1.5";
  SourceId id = sources.add("command line", text);
  TagQuery q = parse_tags(text, {id, 0, static_cast<uint32_t>(text.size())}, sink);
  REQUIRE(q.tags.size() == 2);
  CHECK(q.tags[1].value == "dataset");
  CHECK(q.variations[0].value == "demo");
  CHECK(sources.describe(q.variations[0].span) == "command line:1:13");
  CHECK(q.excluded[0].value == "full");
  CHECK(q.not_tags[0].value == "virtual");
  CHECK(q.variations[1].value == "bs.1.5");
  parse_tags("a,_", {id, 0, 3}, sink);
  CHECK(sink.all()[0].id == "wrong-tags");
}
