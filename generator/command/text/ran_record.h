// recipes/ran.json of the installation, for the commands that tell the state of a recipe.
#pragma once

#include <optional>

#include "page/ran.h"

namespace mlpgen {

class Session;

// Nothing where the installation has no such file; reports `bad-json` where it cannot be read.
std::optional<Ran> read_ran(Session& session);

// The state of a recipe of the installation; nothing for one of a --trust folder, which no test of
// ours ran.
std::optional<RecipeState> recorded_state(const Recipe& recipe, const std::optional<Ran>& ran,
                                          const Session& session);

}  // namespace mlpgen
