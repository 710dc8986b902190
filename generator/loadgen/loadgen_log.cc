// LoadGen's detail log, line by line.
#include "loadgen/loadgen_log.h"

#include "loadgen/official_text.h"
#include "loadgen/python_text.h"

namespace mlpgen::submission {
namespace {

constexpr std::string_view kMarker = ":::MLLOG";
using Json = nlohmann::json;

// A line as LoadGen words it: every part in its order, no escape in a text.
class PlainLine {
 public:
  explicit PlainLine(std::string_view rest) : rest_(rest) {}

  bool read() {
    return word(R"( {"key": ")") && text(key) && word(R"(, "value": )") && literal() &&
           word(R"(, "time_ms": )") && number() &&
           word(R"(, "namespace": "mlperf::logging", "event_type": "POINT_IN_TIME", )") &&
           word(R"("metadata": {"is_error": )") && flag(error) && word(R"(, "is_warning": )") &&
           flag(unused_) && word(R"(, "file": ")") && text(skipped_) && word(R"(, "line_no": )") &&
           number() && word(R"(, "pid": )") && number() && word(R"(, "tid": )") && number() &&
           rest_ == "}}";
  }

  std::string_view key, value;  // `value` is JSON
  bool error = false;

 private:
  bool word(std::string_view w) {
    if (rest_.substr(0, w.size()) != w) return false;
    rest_.remove_prefix(w.size());
    return true;
  }
  bool text(std::string_view& out) {  // up to its closing quote
    size_t n = 0;
    while (n < rest_.size() && rest_[n] != '"' && rest_[n] != '\\' &&
           static_cast<unsigned char>(rest_[n]) >= 0x20)
      ++n;
    if (n == rest_.size() || rest_[n] != '"') return false;
    out = rest_.substr(0, n);
    rest_.remove_prefix(n + 1);
    return true;
  }
  size_t digits() {
    size_t n = 0;
    while (n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9') ++n;
    rest_.remove_prefix(n);
    return n;
  }
  bool number() {  // 0, 12, 1.5; other forms are the JSON reader's
    bool zero = rest_.starts_with('0');
    size_t whole = digits();
    if (whole == 0 || (zero && whole > 1)) return false;
    return !word(".") || digits() > 0;
  }
  bool flag(bool& out) {
    out = word("true");
    return out || word("false");
  }
  bool scalar() { return word("\"") ? text(skipped_) : flag(unused_) || number(); }
  bool member() { return word("\"") && text(skipped_) && word(":") && blank() && scalar(); }
  bool blank() {
    word(" ");
    return true;
  }
  // A list of numbers or texts, a map of them. No rule reads one, so it stands for itself as empty.
  bool members(char close, bool keys) {
    if (rest_.starts_with(close)) return word({&close, 1});
    while (keys ? member() : scalar()) {
      if (word({&close, 1})) return true;
      if (!word(",")) return false;
      blank();
    }
    return false;
  }
  bool literal() {
    std::string_view from = rest_;
    value = "[]";
    if (word("[")) return members(']', false);
    if (word("{")) return members('}', true);
    bool fits = scalar();
    value = from.substr(0, from.size() - rest_.size());
    return fits;
  }

  std::string_view rest_, skipped_;
  bool unused_ = false;
};

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
    if (PlainLine plain(line.substr(kMarker.size())); plain.read()) {
      bool known = log.values_.find(plain.key) != log.values_.end();
      if (known && !plain.error) continue;
      Json value = Json::parse(plain.value);
      if (plain.error) log.errors_.push_back(error_text(value));
      if (!known) log.values_.emplace(plain.key, std::move(value));
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
