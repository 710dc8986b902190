// LoadGen's mlperf_log_detail.txt -> the first value of each key, and the errors that LoadGen
// logged.
//
// A line is ":::MLLOG " + JSON {key, value, metadata{is_error, ...}} (submission.md §3.5). Logs are
// only read. A line exactly as LoadGen words it is taken apart by log_line.h; any other one is read
// as JSON. A value is parsed when it is asked for, so one log is for one thread at a time.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

class LoadgenLog {
 public:
  // An error names the line that is not LoadGen's.
  static Result<LoadgenLog> parse(std::string_view text, const std::string& path);
  static Result<LoadgenLog> read(const std::string& path);

  const nlohmann::json* find(std::string_view key) const;  // absent: nullptr
  size_t line_of(std::string_view key) const;              // of that value, from 1; absent: 0
  std::optional<double> number(std::string_view key) const;
  std::optional<std::string> text(std::string_view key) const;
  std::map<std::string, nlohmann::json> values() const;  // of every key
  const std::vector<std::string>& errors() const { return errors_; }

 private:
  struct Entry {
    std::string text;  // JSON that is read when somebody asks for it
    size_t line = 0;
    nlohmann::json value{};
    bool read = false;
  };
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  mutable std::unordered_map<std::string, Entry, Hash, std::equal_to<>> values_;
  std::vector<std::string> errors_;
};

}  // namespace mlpgen::submission
