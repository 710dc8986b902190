// LoadGen's files after a run -> what they say about it.
#include "run_log.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "failure.h"

namespace mlpgen {
namespace {

constexpr std::string_view kMarker = ":::MLLOG ";

std::ifstream open_log(const std::string& path) {
  std::ifstream in(path);
  if (!in)
    throw Failure("LoadGen did not write " + path, "is the folder given with --out writable?");
  return in;
}

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// "Min duration satisfied : NO" and what LoadGen recommends, without the indentation. Lists under
// other titles ("Early Stopping Result:") are numbers, not reasons.
std::vector<std::string> read_reasons(const std::string& path) {
  std::ifstream in = open_log(path);
  std::vector<std::string> reasons;
  bool recommends = false;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(" ")) recommends = line.starts_with("Recommendations:");
    const size_t text = line.find_first_not_of(" *");
    if (text == std::string::npos) continue;
    if (line.find(": NO") != std::string::npos || (recommends && line.starts_with(" * ")))
      reasons.push_back(line.substr(text));
  }
  return reasons;
}

}  // namespace

RunLog read_run_log(const std::string& dir) {
  const std::string path = dir + "/mlperf_log_detail.txt";
  std::ifstream in = open_log(path);
  RunLog log;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(kMarker)) continue;
    const auto entry =
        nlohmann::json::parse(line.substr(kMarker.size()), nullptr, /*allow_exceptions=*/false);
    if (entry.is_discarded() || !entry.contains("key"))
      throw Failure(path + " has a line that is not LoadGen's: " + line);
    const std::string key = text_of(entry["key"]);
    const std::string value = entry.contains("value") ? text_of(entry["value"]) : "";
    log.values[key] = value;
    if (entry.contains("metadata") && entry["metadata"].value("is_error", false))
      log.errors.push_back({key, value});
  }
  if (log.values.empty()) throw Failure(path + " is empty");
  if (const auto found = log.values.find("result_validity"); found != log.values.end())
    log.validity = found->second;
  if (log.validity == "INVALID") log.reasons = read_reasons(dir + "/mlperf_log_summary.txt");
  return log;
}

const LogError* find_fatal(const RunLog& log, bool accuracy) {
  for (const LogError& error : log.errors)
    if (accuracy || error.key == "error_invalid_config") return &error;
  return nullptr;
}

void require_responses(const RunLog& log, const std::set<uint64_t>& found, size_t total) {
  const auto asked = log.values.find("effective_accuracy_sample_count");
  const size_t wanted =
      asked == log.values.end() ? total : std::strtoull(asked->second.c_str(), nullptr, 10);
  if (found.size() != wanted)
    throw Failure("the accuracy log has responses for " + std::to_string(found.size()) + " of " +
                  std::to_string(wanted) + " samples");
}

std::set<uint64_t> read_accuracy_indices(const std::string& dir) {
  const std::string path = dir + "/mlperf_log_accuracy.json";
  std::ifstream in = open_log(path);
  constexpr std::string_view kKey = "\"qsl_idx\" : ";
  std::set<uint64_t> indices;
  // LoadGen writes one response a line; a whole log can be too large to parse at once.
  for (std::string line; std::getline(in, line);) {
    const size_t at = line.find(kKey);
    if (at != std::string::npos)
      indices.insert(std::strtoull(line.c_str() + at + kKey.size(), nullptr, 10));
  }
  return indices;
}

}  // namespace mlpgen
