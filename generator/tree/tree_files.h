// Files of a folder in a fixed order, and putting files into a new tree without ever replacing one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

struct TreeEntry {
  enum class Kind { kFile, kFolder, kOther };  // kOther: link, device, socket
  std::string path;                            // relative to the root, '/' between parts
  Kind kind = Kind::kFile;
  uint64_t size = 0;        // of a file, bytes
  bool executable = false;  // of a file
};

// Everything below `root`, sorted by path bytes; links are listed and not followed.
Result<std::vector<TreeEntry>> list_tree(const std::string& root);

// Names directly in a folder, sorted; nothing when it is not there.
std::vector<std::string> folders_in(const std::string& path);
std::vector<std::string> files_in(
    const std::string& path);  // links to files count, as they do for the checker

// Files of which every official checker says nothing in a folder with an exact set of files.
bool is_always_allowed(std::string_view name);

// Writes `bytes` to root/path with its parents. A file that is already there with other bytes is an
// error that names `from`; the same bytes are accepted.
Status add_file(const std::string& root, const std::string& path, std::string_view bytes,
                const std::string& from);
Status copy_into(const std::string& root, const std::string& path, const std::string& from);

}  // namespace mlpgen::submission
