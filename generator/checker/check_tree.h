// A submission tree and a round -> what breaks the rules.
#pragma once

#include <string>

#include "checker/check_report.h"

namespace mlpgen::submission {

struct CheckOptions {
  std::string tree;       // folder that holds open/, closed/ or network/
  std::string submitter;  // only this one's folders
  bool skip_dataset_size = false;
};

// The rules of the round's official checker (submission.md §6, §7, compliance.md). Says every
// violation; reads only.
CheckReport check_tree(const Round& round, const CheckOptions& options);

// Names, sizes, links and empty folders of the whole tree (§7).
void check_tree_names(const Round& round, const CheckOptions& options, CheckReport& report);

}  // namespace mlpgen::submission
