// What lies in the run directory of each edge of a plan.
#pragma once

#include <vector>

#include "picture/picture.h"

namespace mlpgen {

// kMade, kStopped, kOutOfDate or kNotYet for each edge, in the order of the plan.
std::vector<RunState> edge_states(const Plan& plan);

}  // namespace mlpgen
