// Files for which nobody published a SHA-256: what came first is trusted, and from then on nothing
// else.
//
//   FOLDER/<64 hex>.json     {format, url, md5, file_name, sha256, size, when}
//
// There is such a folder in the store, for all run directories of a user, and one in each run
// directory
// (.mlpgen/trusted), from which `mlpgen lock` takes the digests over. configure reads neither.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"

namespace mlpgen {

struct TrustedFile {
  std::string url;        // first URL of the step that asked for it
  std::string md5;        // that the step asked for, or ""
  std::string file_name;  // under which it was asked for
  std::string sha256;     // of the bytes that came
  uint64_t size = 0;      // bytes
  std::string when;       // UTC, "2026-11-22T02:08:00Z"
};

inline constexpr const char* kTrustedFolder = ".mlpgen/trusted";  // in a run directory

// FOLDER/<digest of url and md5>.json.
std::string trusted_path(const std::string& folder, const std::string& url, const std::string& md5);

// Nothing where there is no record, or none that can be read: then the next bytes are the first.
std::optional<TrustedFile> read_trusted(const std::string& folder, const std::string& url,
                                        const std::string& md5);
Status write_trusted(const std::string& folder, const TrustedFile& file);

}  // namespace mlpgen
