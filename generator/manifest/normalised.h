// The manifest without what differs between two versions of mlpgen that make the same graph.
#pragma once

#include <string>
#include <string_view>

#include "plan/plan.h"

namespace mlpgen {

// The plan file in the order of the edges, without the digests of its lines, with a number in the
// place of each identity: the edges are counted from 1.
std::string normalised_plan_file(const Plan& plan);

// `text` with the identities of the plan, whole or their first 12 digits, as those numbers.
std::string without_identities(const Plan& plan, std::string_view text);

}  // namespace mlpgen
