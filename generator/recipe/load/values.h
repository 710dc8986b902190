// Which values a key may have: read from a key or a flag of a recipe, and judged.
#pragma once

#include <optional>
#include <string>

#include "recipe/load/reader.h"
#include "recipe/recipe.h"

namespace mlpgen {

// Of `type: name`, in bytes: a file system takes 255, and the longest name made of one adds an
// implementation and a scenario.
inline constexpr size_t kLongestName = 128;

struct ValueFault {
  std::string wanted;  // what the value should be: "a whole number from 1 on"
  std::string help;    // what to write
};

// Reads type, choices, unit, min and max. Reports wrong-type: a bound that is no number, that
// stands at another type, or a min above the max.
void read_values(MapReader& reader, Values& values);
// What is wrong with a text. Paths and secrets are not judged: that takes more than the text.
std::optional<ValueFault> fault_of(const Values& allowed, const std::string& text);
// Reports wrong-value: a text that the key may not have.
void report_fault(const std::string& key, const Values& allowed, const std::string& text, Span at,
                  Sink& sink);
// Reports secret-given: a value in a file, of a key that gets none there.
void report_secret(const std::string& key, Span at, Sink& sink);
// "from 1 to 64", "from 1 on", "up to 64"; "" where the recipe gives no bounds.
std::string bounds_phrase(const Values& values);

}  // namespace mlpgen
