// A submission tree of another day or machine, merged into a new one.
#pragma once

#include <string>

#include "base/result.h"
#include "round/round.h"

namespace mlpgen::submission {

struct AddedTree {
  std::string tree;    // its folder: holds DIVISION/SUBMITTER/
  std::string into;    // the tree that is being made
  std::string folder;  // DIVISION/SUBMITTER
  Layout layout = Layout::kSplit;
};

// Its results and systems at their places. What each tree has once (README.md, its lock) is renamed
// by its systems; model_mapping.json is merged, calibration.md left to be made anew. An error: two
// results of one system, model and scenario, two descriptions of one system, another division,
// submitter or layout.
Status add_tree(const AddedTree& added);

}  // namespace mlpgen::submission
