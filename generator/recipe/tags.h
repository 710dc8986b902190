// "get,dataset,openimages,_demo": the words that select a recipe and its variations.
#pragma once

#include <string_view>

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

// Words are separated by commas or blanks. `_x` selects a variation, `-_x` excludes one, `-x` is a
// tag that the recipe must not have. Reports `wrong-tags` for an empty word such as `_`.
TagQuery parse_tags(std::string_view text, Span span, Sink& sink);

// Adds all words of `from` behind those of `to`.
void append(TagQuery& to, TagQuery from);

}  // namespace mlpgen
