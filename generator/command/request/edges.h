// Edges of a run directory by the words that people use for them.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "plan/plan.h"
#include "step/step.h"

namespace mlpgen {

// The names among `names` that `word` means: the equal one; else those that hold it.
std::vector<std::string> names_that_hold(const std::string& word,
                                         const std::vector<std::string>& names);

// "did you mean ...?" by the whole name, or by what follows the recipe's id; or "".
std::string suggest_edge(const std::string& word, const std::vector<std::string>& names);

// The edge of the plan in this directory: by name, by an identity or its first digits (at least 6),
// or by a part of the name that only one has. Reports unknown-edge, ambiguous-edge.
std::optional<Step> find_edge(const std::string& word, Sink& sink);

// As find_edge among names only; "" after an error.
std::string one_name(const std::string& word, const std::vector<std::string>& names, Sink& sink);

// These edges and all that they read from, in the order in which they can run.
std::set<EdgeId> with_needs(const Plan& plan, const std::vector<EdgeId>& edges);

// Whether the artifact of this directory, out/RECIPE/IDENTITY12, was made to its end.
bool is_made(const std::string& directory);

}  // namespace mlpgen
