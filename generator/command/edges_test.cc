#include "command/edges.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

const std::vector<std::string> kNames = {"app/accuracy", "app/performance", "app/performance:2",
                                         "get-data/fetch"};

std::string said(const std::string& word) {
  Sink sink;
  std::string name = one_name(word, kNames, sink);
  return sink.ok() ? name : sink.all()[0].id + ": " + sink.all()[0].help;
}

}  // namespace

TEST_CASE("an equal name beats names that hold it") {
  CHECK(said("app/performance") == "app/performance");
}
TEST_CASE("a part that only one has is enough") { CHECK(said("fetch") == "get-data/fetch"); }
TEST_CASE("a part that several have asks for more") {
  CHECK(said("app") ==
        "ambiguous-edge: write more of it: app/accuracy, app/performance, app/performance:2");
}
TEST_CASE("a misspelt step is suggested") {
  CHECK(said("acuracy") == "unknown-edge: did you mean 'app/accuracy'?");
}
TEST_CASE("a word like nothing says where names are listed") {
  CHECK(said("xyzzy") == "unknown-edge: `mlpgen log` lists the edges");
}
