// Takes the files out of an archive without letting it write or point outside its folder
// (libarchive).
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

struct ExtractRequest {
  std::string
      archive;  // tar (as it is or packed by gzip, bzip2, xz, lzma, zstd, compress), zip or wheel
  std::string out;  // folder to fill; made when it is not there
  unsigned strip =
      0;  // leading folders to drop from each name; names with fewer parts are left out
  std::vector<std::string>
      select;  // globs (* also matches "/") over the names after stripping; none = everything
  std::vector<std::pair<std::string, std::string>>
      rename;  // name or leading folder A (after stripping) becomes B
  uint64_t max_bytes =
      0;  // of all files together, hard links too; 0 = 1 GiB + 100 times the archive's size
  uint64_t max_files = 2'000'000;
};

struct Extracted {
  uint64_t files = 0;
  uint64_t bytes = 0;
};

// Errors: `unsafe-archive` (a name that is absolute or has "..", a link that leaves the folder, a
// device, more bytes than max_bytes, by what the archive declares or by what it holds),
// `not-an-archive` (also a checksum that differs, and what libarchive warns of), `nothing-selected`
// (a glob or a rename that no name matches), `disk-full`. Entries take effect in their order: of
// two with one name the last counts, and a hard link names what came before it. After an error
// `out` may hold files that came before it. Files get mode 0444, or 0555 when their owner may run
// them; owners, times and special bits are not kept.
Result<Extracted> extract_archive(const ExtractRequest& request);

}  // namespace mlpgen::tool
