// Two texts to the lines in which they differ.
#pragma once

#include <string>
#include <string_view>

namespace mlpgen {

// As `diff -u` prints it, with three lines around each change: "--- NAME", "+++ NAME (LABEL)",
// hunks. Equal texts: "".
std::string line_diff(std::string_view before, std::string_view after, const std::string& name,
                      const std::string& label);

}  // namespace mlpgen
