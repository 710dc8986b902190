// An Error between our programs: one line {"error": {id, message, help, location}} on stdout.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/result.h"

namespace mlpgen {

std::string to_json_line(const Error& error);

// The JSON object that a program printed as a line of its own, an answer or an error; null where
// there is none.
nlohmann::json answer_in(const std::string& output);
// That of an answer which says that there is none. Else one without an id and a message.
Error error_in(const nlohmann::json& answer);

}  // namespace mlpgen
