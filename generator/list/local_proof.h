// What a recipe or a lock knows of the bytes of a copy that a person has, and whether the copy has
// them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "list/list_manifest.h"

namespace mlpgen::tool {

// All empty: nothing is known, so nothing is read.
struct LocalProof {
  std::string sha256;            // of the file, or of the manifest of a folder's files
  std::string md5;               // of the file
  std::optional<uint64_t> size;  // bytes of the file
  std::string
      list;  // text file with one name a line; only these files count; "": all but hidden ones
  std::string folder = ".";  // folder of the copy below which they are
};

// Reads the file once. The result is its SHA-256, or "" where nothing is known of it but its size.
// Errors: digest-differs; `how` is the help.
Result<std::string> prove_file(const std::filesystem::path& file, const LocalProof& proof,
                               const std::string& how);

// The files of the list, or of the folder where there is none, by name. Their digests are read
// where the manifest's is known, and are "" otherwise. Errors: not-found (names the first few that
// are missing), digest-differs.
Result<std::vector<ListedFile>> prove_list(const std::filesystem::path& root,
                                           const LocalProof& proof, const std::string& how);

}  // namespace mlpgen::tool
