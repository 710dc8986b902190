// LoadGen's detail log, line by line.
#include "submission/loadgen_log.h"

#include "submission/official_text.h"

namespace mlpgen::submission {
namespace {

constexpr std::string_view kMarker = ":::MLLOG";
using Json = nlohmann::json;

std::string error_text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

}  // namespace

Result<LoadgenLog> LoadgenLog::parse(std::string_view text, const std::string& path) {
  LoadgenLog log;
  size_t number = 0;
  auto broken = [&](const std::string& what) {
    return Error{path + ":" + std::to_string(number) + ": " + what,
                 "take the file as LoadGen wrote it; it must not be edited or cut"};
  };
  while (!text.empty()) {
    ++number;
    size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.substr(0, kMarker.size()) != kMarker) {
      if (number == 1) return broken("a detail log of LoadGen begins with :::MLLOG");
      continue;
    }
    Json message = Json::parse(line.substr(kMarker.size()), nullptr, false);
    const Json::json_pointer is_error("/metadata/is_error");
    if (!message.is_object() || !message.contains("key") || !message["key"].is_string() ||
        !message.contains(is_error))
      return broken("this line is not one that LoadGen writes");
    const Json& value = message.contains("value") ? message["value"] : Json();
    if (message[is_error] == true) log.errors_.push_back(error_text(value));
    log.values_.try_emplace(message["key"].get<std::string>(), value);
  }
  if (number == 0) return Error{path + " is empty", "take the file as LoadGen wrote it"};
  return log;
}

Result<LoadgenLog> LoadgenLog::read(const std::string& path) {
  Result<std::string> text = read_official_text(path);
  if (!text) return text.error();
  return parse(*text, path);
}

const nlohmann::json* LoadgenLog::find(std::string_view key) const {
  auto at = values_.find(key);
  return at == values_.end() ? nullptr : &at->second;
}

std::optional<double> LoadgenLog::number(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_number()) return std::nullopt;
  return value->get<double>();
}

std::optional<std::string> LoadgenLog::text(std::string_view key) const {
  const Json* value = find(key);
  if (!value || !value->is_string()) return std::nullopt;
  return value->get<std::string>();
}

}  // namespace mlpgen::submission
