// A recipe's id and tags without a YAML parser.
#pragma once

#include <string_view>

#include "recipe/library.h"

namespace mlpgen {

// The line `key: ...` at the top level and the indented lines below it; "" where there is none.
std::string_view top_part(std::string_view text, std::string_view key);

// Fills in id, tags and aliases where they stand in the canonical form: the id and the aliases on
// one line, `tags: [a, b]` or a block with one item a line. Otherwise false.
bool peek_entry(std::string_view text, RecipeEntry& entry);

}  // namespace mlpgen
