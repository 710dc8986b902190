// Words to variations and flags of a recipe.
#include "recipe/recipe.h"

namespace mlpgen {

void Recipe::add_variation(Variation v) {
  size_t place = variations.size();
  by_word_.emplace(v.name.value, place);
  for (const Text& a : v.aliases) by_word_.emplace(a.value, place);
  if (v.is_default) defaults_.push_back(place);
  variations.push_back(std::move(v));
}

const Variation* Recipe::find_variation(std::string_view name) const {
  if (auto at = by_word_.find(name); at != by_word_.end()) return &variations[at->second];
  // Both the name and the value may hold dots: the longest name that fits is taken.
  for (size_t dot = name.rfind('.'); dot != std::string_view::npos && dot > 0;
       dot = name.rfind('.', dot - 1)) {
    std::string wildcard = std::string(name.substr(0, dot)) + ".#";
    auto at = by_word_.find(wildcard);
    if (at != by_word_.end() && variations[at->second].name.value == wildcard &&
        dot + 1 < name.size())
      return &variations[at->second];
  }
  return nullptr;
}

const Flag* Recipe::find_flag(std::string_view name) const {
  for (const Flag& f : flags)
    if (f.name.value == name) return &f;
  return nullptr;
}

}  // namespace mlpgen
