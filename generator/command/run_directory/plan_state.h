// What `mlpgen plan` and `mlpgen query` ask the directory: artifacts in this directory, objects in
// the store.
#pragma once

#include <vector>

#include "plan/plan.h"
#include "query/costs.h"

namespace mlpgen {

// Whether the first word after `mlpgen plan` is a target: it begins no request, as a flag, a
// variation, tags with commas or a recipe's id do.
bool names_target(const std::string& word, const Library& library);

// Of each edge whether its artifact is finished and has every output.
std::vector<bool> done_edges(const Plan& plan);

// Sets `stored` and `trusted_since`. The store is only looked at: no byte is hashed, nothing is
// made.
void look_in_store(std::vector<Fetch>& fetches);

}  // namespace mlpgen
