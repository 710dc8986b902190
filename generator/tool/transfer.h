// One call to one URL, appended to a partial file.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "tool/partial_file.h"

namespace mlpgen::tool {

struct TransferRequest {
  std::string url;
  uint64_t size = 0;         // of the whole file, bytes; 0 = not known
  bool digest_known = true;  // false: nothing but the server says whether bytes belong together
  unsigned stall_seconds = 60;
  std::function<void()> between_blocks;  // may take long: a measurement is being let through
  std::string shown_name;                // for the progress line
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
};

// Asks for what `file` lacks; a server that does not know ranges sends all, and the file begins
// again. Where no digest will tell, the rest is taken only of the version that the file began with.
TransferEnd transfer(const TransferRequest& request, PartialFile& file);

}  // namespace mlpgen::tool
