// Parts of a recipe to phrases of its page: env, conditions, types, bytes.
#pragma once

#include <string>
#include <vector>

#include "recipe/recipe.h"

namespace mlpgen {

// "`A=1`<br>`B=2`"; a default is marked.
std::string env_cell(const EnvMap& env, const char* mark = "");
// "`K` is `a` or `b`, unless `L` is on"; "" where there are none.
std::string conditions_phrase(const Conditions& when);
// "version 1.2 or later, below 2"; "" for any.
std::string versions_phrase(const VersionRange& range);
// "148,688,824 bytes (148.7 MB)"; what is no number stays as it is.
std::string bytes_phrase(const std::string& size);
// The words that a flag or key takes: its choices, or its type with its unit.
std::string values_phrase(const Values& values);
// "a", "a and b", "a, b and c"; `last` is the word before the last one.
std::string listed(const std::vector<std::string>& words, const std::string& last = "and");

}  // namespace mlpgen
