// Shared by the commands that print recipes and resolutions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "recipe/recipe.h"
#include "resolve/resolution.h"

namespace mlpgen {

class Library;
class Session;

// The recipe as the structures of the resolver hold it; keys as docs/commands.md lists them.
nlohmann::ordered_json recipe_json(const Recipe& recipe, Library& library);
void print_recipe(const Recipe& recipe, Session& session);  // as text, to stdout
nlohmann::ordered_json resolution_json(const Resolution& resolution, const Sources& sources);

// What `mlpgen store` can be told to do.
inline const std::vector<std::string> kStoreVerbs = {"list",   "show", "find", "remove",
                                                     "verify", "gc",   "du"};

// Every word that `mlpgen help` knows; recipes and rules where the session has opened them.
std::vector<std::string> help_words(Session& session);

}  // namespace mlpgen
