// Shared by the commands that print recipes and resolutions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "recipe/recipe.h"
#include "resolve/resolution.h"

namespace mlpgen {

class Library;

// The recipe as the structures of the resolver hold it; keys as docs/commands.md lists them.
nlohmann::ordered_json recipe_json(const Recipe& recipe, Library& library);
nlohmann::ordered_json resolution_json(const Resolution& resolution, const Sources& sources);

}  // namespace mlpgen
