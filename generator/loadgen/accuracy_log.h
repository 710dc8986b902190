// LoadGen's mlperf_log_accuracy.json -> the outputs that it holds.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

struct LoggedOutput {
  uint64_t index = 0;      // of the sample in the data set (qsl_idx)
  std::string data;        // hexadecimal, as LoadGen wrote it
  std::string token_data;  // hexadecimal, the first token; "" where the run logged none
  uint64_t tokens = 0;     // token_count
};

// All outputs in the order of the log. A log that is cut, as a submission's is, or that is no list
// of LoadGen's entries is an error.
Result<std::vector<LoggedOutput>> read_accuracy_log(const std::string& path);

// The bytes of hexadecimal digits; an error where they are none, or half a byte.
Result<std::string> bytes_of(const std::string& hexadecimal);

// The entries of `path` whose samples are among `indices`, as LoadGen writes a log.
Result<std::string> part_of_log(const std::string& path, const std::vector<uint64_t>& indices);

}  // namespace mlpgen::submission
