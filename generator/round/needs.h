// What a tree of a round, division and category must hold: one list for the checker, and for what
// configure and `mlpgen doctor --submission` say that a tree will lack.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "round/round.h"

namespace mlpgen {

// The rules of the scenarios of a model in the category that `system_type` names ("edge",
// "datacenter,edge", ...); nullptr: the round does not have it there.
const Scenarios* scenarios_of(const Round& round, std::string_view model,
                              std::string_view system_type);

// Each as the end of "... is missing": "the required scenario Server", "one of the scenarios A, B".
std::vector<std::string> missing_scenarios(const Scenarios& wanted,
                                           const std::vector<std::string>& found);

// The closed and network divisions ask for every scenario, the compliance tests and calibration.md.
inline bool asks_for_all(std::string_view division) { return division != "open"; }

}  // namespace mlpgen
