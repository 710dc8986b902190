#include "yaml/ahead.h"

#include <doctest/doctest.h>

#include <random>
#include <vector>

using namespace mlpgen;

namespace {

// A hundred texts, every seventh of which is refused.
void add_texts(Sources& sources) {
  for (int i = 0; i < 100; ++i) {
    std::string text;
    for (int k = 0; k < 50; ++k)
      text += "key" + std::to_string(k) + ": {a: [" + std::to_string(i) + ", 'x y'], b: ${c}}\n";
    sources.add("f" + std::to_string(i), i % 7 ? text : text + "key1: again\n");
  }
}

std::string printed(const Node& n) {
  std::string out = n.text + "@" + std::to_string(n.span.offset);
  for (const Node& i : n.items) out += "," + printed(i);
  for (const auto& [k, v] : n.entries) out += ";" + printed(k) + "=" + printed(v);
  return out;
}

}  // namespace

TEST_CASE("expected or not, in whatever order: take gives what parse_yaml gives") {
  Sources sources;
  add_texts(sources);
  std::mt19937 random(1);
  for (int round = 0; round < 20; ++round) {
    YamlAhead ahead;
    for (uint32_t i = 0; i < 100; ++i)
      if (random() % 4) ahead.expect(SourceId{i}, sources.text(SourceId{i}));
    for (uint32_t n = 0; n < 30; ++n) {  // the others are dropped
      const SourceId id{static_cast<uint32_t>(random() % 100)};
      Sink sink, plain;
      std::optional<Node> root = ahead.take(id, sources.text(id), sink);
      std::optional<Node> same = parse_yaml(sources, id, plain);
      REQUIRE(root.has_value() == same.has_value());
      CHECK(to_text(sink, sources) == to_text(plain, sources));
      if (root) CHECK(printed(*root) == printed(*same));
    }
  }
}

TEST_CASE("what is expected and never taken reports nothing") {
  Sources sources;
  SourceId bad = sources.add("bad", "a: [");
  Sink sink;
  {
    YamlAhead ahead;
    ahead.expect(bad, sources.text(bad));
    ahead.expect(bad, sources.text(bad));
  }
  CHECK(sink.ok());
}
