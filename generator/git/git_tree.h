// What a commit says of its files, and whether files are so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

struct TreeEntry {
  enum class Kind { kFile, kLink, kSubmodule };
  Kind kind = Kind::kFile;
  std::string
      id;  // of a file or link: SHA-1 of "blob SIZE\0" and the bytes; of a submodule: its commit
  std::string path;  // below the top of the tree
};

// The output of `git ls-tree -r -z COMMIT`.
std::vector<TreeEntry> read_tree_list(std::string_view output);

// Whether every file and link of the list lies below `folder` with the bytes that its id names.
bool has_bytes_of(const std::vector<TreeEntry>& list, const std::string& folder);

struct Submodule {
  std::string path;  // below the top of the tree
  std::string url;   // as .gitmodules has it, maybe relative
};
// The output of `git config -z -f .gitmodules --get-regexp '^submodule\..*\.(path|url)$'`.
std::vector<Submodule> read_submodules(std::string_view output);

// A submodule's URL that begins with ./ or ../ is seen from the URL of the repository that has it.
std::string absolute_url(const std::string& url, const std::string& parent);

}  // namespace mlpgen::tool
