// Error <-> JSON.
#include "base/error_json.h"

#include <nlohmann/json.hpp>

#include "text/text.h"
#include "text/url_secret.h"

namespace mlpgen {

using Json = nlohmann::json;

std::string to_json_line(const Error& e) {
  Json fields = {{"id", e.id},
                 {"message", without_secrets(e.message)},
                 {"help", without_secrets(e.help)},
                 {"location", e.location}};
  return Json{{"error", fields}}.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Json answer_in(const std::string& output) {
  for (const std::string& line : split(output, '\n'))
    if (line.starts_with('{'))
      if (Json j = Json::parse(line, nullptr, false); j.is_object()) return j;
  return {};
}

Error error_in(const Json& answer) {
  Json e = answer.is_object() ? answer.value("error", Json::object()) : Json::object();
  if (!e.is_object()) return {};
  return {e.value("message", ""), e.value("help", ""), 0, e.value("id", ""),
          e.value("location", "")};
}

}  // namespace mlpgen
