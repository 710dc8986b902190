#include "command/request/edges.h"

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
TEST_CASE("an edge needs what it reads from, however far below, and not what only ran before") {
  Plan plan;  // 0 <- 1 <- 3, and 2, after which 3 runs
  plan.edges.resize(4);
  plan.edges[1].needs = {static_cast<EdgeId>(0)};
  plan.edges[3].needs = {static_cast<EdgeId>(1), static_cast<EdgeId>(0)};
  plan.edges[3].after = {static_cast<EdgeId>(2)};
  std::set<EdgeId> all = with_needs(plan, {static_cast<EdgeId>(3)});
  CHECK(all ==
        std::set<EdgeId>{static_cast<EdgeId>(0), static_cast<EdgeId>(1), static_cast<EdgeId>(3)});
}
