// Many files over a few connections at once (libcurl).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/http_call.h"
#include "fetch/partial_file.h"

namespace mlpgen::tool {

// A file to fetch. Until it is whole it lies at `partial`; a transfer that stopped begins again.
struct ListJob {
  size_t index = 0;               // the caller's number of it
  std::string name;               // for messages
  std::vector<std::string> urls;  // as they are asked; tried in this order
  std::string sha256;             // that it must have, or ""
  std::string md5;                // likewise, where others published only this
  std::string git_blob;           // likewise: SHA-1 of "blob SIZE\0" and the bytes
  uint64_t size = 0;              // likewise, bytes; 0 = not known
  std::string partial;
  bool digest_known() const { return !(sha256.empty() && md5.empty() && git_blob.empty()); }
};

struct ListFailure {
  size_t index = 0;
  std::string why;  // "URL: sentence"
  bool digest_differs = false;
};

struct ListLimits {
  unsigned connections = 16;
  unsigned tries = 4;           // calls of one URL before it is given up
  unsigned stall_seconds = 60;  // a call without a byte (without a digest: under 1 kB/s) for this
                                // long is stopped and tried again
  uint64_t max_bytes = kMostUnknownBytes;  // of a file whose digest and size are not known
  unsigned pause_ms = 500;                 // before the second try; doubled each time, at most 10 s
  unsigned failures = 16;                  // files given up before the rest is left alone
};

// Called for each whole file with the right digest, by several threads at once.
using ListArrived =
    std::function<Status(const ListJob& job, PartialFile& file, const std::string& sha256)>;

// What could not be fetched, in the order in which it was given up. Progress, at most a line a
// second, on stderr. Errors: of `arrived`, disk-full, store-not-writable.
Result<std::vector<ListFailure>> download_list(std::vector<ListJob> jobs, const ListLimits& limits,
                                               const std::string& shown_name,
                                               const ListArrived& arrived);

}  // namespace mlpgen::tool
