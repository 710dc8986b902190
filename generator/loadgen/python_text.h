// Values as the official checker's CSV shows them: the text that Python's str() makes of them.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace mlpgen::submission {

// The shortest digits that read back as the same double: 24.0, 0.1, 1e-05, 1.5e+16.
std::string python_text(double value);
// A JSON value: text as it is, True, False, None, numbers; lists and maps as Python shows them.
std::string python_text(const nlohmann::json& value);
// Python's bool(): empty text, 0, null, empty list and map are false.
bool is_true(const nlohmann::json& value);
// Python's int() of a number or of a text such as "8"; nothing where that would raise.
std::optional<int64_t> python_int(const nlohmann::json& value);

// The text under a key, or "" when there is none or it is not text.
std::string text_in(const nlohmann::json& object, const char* key);

}  // namespace mlpgen::submission
