// LoadGen's accuracy log cut to what a submission may hold, with the SHA-256 of the whole in
// accuracy.txt.
//
// The rule is that of the official truncation tool (submission.md §10): first 4096 bytes,
// "\n\n...\n\n", last 4096 bytes = 8199 bytes; a log of less than 4096 bytes stays as it is;
// accuracy.txt gets "\nhash=<64 hex>\n".
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen::submission {

// Bytes kept from each end of the log.
inline constexpr size_t kKeptBytes = 4096;

struct Truncation {
  std::string log;           // the bytes of the cut mlperf_log_accuracy.json
  std::string accuracy_txt;  // accuracy.txt with its hash line
  std::string sha256;        // of the whole log
};

// Reads both files and changes neither. An accuracy.txt that already carries another hash is an
// error.
Result<Truncation> truncate_accuracy_log(const std::string& log_path,
                                         const std::string& accuracy_path);

// The value of the line "hash=..." or "".
std::string hash_line_of(std::string_view accuracy_txt);

}  // namespace mlpgen::submission
