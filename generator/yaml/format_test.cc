#include "yaml/format.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {
std::string formed(const std::string& text, const std::vector<std::string>& order = {}) {
  Sources sources;
  Sink sink;
  std::optional<std::string> out = format_yaml(sources, sources.add("f", text), order, sink);
  return out ? *out : to_text(sink, sources);
}
}  // namespace

TEST_CASE("spaces have one form, lists and maps stay on their line or in their block") {
  CHECK(formed("a:   1\nb:\n    c: {d: e,f: [g,  h] }\n    i:\n    - j\n    -   k:  l\n        m: "
               "n\n\n\n\no: []") ==
        "a: 1\nb:\n  c: {d: e, f: [g, h]}\n  i:\n    - j\n    - k: l\n      m: n\n\no: []\n");
  CHECK(formed("a: [b,\n  c,\n  d]\n") == "a: [b, c, d]\n");
  CHECK(formed("- - a\n  - b\n-\n  - c\n") == "- - a\n  - b\n- - c\n");
  CHECK(formed("a:\nb: {}\nc: {d: }\n") == "a:\nb: {}\nc: {d: }\n");
}

TEST_CASE("quotes are kept, double ones where they can be") {
  CHECK(formed("a: 'x'\nb: \"y\"\nc: 'say \"hi\"'\nd: 'it''s'\n'e f': g\n") ==
        "a: \"x\"\nb: \"y\"\nc: 'say \"hi\"'\nd: \"it's\"\n\"e f\": g\n");
  CHECK(formed("a: one\n  two\nb: \"one\n  two\"\nc: null\nd: ~\n") ==
        "a: one two\nb: \"one two\"\nc: null\nd: ~\n");
  CHECK(formed("a: |\n      one\n        two\n      # no comment\nb: >-\n  three\n  four\nc: |+\n  "
               "five\n\n") ==
        "a: |\n  one\n    two\n  # no comment\nb: \"three four\"\nc: \"five\\n\\n\"\n");
}

TEST_CASE("comments stay with what they stand above or behind") {
  CHECK(formed("# head\n\na: 1 # one\n# of b\nb:   # behind b\n      # of c\n      c: d\n      # "
               "end of b\n# of e\ne:\n- # of x\n  x: y\n# end\n") ==
        "# head\n\na: 1  # one\n# of b\nb:  # behind b\n  # of c\n  c: d\n  # end of b\n# of "
        "e\ne:\n  # of x\n  - x: y\n# end\n");
  CHECK(formed("a: [b, # of b\n  c]\nd: 'x # y' # z\n") ==
        "a:\n  - b  # of b\n  - c\nd: \"x # y\"  # z\n");
  CHECK(formed("a:\n  # why\n  b\nc: d\n") == "a: b\n# why\nc: d\n");
}

TEST_CASE("what is wider than 100 columns stands on several lines") {
  const std::string word(60, 'w'), two = word + " " + word;
  CHECK(formed("a: [" + word + ", {b: " + word + "}]\n") ==
        "a:\n  - " + word + "\n  - {b: " + word + "}\n");
  CHECK(formed("- {a: " + word + ", b: [" + two + ", c]}\n") ==
        "- a: " + word + "\n  b:\n    - >-\n      " + word + "\n      " + word + "\n    - c\n");
  CHECK(formed("a:\n  b: \"" + two + "\"  # why\n") ==
        "a:\n  # why\n  b: >-\n    " + word + "\n    " + word + "\n");
  CHECK(formed("a: b\n\nc: " + word + "  # " + word + "\n") ==
        "a: b\n\n# " + word + "\nc: " + word + "\n");
  CHECK(formed("a: " + word + word + "\n") == "a: " + word + word + "\n");
  const std::string alone(98, 'y');
  CHECK(formed("a: " + alone + "\n") == "a: >-\n  " + alone + "\n");
  CHECK(formed("- '" + alone + "'\n") == "- >-\n  " + alone + "\n");
  CHECK(formed("# " + two + "\na: '" + two + "'\n") ==
        "# " + word + "\n# " + word + "\na: >-\n  " + word + "\n  " + word + "\n");
  CHECK(formed("a: >-\n  b\n  c\n") == "a: \"b c\"\n");
  const std::string fits(98, 'x');
  CHECK(formed("a: \"b " + fits.substr(4) + "\"\n") == "a: >-\n  b " + fits.substr(4) + "\n");
}

TEST_CASE("top-level keys stand in the order asked for, each with its comments") {
  std::vector<std::string> order = {"format", "rule", "about"};
  CHECK(formed("# yaml-language-server: $schema=s\n# of about\nabout: x  # y\nother: z\n# of "
               "format\nformat: 1\nrule: r\n",
               order) ==
        "# yaml-language-server: $schema=s\n# of format\nformat: 1\nrule: r\n# of about\nabout: x  "
        "# y\nother: z\n");
  CHECK(formed("# head\n\nabout:\n  - x\n  # end of about\n\n# of rule\nrule: r\n", order) ==
        "# head\n\n# of rule\nrule: r\n\nabout:\n  - x\n  # end of about\n");
}

TEST_CASE("what a file says does not depend on its form, its comments and the order of its keys") {
  auto says = [](const std::string& text) {
    Sources sources;
    Sink sink;
    return said(*parse_yaml(sources, sources.add("f", text), sink));
  };
  CHECK(says("a: [b, c]\nd: \"e\"\n") == says("# x\nd:   e\na:\n- b\n- c\n"));
  CHECK(says("a: [b, c]\n") != says("a: [c, b]\n"));
  CHECK(says("a: [b]\n") != says("a: b\n"));
  CHECK(says("a:\n") != says("a: \"\"\n"));
  CHECK(says("ab: c\n") != says("a: bc\n"));
}

TEST_CASE("what is no YAML is reported and has no form") {
  CHECK(formed("a: [\n").find("not-yaml") != std::string::npos);
}
