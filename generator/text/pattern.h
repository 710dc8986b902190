// Regular expressions from recipes, searched in time linear in the text (RE2): neither a pattern
// nor a text can make a search endless.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace mlpgen {

// Why `pattern` cannot be searched with, e.g. "missing ): ([0-9.]+", or that it has no group; ""
// where it can.
std::string pattern_fault(const std::string& pattern);

// What its groups hold at the first place in `text` that it matches; nothing where it matches
// nowhere or has a fault.
std::optional<std::vector<std::string>> search_groups(const std::string& pattern,
                                                      const std::string& text);

}  // namespace mlpgen
