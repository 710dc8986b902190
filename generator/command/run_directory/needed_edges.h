// The edges that the request's product is made by; a plan also holds some that no target needs.
#pragma once

#include "query/work.h"

namespace mlpgen {

// What the target `submission`, or, where the request has none, any target needs.
EdgeBits needed_edges(const Plan& plan);

}  // namespace mlpgen
