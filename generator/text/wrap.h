// Long lines of a summary on a narrow terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace mlpgen {

// Breaks each line of more than `width` characters at a blank, where it has one; the rest goes on
// below, behind `indent` blanks.
std::string wrap(std::string_view text, size_t width, size_t indent);

// Characters of UTF-8 text, each one column wide.
size_t columns_of(std::string_view text);

}  // namespace mlpgen
