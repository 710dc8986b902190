#include "text/closest.h"

#include <doctest/doctest.h>

#include <vector>

using namespace mlpgen;

TEST_CASE("two neighbours swapped count as one edit") {
  CHECK(edit_distance("offlien", "offline") == 1);
}

TEST_CASE("the nearest word within two edits wins, else a prefix") {
  std::vector<std::string> known = {"resnet50", "retinanet", "offline"};
  CHECK(closest("retinanot", known) == "retinanet");
  CHECK(closest("retina", known) == "retinanet");
  CHECK(closest("bert", known).empty());
}

TEST_CASE("of words that are equally near the one with the same letters wins") {
  std::vector<std::string> known = {"mode", "model", "modes"};
  CHECK(closest("modle", known) == "model");
  CHECK(closest("moed", known) == "mode");
  CHECK(closest("modee", known) == "mode");
}

TEST_CASE("a word is no misspelling of itself") {
  std::vector<std::string> known = {"retinanet", "retinanot"};
  CHECK(did_you_mean("retinanet", known).empty());
  CHECK(did_you_mean("retinane", known) == "did you mean 'retinanet'?");
}
