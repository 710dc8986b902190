// Whether the active variations of a recipe may stand together.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "resolve/variation/variations.h"

namespace mlpgen {

// `absent`: words that flags or inherited keys chose for a group of the recipe's valid
// combinations, and that the recipe does not have. Reports invalid-combination, and
// unsupported-combination with all that are valid for the variation that those name first (a
// model), or with all. `excluded`: words with which a user emptied a group (-_cpu), which then fits
// every combination.
void check_allowed(const Recipe& recipe, const std::vector<ActiveVariation>& active,
                   const std::vector<VariationWord>& absent, const std::set<std::string>& excluded,
                   Sink& sink);

// Whether the recipe's valid combinations name a variation of that group.
bool decides_over(const Recipe& recipe, const std::string& group);

// Combinations in few words: neighbours that differ in one variation are one, `_a,{_x,_y}`.
std::vector<std::string> in_few_words(const std::vector<std::vector<Text>>& combinations);

}  // namespace mlpgen
