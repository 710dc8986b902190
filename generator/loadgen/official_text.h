// Text that others wrote, read as the official tools read it: Python's text mode, in UTF-8.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mlpgen::submission {

// CR LF and a lone CR end a line, as LF does.
std::string universal_newlines(std::string_view text);

// The text with its lines ended by LF. An error where the official tools end in a traceback: a byte
// that is not UTF-8; it names line and column (1, counted in bytes).
Result<std::string> read_official_text(const std::string& path);

// "" or why Python's JSON reader refuses this text before it looks at a value: a byte order mark.
std::string json_text_fault(std::string_view text);

// The value, or a discarded one: no JSON, or nested so deep (more than 100 levels) that Python's
// reader may end in a traceback.
nlohmann::json parse_official_json(std::string_view text);

// Whether a decimal digit of another script than 0 to 9 stands in a UTF-8 text: Python's patterns
// and numbers take them for digits.
bool has_foreign_digit(std::string_view text);

// The first `count` characters of a UTF-8 text.
std::string_view first_characters(std::string_view text, size_t count);

}  // namespace mlpgen::submission
