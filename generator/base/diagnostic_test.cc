#include "base/diagnostic.h"

#include <doctest/doctest.h>

using namespace mlpgen;
using namespace std::string_literals;

TEST_CASE("a diagnostic prints its place, a caret line, notes and help") {
  Sources sources;
  SourceId id = sources.add("r.yaml", "format: 1\nrecipe: x\ntag: [a]\n");
  Sink sink;
  sink.error("unknown-key", {id, 20, 3}, "a recipe has no key 'tag'")
      .note({id, 10, 6}, "in this recipe")
      .with_help("did you mean 'tags'?");
  CHECK(to_text(sink, sources) ==
        "error: a recipe has no key 'tag'  [unknown-key]\n"
        "  --> r.yaml:3:1\n"
        "   |  tag: [a]\n"
        "   |  ^^^\n"
        "note: in this recipe\n"
        "  --> r.yaml:2:1\n"
        "   |  recipe: x\n"
        "   |  ^^^^^^\n"
        "help: did you mean 'tags'?\n");
  CHECK_FALSE(sink.ok());
}

TEST_CASE("a line of more than 120 columns is cut around what the caret shows") {
  Sources sources;
  const std::string many(100, 'a');
  SourceId id = sources.add("r.yaml", many + "here" + many + "\n");
  Sink sink;
  sink.error("e", {id, 100, 4}, "an error");
  CHECK(to_text(sink, sources) ==
        "error: an error  [e]\n"
        "  --> r.yaml:1:101\n"
        "   |  " +
            std::string(60, 'a') + "here" + std::string(56, 'a') +
            "\n"
            "   |  " +
            std::string(60, ' ') + "^^^^\n");
}

TEST_CASE("equal diagnostics are printed once, in the order of the text") {
  Sources sources;
  SourceId id = sources.add("r.yaml", "ab\n");
  Sink sink;
  sink.error("b", {id, 1, 1}, "later");
  sink.warning("a", {id, 0, 1}, "first");
  sink.error("b", {id, 1, 1}, "later");
  auto all = sink.sorted();
  REQUIRE(all.size() == 2);
  CHECK(all[0].message == "first");
}

TEST_CASE(
    "what another sink collected is taken as it is: an error stays one, a warning stays one") {
  Sources sources;
  SourceId id = sources.add("r.yaml", "ab\n");
  Sink tried, sink;
  tried.warning("w", {id, 0, 1}, "a warning");
  tried.error("e", {id, 1, 1}, "an error").note({id, 0, 1}, "its note").with_help("its help");
  sink.take(tried.all()[0]);
  CHECK(sink.ok());
  sink.take(tried.all()[1]);
  CHECK(sink.errors() == 1);
  CHECK(to_text(sink, sources) == to_text(tried, sources));
}

TEST_CASE("no byte of a value reaches the terminal as a control byte") {
  Sources sources;
  Sink sink;
  sink.error("a", {}, "the value '\x1b[31m\0x\r' is wrong"s)
      .note({},
            "a\x9b"
            "b")
      .with_help("one\ntwo\x7f");
  CHECK(to_text(sink, sources) ==
        "error: the value '?[31m?x?' is wrong  [a]\nnote: a?b\nhelp: one\ntwo?\n");
}
