// The parts of a recipe that its variations and versions share, one after the other.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "recipe/library.h"
#include "resolve/deps.h"

namespace mlpgen {

// The recipe itself, then each variation (a wildcard one with its example in place of '#') and each
// version.
struct RecipePart {
  std::vector<const EnvMap*> env;   // env, default_env, exports
  const EnvMap* exports = nullptr;  // of these
  const std::vector<Dep>* deps = nullptr;
  const std::vector<RecipeStep>* steps = nullptr;
  const std::vector<Override>* overrides = nullptr;
};
std::vector<RecipePart> parts_of(const Recipe& recipe);
std::vector<const Dep*> all_deps(const Recipe& recipe);
std::vector<const RecipeStep*> all_steps(const Recipe& recipe);

// The variation, or what its example makes of a wildcard one.
const Variation& example_of(const Recipe& recipe, const Variation& variation);
std::string example_name(const Variation& variation);  // "bs.8" of "bs.#"

bool adds_tags(const Dep& dep);  // keys or variations may add words to its tags
// Ids of all recipes that the dep may call.
std::vector<std::string> callees(const Dep& dep, const Library& library);

// What can give keys of the recipe values: itself, its callers by `inherits`, its deps, its round.
KeySet declared_keys(const Recipe& recipe, Library& library);

void each_test(const Conditions& when,
               const std::function<void(const KeyTest&, bool skips)>& visit);

// All keys that the recipe itself reads: templates, conditions, tags, flags that select, rounds.
KeySet keys_read(const Recipe& recipe);

}  // namespace mlpgen
