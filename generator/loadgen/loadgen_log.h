// LoadGen's mlperf_log_detail.txt -> the first value of each key, and the errors that LoadGen
// logged.
//
// A line is ":::MLLOG " + JSON {key, value, metadata{is_error, ...}} (submission.md §3.5). Logs are
// only read. A line exactly as LoadGen words it is taken apart without a JSON reader, because a
// round's logs have millions of them; any other one is read as JSON.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

class LoadgenLog {
 public:
  // An error names the line that is not LoadGen's.
  static Result<LoadgenLog> parse(std::string_view text, const std::string& path);
  static Result<LoadgenLog> read(const std::string& path);

  const nlohmann::json* find(std::string_view key) const;  // absent: nullptr
  std::optional<double> number(std::string_view key) const;
  std::optional<std::string> text(std::string_view key) const;
  const std::map<std::string, nlohmann::json, std::less<>>& values() const { return values_; }
  const std::vector<std::string>& errors() const { return errors_; }

 private:
  std::map<std::string, nlohmann::json, std::less<>> values_;
  std::vector<std::string> errors_;
};

}  // namespace mlpgen::submission
