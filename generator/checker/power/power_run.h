// A power measurement of one result: its files, and the families of its rules.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "checker/power/power_rules.h"
#include "checker/result_under_check.h"

namespace mlpgen::submission {

struct PowerRun {
  ResultUnderCheck& result;
  const PowerRules& rules;
  std::string folder;             // RESULT/performance
  nlohmann::json client, server;  // power-dev's client.json and server.json, with all their keys

  std::string path(const std::string& name) const { return folder + "/" + name; }
  // Refuses the result.
  void fault(Where where, std::string message, std::string help) const {
    result.error("power", std::move(where), std::move(message), std::move(help));
  }
  // Accepts it, for an audit to look at.
  void warn(Where where, std::string message, std::string help) const {
    result.report.say(Strictness::kWarning, "power", std::move(where), std::move(message),
                      std::move(help));
  }
};

// What client.json and server.json say: sources, analyser, ranges, names, messages, digests.
void check_power_session(const PowerRun& run);
// The times of the phases, LoadGen's and the samples'; the power of both runs.
void check_power_phases(const PowerRun& run);
// SPEC PTDaemon's log: uncertainty checking, errors and warnings.
void check_power_log(const PowerRun& run);

}  // namespace mlpgen::submission
