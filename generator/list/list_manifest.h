// What a fetched list of files is: names, sizes and digests, as JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

struct ListedFile {
  std::string name;    // below the list's folder
  uint64_t size = 0;   // bytes
  std::string sha256;  // 64 lower-case hexadecimal digits
};

// {format: 1, count, bytes, files: [{name, size, sha256}]}, the files in the order given. Equal
// files give equal bytes, so the digest of this text is the digest of the list.
std::string manifest_text(const std::vector<ListedFile>& files);
// Errors: bad-json.
Result<std::vector<ListedFile>> read_manifest(const std::string& text, const std::string& path);

}  // namespace mlpgen::tool
