// The detail log of a performance run -> the rules that it missed, each with what to change.
#pragma once

#include <string>
#include <vector>

#include "loadgen/loadgen_log.h"

namespace mlpgen::submission {

struct MissedRule {
  std::string rule;    // LoadGen's word for it: min_duration, min_query_count, target_latency,
                       // ttft_latency, tpot_latency, early_stopping
  std::string what;    // what the run had and what is asked for, with units
  std::string remedy;  // the flag to change, with a value where the log has one
};

// Why LoadGen calls the run INVALID; empty where it calls it VALID or says nothing of it (an
// accuracy run).
std::vector<MissedRule> missed_rules(const LoadgenLog& log);

// The flag that says what is expected of the system in LoadGen's `scenario`:
// "--offline_target_qps".
std::string target_flag(const std::string& scenario);

}  // namespace mlpgen::submission
