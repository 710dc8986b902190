// "Did you mean": the nearest known word.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace mlpgen {

size_t edit_distance(std::string_view a, std::string_view b);

// The word of `known` that is nearest to `word` (at most two edits, or a prefix of one another), or
// "".
std::string closest(std::string_view word, std::span<const std::string> known);

// " did you mean 'x'?" or "".
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace mlpgen
