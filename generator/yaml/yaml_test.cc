#include "yaml/yaml.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {
std::string ids(const std::string& text) {
  Sources sources;
  Sink sink;
  parse_yaml(sources, sources.add("f", text), sink);
  std::string out;
  for (const Diagnostic& d : sink.all()) out += sources.describe(d.span) + ": " + d.id + "\n";
  return out;
}
}  // namespace

TEST_CASE("every value knows its place, quoted or not") {
  Sources sources;
  Sink sink;
  SourceId id = sources.add("f", "a: one\nb: [x, \"y z\"]\nv: 1.10\n");
  auto root = parse_yaml(sources, id, sink);
  REQUIRE(root);
  CHECK(sources.text_of(root->find("a")->span) == "one");
  CHECK(sources.text_of(root->find("b")->items[1].span) == "\"y z\"");
  CHECK(root->find("v")->text == "1.10");
}

TEST_CASE("what is no plain YAML is reported with its place") {
  CHECK(ids("a: [x\n") == "f:2:1: not-yaml\n");
  CHECK(ids("") == "f:1:1: not-yaml\n");
  CHECK(ids("a: 1\na: 2\n") == "f:2:1: duplicate-key\n");
  CHECK(ids("a: &x 1\nb: *x\n") == "f:1:4: not-yaml\nf:2:4: not-yaml\n");
  CHECK(ids(std::string("a: \x01\n")) == "f:1:4: not-text\n");
  CHECK(ids("a: \xff\n") == "f:1:4: not-text\n");
  CHECK(ids("a: \x7f\n") == "f:1:4: not-text\n");
  CHECK(ids("a: 1\n---\nb: 2\n") == "f:1:1: not-yaml\n");
}

TEST_CASE("an escape makes no byte that a text may not hold, in a value or a key") {
  for (const char* escape : {"\\x01", "\\0", "\\e", "\\x7f", "\\u0085"}) {
    CHECK(ids("a: \"x" + std::string(escape) + "\"\n") == "f:1:4: not-text\n");
    CHECK(ids("\"" + std::string(escape) + "\": x\n") == "f:1:1: not-text\n");
  }
  CHECK(ids("a: \"x\\ty\\n\\u00e4\"\n") == "");
  CHECK(ids("a: |\n  one\n  two\n") == "");
}
