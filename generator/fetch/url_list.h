// Bytes from the first of several URLs that has the right ones.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/download.h"
#include "fetch/partial_file.h"

namespace mlpgen::tool {

struct Fetched {
  std::string sha256;  // of the bytes
  AskedUrl url;        // where they came from
};
// Fills `file` with bytes that have the digests and the size that `request` knows. Errors: those of
// fetch_file that a server or the disk causes.
Result<Fetched> fetch_from(const std::vector<AskedUrl>& urls, const FetchRequest& request,
                           PartialFile& file);

}  // namespace mlpgen::tool
