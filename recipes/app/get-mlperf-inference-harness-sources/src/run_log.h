// LoadGen's files after a run -> what they say about it.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace mlpgen {

struct LogError {
  std::string key;   // "error_invalid_config", "error_runtime", ...
  std::string text;  // LoadGen's words
};

struct RunLog {
  std::vector<LogError> errors;               // lines of the detail log with is_error
  std::string validity;                       // "VALID", "INVALID"; empty in an accuracy run
  std::vector<std::string> reasons;           // from the summary: why it is INVALID
  std::map<std::string, std::string> values;  // result_*, effective_* and others: last value by key
};

// Reads DIR/mlperf_log_detail.txt and DIR/mlperf_log_summary.txt. Throws Failure if they are
// missing or not LoadGen's.
RunLog read_run_log(const std::string& dir);

// The error that voids a run, or null. In an accuracy run that is any; of a performance run some
// only tell that max_query_count ended it early, and one about the configuration always voids it.
const LogError* find_fatal(const RunLog& log, bool accuracy);

// Throws Failure unless `found` (samples in the accuracy log) are as many as LoadGen asked for: the
// data set's `total`, or accuracy_sample_count_override.
void require_responses(const RunLog& log, const std::set<uint64_t>& found, size_t total);

// The sample indices in DIR/mlperf_log_accuracy.json. Throws Failure.
std::set<uint64_t> read_accuracy_indices(const std::string& dir);

}  // namespace mlpgen
