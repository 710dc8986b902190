// One file over the network: resumed, retried, and accepted only with the right digest (libcurl).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store.h"

namespace mlpgen::tool {

// Where bytes may come from instead: a URL that begins with `prefix` is asked at `url` + the rest.
struct Mirror {
  std::string prefix;
  std::string url;  // http, https or file
};

struct FetchRequest {
  std::vector<std::string> urls;  // http or https; tried in this order
  std::string sha256;             // "" with `probe` only
  uint64_t size = 0;              // bytes; 0 = not known
  std::string file_name;
  std::vector<Mirror> mirrors;
  bool offline = false;
  bool probe = false;  // accept whatever comes, to learn its digest and size
  unsigned tries = 4;  // calls in a row that bring no byte before a URL is given up
  unsigned stall_seconds =
      60;                   // a transfer without a byte for this long is stopped and tried again
  unsigned pause_ms = 500;  // before the second try; doubled each time, at most 10 s
};

// The file, in the store. What a stopped transfer left in partial/ is taken up where it ended. Of
// several processes that want the same digest one fetches and the others wait for it. Between
// blocks it stops for a waiting measurement. Errors: not-fetched (with what each URL said),
// digest-differs, size-differs, offline, bad-url, disk-full, store-not-writable.
Result<Object> fetch_file(const Store& store, const FetchRequest& request);

// "PREFIX=URL" at the "=" before the URL's scheme.
Result<Mirror> read_mirror(const std::string& word);

// The URLs as they are asked: mirrors applied, checked. Errors: bad-url.
Result<std::vector<std::string>> asked_urls(const FetchRequest& request);

}  // namespace mlpgen::tool
