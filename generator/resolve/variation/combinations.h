// Keys with several values: one call of a dep for each combination of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "resolve/frame/frame.h"

namespace mlpgen {

// What a callee may inherit to name its results apart: the label of its combination.
inline constexpr const char* kCombinationKey = "CM_COMBINATION";
// Of a recipe of a round: what the label has behind model and scenario, "-int8".
inline constexpr const char* kCombinationRestKey = "CM_COMBINATION_REST";

struct Combination {
  std::map<std::string, Template>
      values;  // of the dep's foreach keys that have several values; empty: one plain call
  // "retinanet-Offline": in a recipe of a round always model and scenario, then the values that
  // differ, in the order of the keys.
  std::string label;
};

// All combinations, in the order of the keys. A frame that a round constrains leaves out what the
// round has not.
std::vector<Combination> combinations(Frame& frame, const Dep& dep);

// What the callees of all combinations export together: lists are joined, a plain key is kept where
// all agree.
std::map<std::string, Value> common_exports(const std::vector<const Instance*>& callees);

// The values of a word with commas, each once, in the order of the choices; without choices numbers
// by size, else by name.
std::vector<std::string> several_values(const std::string& word,
                                        const std::vector<std::string>& choices);

}  // namespace mlpgen
