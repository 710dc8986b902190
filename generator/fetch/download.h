// One file over the network: resumed, retried, and accepted only with the right digest (libcurl).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "fetch/http_call.h"
#include "fetch/source_settings.h"
#include "store/store.h"

namespace mlpgen::tool {

struct FetchRequest {
  std::vector<std::string> urls;  // http or https; tried in this order
  std::string sha256;             // "": what came first is trusted (store/trusted.h)
  std::string md5;                // "" or 32 hexadecimal digits, looked at too
  uint64_t size = 0;              // bytes; 0 = not known
  std::string file_name;
  std::string trusted;  // a run directory's folder of records of first use; "" for none
  SourceSettings settings;
  uint64_t max_bytes = kMostUnknownBytes;  // of a file whose digest and size are not known
  bool probe = false;                      // accept whatever comes, to learn its digest and size
  unsigned tries = 4;           // calls in a row that bring no byte before a URL is given up
  unsigned stall_seconds = 60;  // a transfer without a byte (without a digest: under 1 kB/s) for
                                // this long is stopped and tried again
  unsigned pause_ms = 500;      // before the second try; doubled each time, at most 10 s
};

// The file, in the store. What a stopped transfer left in partial/ is taken up where it ended. Of
// several processes that want the same file one fetches and the others wait for it. Errors:
// not-fetched (with what each URL said), digest-differs, size-differs, offline, bad-url, disk-full,
// store-not-writable.
Result<Object> fetch_file(const Store& store, const FetchRequest& request);

struct AskedUrl {
  std::string recipe;  // as the recipe has it
  std::string asked;   // with the mirrors
};
// Checked, in order; offline only those that a mirror makes files. Errors: bad-url.
Result<std::vector<AskedUrl>> asked_urls(const FetchRequest& request);

}  // namespace mlpgen::tool
