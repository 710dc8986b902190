// LoadGen's detail log, line by line.
#include "loadgen/loadgen_log.h"

#include "loadgen/log_line.h"
#include "loadgen/official_text.h"
#include "loadgen/python_text.h"

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
  std::string_view last;  // LoadGen logs one key many times in a row
  auto broken = [&](const std::string& what) {
    return Error{path + ":" + std::to_string(number) + ": " + what,
                 "take the file as LoadGen wrote it; it must not be edited or cut"};
  };
  auto is_new = [&](std::string_view key) {
    if (key == last) return false;
    last = key;
    return log.values_.find(key) == log.values_.end();
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
    if (LogLine plain; read_log_line(line.substr(kMarker.size()), plain)) {
      if (plain.error) log.errors_.push_back(error_text(Json::parse(plain.value)));
      if (is_new(plain.key))
        log.values_.emplace(plain.key, Entry{std::string(plain.value), number});
      continue;
    }
    Json message = parse_official_json(line.substr(kMarker.size()));
    static const Json::json_pointer kIsError("/metadata/is_error");
    if (!message.is_object() || !message.contains("key") || !message["key"].is_string() ||
        !message.contains("value") || !message.contains(kIsError))
      return broken("this line is not one that LoadGen writes");
    const Json& value = message["value"];
    // As Python's bool(): the text "false" is an error, too.
    if (is_true(message[kIsError])) log.errors_.push_back(error_text(value));
    log.values_.try_emplace(message["key"].get<std::string>(), Entry{"", number, value, true});
    last = {};
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
  if (at == values_.end()) return nullptr;
  Entry& entry = at->second;
  if (!entry.read) entry.value = Json::parse(entry.text);
  entry.read = true;
  return &entry.value;
}

std::map<std::string, Json> LoadgenLog::values() const {
  std::map<std::string, Json> out;
  for (const auto& [key, entry] : values_) out.emplace(key, *find(key));
  return out;
}

size_t LoadgenLog::line_of(std::string_view key) const {
  auto at = values_.find(key);
  return at == values_.end() ? 0 : at->second.line;
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
