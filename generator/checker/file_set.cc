// Comparing the files of a folder with what must and may be there.
#include "checker/file_set.h"

#include <algorithm>

#include "tree/tree_files.h"

namespace mlpgen::submission {

FileSet compare_files(const std::string& folder, const std::vector<std::string>& wanted,
                      const std::vector<std::string>& allowed) {
  auto has = [](const std::vector<std::string>& list, const std::string& name) {
    return std::find(list.begin(), list.end(), name) != list.end();
  };
  std::vector<std::string> there = files_in(folder);
  FileSet out;
  for (const std::string& name : wanted)
    if (!has(there, name)) out.missing.push_back(name);
  for (const std::string& name : there)
    if (!has(wanted, name) && !has(allowed, name) && !is_always_allowed(name))
      out.extra.push_back(name);
  return out;
}

}  // namespace mlpgen::submission
