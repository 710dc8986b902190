// Small text functions that every stage uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpgen {

std::string_view trim(std::string_view text);
std::vector<std::string> split(std::string_view text,
                               char separator);  // "a,,b" -> a, "", b; "" -> nothing
std::string join(const std::vector<std::string>& parts, std::string_view separator);
std::string lower(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);
std::string counted(size_t number, std::string_view noun);           // "1 edge", "2 edges"
bool matches_glob(std::string_view pattern, std::string_view text);  // * and ?

// A word as a POSIX shell reads it back unchanged.
std::string shell_quote(std::string_view word);

}  // namespace mlpgen
