// A recipe's id and tags without a YAML parser.
#pragma once

#include <string_view>

#include "recipe/library.h"

namespace mlpgen {

// Fills in id, tags and aliases where they stand in the canonical form, each on one line: `tags: [a, b]`. Otherwise false.
bool peek_entry(std::string_view text, RecipeEntry& entry);

}  // namespace mlpgen
