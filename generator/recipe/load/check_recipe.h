// What a recipe says of its own variations, versions and keys.
#pragma once

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

// Reports two-defaults, unknown-variation, unknown-group, unknown-version, wrong-value,
// secret-given.
void check_recipe(const Recipe& recipe, Sink& sink);

}  // namespace mlpgen
