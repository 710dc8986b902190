// One call to one URL, appended to a partial file.
#pragma once

#include <cstdint>
#include <string>

#include "fetch/http_call.h"
#include "fetch/partial_file.h"

namespace mlpgen::tool {

struct TransferRequest {
  std::string url;
  uint64_t size = 0;        // of the whole file, bytes; 0 = not known
  uint64_t most_bytes = 0;  // of the whole file, where its size is not known
  CallTrust trust;  // without a digest nothing but the server says whether bytes belong together
  std::string shown_name;  // for the progress line
};

// How a call ended.
struct TransferEnd {
  enum class Kind {
    kComplete,  // the server has said that this was all
    kTryAgain,  // something that may pass: no connection, a stall, a cut, a busy server
    kGiveUp,    // the same call would end the same way: not found, another size
    kOurs,      // the file cannot be written; `why` is a whole error
  };
  Kind kind = Kind::kComplete;
  std::string why;  // a sentence without the URL
  Error error;      // kOurs
  bool wrong_size = false;
  bool slow = false;  // kTryAgain, though bytes may have come
};

// Asks for what `file` lacks; a server that does not know ranges sends all, and the file begins
// again. Where no digest will tell, the rest is taken only of the version that the file began with.
TransferEnd transfer(const TransferRequest& request, PartialFile& file);

}  // namespace mlpgen::tool
