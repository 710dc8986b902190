// Expression -> the edges that it means.
#pragma once

#include <optional>

#include "query/expression.h"
#include "query/work.h"

namespace mlpgen {

// Reports unknown-word (a name, a kind, a key of attr) and ambiguous-edge; nothing is returned
// after an error.
std::optional<EdgeBits> evaluate(const Expression& expression, const Work& work, Sink& sink);

// Whether an edge has KEY with that value, exactly or as a pattern with * and ?. `known`: set where
// some edge has the key.
bool has_attribute(const Work& work, size_t edge, const std::string& key, const std::string& value,
                   bool& known);

}  // namespace mlpgen
