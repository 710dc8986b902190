#include "command/request/words.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

struct Read {
  Sources sources;
  Sink sink;
  Request request;
  explicit Read(const std::vector<std::string>& words) {
    request = parse_request(words, sources, sink);
  }
  std::string place(Span s) const { return std::string(sources.text_of(s)); }
};

}  // namespace

TEST_CASE("tags, variations and exclusions may stand in several words") {
  Read r({"app,mlperf", "_cpp,_demo", "-_full", "inference"});
  CHECK(r.sink.ok());
  REQUIRE(r.request.root.tags.size() == 3);
  CHECK(r.request.root.tags[2].value == "inference");
  REQUIRE(r.request.root.variations.size() == 2);
  CHECK(r.request.root.variations[1].value == "demo");
  REQUIRE(r.request.root.excluded.size() == 1);
  CHECK(r.request.root.excluded[0].value == "full");
  CHECK(r.place(r.request.root.variations[1].span) == "_demo");
}

TEST_CASE("a flag without a value is yes, and each part knows its place") {
  Read r({"--quiet", "--model=a=b"});
  REQUIRE(r.request.flags.size() == 2);
  CHECK(r.request.flags[0].second.value == "yes");
  CHECK(r.request.flags[1].first.value == "model");
  CHECK(r.request.flags[1].second.value == "a=b");
  CHECK(r.place(r.request.flags[1].second.span) == "a=b");
}

TEST_CASE("--env sets a key, --preset names one") {
  Read r({"--env.CM_X=1", "--env.+CM_PATHS=/a", "--preset=demo"});
  REQUIRE(r.request.env.size() == 2);
  CHECK(r.request.env[0].key.value == "CM_X");
  CHECK_FALSE(r.request.env[0].is_list);
  CHECK(r.request.env[1].is_list);
  REQUIRE(r.request.presets.size() == 1);
  CHECK(r.request.presets[0].value == "demo");
}

TEST_CASE("each --adr word is an override of its own, in the order of the words") {
  Read r({"--adr.compiler.tags=gcc,_old,-_new,-llvm", "--adr.compiler.version_min=12",
          "--adr.compiler.env.CM_Y=2", "--adr.a.b.version=3"});
  CHECK(r.sink.ok());
  REQUIRE(r.request.overrides.size() == 4);
  const Override& o = r.request.overrides[0];
  CHECK(o.handle.value == "compiler");
  CHECK(o.tags.tags[0].value == "gcc");
  CHECK(o.tags.variations[0].value == "old");
  CHECK(o.tags.excluded[0].value == "new");
  CHECK(o.tags.not_tags[0].value == "llvm");
  CHECK(r.request.overrides[1].version.min->value == "12");
  CHECK(r.request.overrides[2].env[0].key.value == "CM_Y");
  CHECK(r.request.overrides[3].handle.value == "a.b");
}

TEST_CASE("--version words are the root's") {
  Read r({"get,python3", "--version_min=3.8", "--version_max=3.13"});
  CHECK(r.request.version.min->value == "3.8");
  CHECK(r.request.version.max->value == "3.13");
  CHECK(r.request.flags.empty());
}

TEST_CASE("words that say nothing are refused with what to write") {
  Read field({"--adr.compiler.tag=gcc"}), nameless({"--=x"});
  REQUIRE(field.sink.all().size() == 1);
  CHECK(field.sink.all()[0].id == "wrong-word");
  CHECK(field.sink.all()[0].help == "did you mean 'tags'?");
  REQUIRE(nameless.sink.all().size() == 1);
  CHECK(nameless.sink.all()[0].id == "wrong-word");
}

TEST_CASE("a byte that no text may hold is refused where it stands") {
  for (const char* word : {"--model=a\x01", "--env.K=\xff", "a\nb", "_v\x7f"}) {
    Read bad({"app", word});
    REQUIRE(bad.sink.all().size() == 1);
    CHECK(bad.sink.all()[0].id == "not-text");
    CHECK(bad.sink.all()[0].span.offset >= 4);
  }
}
