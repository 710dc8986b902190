// Digests of the project's and the user's own files, kept by size, mtime and inode so that
// configure hashes only what changed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "file/file.h"

namespace mlpgen {

class SourceDigests {
 public:
  explicit SourceDigests(std::string cache_file);  // "": nothing is kept

  // Of a file, or of a folder: names, contents and x bits of all files below it in sorted order,
  // without names that begin with a dot and __pycache__. Nothing where the path is not there; what
  // is there and cannot be read is an error.
  Result<std::optional<std::string>> of(const std::string& path);
  // Files that match the pattern (`*` and `?` in the last part only), sorted.
  Result<std::vector<std::string>> glob(const std::string& pattern);
  const std::vector<std::string>& seen() const { return seen_; }  // files and folders looked at
  void save();

 private:
  struct Known {
    FileStamp stamp;
    std::string digest;
  };
  Result<std::string> file(const std::string& path);
  Status gather(const std::string& folder, std::vector<std::string>& files);
  Result<std::string> folder(const std::string& path);

  std::string cache_file_;
  std::map<std::string, Known> known_;
  std::map<std::string, std::string> asked_;  // in this run
  std::vector<std::string> seen_;
  bool changed_ = false;
};

}  // namespace mlpgen
