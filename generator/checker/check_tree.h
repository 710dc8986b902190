// A submission tree and a round -> what breaks the rules.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "checker/check_report.h"
#include "tree/layout.h"

namespace mlpgen::submission {

struct CheckOptions {
  std::string tree;       // folder that holds open/, closed/ or network/
  std::string submitter;  // only this one's folders
  bool skip_dataset_size = false;
};

// The rules of the round's official checker (submission.md §6, §7, compliance.md). Says every
// violation; reads only.
CheckReport check_tree(const Round& round, const CheckOptions& options);

// A result that the walk over the tree found.
struct FoundResult {
  ResultPlace place;
  std::shared_ptr<const nlohmann::json> system;  // its description; null: not readable
  std::shared_ptr<const std::map<std::string, std::string>> mapping;  // model_mapping.json
  bool complete = true;  // its model has the scenarios that the division asks for
};
void check_result(const Round& round, const CheckOptions& options, const FoundResult& found,
                  CheckReport& report);

// Names, sizes, links and empty folders of the whole tree (§7).
void check_tree_names(const Round& round, const CheckOptions& options, CheckReport& report);

}  // namespace mlpgen::submission
