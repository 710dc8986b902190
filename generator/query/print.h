// A set of edges as names, as JSON and as a picture for Graphviz.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "query/work.h"

namespace mlpgen {

std::string names_text(const Work& work,
                       const EdgeBits& edges);  // one a line, in the order in which they can run
// [{name, recipe, kind, rule, mode, about, identity, directory, done, targets, needs, after}];
// needs and after: names, all of them.
nlohmann::ordered_json edges_json(const Work& work, const EdgeBits& edges);
// An arrow leads from an edge to what it needs; a dashed one to what only comes before it.
std::string edges_dot(const Work& work, const EdgeBits& edges);

}  // namespace mlpgen
