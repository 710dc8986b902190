// `KEY: [words]`: when a dep or a step takes part (design: section 4).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

bool is_true_word(std::string_view word);   // yes on true 1, in any case
bool is_false_word(std::string_view word);  // no off false 0, in any case

// Sets test.kind from its words. Reports `mixed-condition` (true or false words beside others) and
// `empty-condition`.
void classify(KeyTest& test, Sink& sink);

// The value of a key, or nothing where it is unset.
using Lookup = std::function<std::optional<std::string>(const std::string& key)>;

bool holds(const KeyTest& test, const std::optional<std::string>& value);

struct Decision {
  bool enabled = true;
  std::string why;  // "CM_X is 'a', wanted one of: b", or "" when there is no condition
};
Decision evaluate(const Conditions& when, const Lookup& lookup);

// The keys whose test, held otherwise, would decide otherwise, each by itself; and the first of
// enable_all that does not hold.
std::vector<std::string> decisive_keys(const Conditions& when, const Lookup& lookup);

}  // namespace mlpgen
