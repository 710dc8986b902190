#include "base/closest.h"

#include <doctest/doctest.h>

#include <vector>

using namespace mlpgen;

TEST_CASE("two neighbours swapped count as one edit") { CHECK(edit_distance("offlien", "offline") == 1); }

TEST_CASE("the nearest word within two edits wins, else a prefix") {
  std::vector<std::string> known = {"resnet50", "retinanet", "offline"};
  CHECK(closest("retinanot", known) == "retinanet");
  CHECK(closest("retina", known) == "retinanet");
  CHECK(closest("bert", known).empty());
}

TEST_CASE("a word is no misspelling of itself") {
  std::vector<std::string> known = {"retinanet", "retinanot"};
  CHECK(did_you_mean("retinanet", known).empty());
  CHECK(did_you_mean("retinane", known) == "did you mean 'retinanet'?");
}
