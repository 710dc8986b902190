// An exact set of files that a folder must hold, beside what is there.
#pragma once

#include <string>
#include <vector>

namespace mlpgen::submission {

struct FileSet {
  std::vector<std::string> missing, extra;  // names, sorted as wanted and as found
};
// Files of `folder` itself; those that is_always_allowed() names are never extra.
FileSet compare_files(const std::string& folder, const std::vector<std::string>& wanted,
                      const std::vector<std::string>& allowed);

}  // namespace mlpgen::submission
