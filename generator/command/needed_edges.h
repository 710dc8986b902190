// The edges that the request's product is made by; a plan also holds some that no target needs.
#pragma once

#include <vector>

#include "plan/plan.h"

namespace mlpgen {

// By EdgeId: whether the target `submission`, or, where the request has none, any target needs it.
std::vector<bool> needed_edges(const Plan& plan);

}  // namespace mlpgen
