// What a round's checker takes as a power measurement: tools/submission/power of
// mlcommons/inference at the round's commit, which is the code that power-dev ships.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "round/round.h"

namespace mlpgen::submission {

struct PowerRules {
  std::string_view ptdaemon;     // the one version of SPEC PTDaemon
  int64_t clock_tolerance_us;    // between the clocks of client and server
  bool direct_current;           // the _DC analysers are known
  bool averages = true;          // the test draws at least 95 % of the power of the ranging run
  bool only_samples = false;     // each line of spl.txt is a sample
  bool analyser_list = false;    // ptd_config is a list, one entry an analyser
  bool fourth_current = false;   // the initial current range may be set by the fourth SR,A as well
  bool local_time = false;       // the times of ptd_logs.txt are shifted by the server's timezone
  bool strict_duration = false;  // both runs take the same time within 15 %
  int usual_errors = 6;          // kinds of errors that a ranging run may log
  bool margin = true;            // no warning counts in the first and last 800 s of the load
  // Releases of power-dev: SHA-256 over "PATH SHA1\n" of their sources, sorted by path.
  std::vector<std::string_view> sources;
};

// nullptr: the round's checker has no such code (v2.1 took it from power-dev, on request).
const PowerRules* power_rules(const Round& round);

struct PowerAnalyser {
  std::string_view name;  // as PTDaemon identifies it
  int64_t device_type;    // of PTDaemon's command line
  bool direct_current = false;
};
const std::vector<PowerAnalyser>& power_analysers();

}  // namespace mlpgen::submission
