// Where things stand in a submission tree, split (up to v5.1) or flat (from v6.0): submission.md
// §1.
#pragma once

#include <string>

#include "round/round.h"

namespace mlpgen::submission {

// One result of a tree. All paths are relative to the tree's root.
struct ResultPlace {
  Layout layout = Layout::kSplit;
  std::string division, submitter, system, model, scenario;  // folder names

  std::string submitter_folder() const { return division + "/" + submitter; }
  std::string result() const {  // logs; in the flat layout everything of the result
    return submitter_folder() + "/results/" + tail();
  }
  std::string measurements() const {  // JSON, user.conf, README.md
    return layout == Layout::kSplit ? submitter_folder() + "/measurements/" + tail() : result();
  }
  std::string compliance() const {  // TESTxx folders
    return layout == Layout::kSplit ? submitter_folder() + "/compliance/" + tail() : result();
  }
  std::string performance() const { return result() + "/performance/run_1"; }
  std::string accuracy() const { return result() + "/accuracy"; }
  std::string code() const {
    return submitter_folder() + (layout == Layout::kSplit ? "/code" : "/src");
  }
  std::string system_json() const { return submitter_folder() + "/systems/" + system + ".json"; }
  // The measurements' JSON as mlpgen names it.
  std::string measurements_json(const std::string& implementation) const {
    return layout == Layout::kSplit ? system + "_" + implementation + "_" + scenario + ".json"
                                    : "measurements.json";
  }

 private:
  std::string tail() const { return system + "/" + model + "/" + scenario; }
};

}  // namespace mlpgen::submission
