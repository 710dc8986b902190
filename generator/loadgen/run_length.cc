// A target, said or measured, into LoadGen's settings.
#include "loadgen/run_length.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mlpgen::submission {
namespace {

constexpr double kValidSeconds = 660;               // of queries that LoadGen makes, for 600 s
constexpr double kFastSeconds = kValidSeconds / 5;  // submission.md §4
constexpr double kOfflineMargin = 1.03;
constexpr double kLatencyMargin = 0.5;
constexpr double kStreamQueries = 64,
                 kMultiStreamQueries = 662;  // for early stopping, submission.md §3.3

bool is_rate(const RunLength& run) { return run.scenario == "Offline" || run.scenario == "Server"; }

// What the calibration says of the target; nothing where its log has no result.
std::optional<double> measured_target(const RunLength& run) {
  if (!run.measured || run.scenario == "Server") return std::nullopt;
  std::optional<double> value = run.measured->number(result_key(run.scenario));
  if (!value || !(*value > 0)) return std::nullopt;
  const double reached = is_rate(run) ? *value : *value / 1e6;
  return run.style == "calibration" && !is_rate(run) ? reached : target_from(run.scenario, reached);
}

std::string line(const RunLength& run, const char* key, double value) {
  return conf_line(run.model, run.scenario, key, value);
}

double seconds(const RunLength& run) {
  return run.style == "fast"          ? kFastSeconds
         : run.style == "calibration" ? run.calibration_s
                                      : kValidSeconds;
}

bool bounds_length(const std::string& key) {
  return key.starts_with("min_") || key.starts_with("max_duration") ||
         key.starts_with("max_query_count");
}

double queries(const RunLength& run, double target) {
  double least = run.style != "fast"             ? 1
                 : run.scenario == "MultiStream" ? kMultiStreamQueries
                                                 : kStreamQueries;
  return std::ceil(
      std::max(is_rate(run) ? seconds(run) * target : seconds(run) * 1e3 / target, least));
}

// The lines that say how long a run is that no settings bound.
Result<std::string> length_lines(const RunLength& run) {
  std::optional<double> target = run.target ? run.target : measured_target(run);
  if (!target) {
    bool server = run.scenario == "Server";
    return Error{"no target is known for " + run.model + " in " + run.scenario,
                 server ? "you choose the rate of Server: give --server_target_qps=QUERIES"
                        : "the calibration run has no result: see its log, or give --target_qps or "
                          "--target_latency"};
  }
  if (run.scenario == "Offline") {
    std::string text = line(run, "target_qps", *target * seconds(run) / kValidSeconds);
    return run.style == "valid" ? text : text + line(run, "min_query_count", queries(run, *target));
  }
  std::string text = line(run, is_rate(run) ? "target_qps" : "target_latency", *target);
  if (run.style != "valid") text += line(run, "max_query_count", queries(run, *target));
  return text;
}

}  // namespace

std::string conf_line(const std::string& model, const std::string& scenario, const std::string& key,
                      double value) {
  char text[512];
  std::snprintf(text, sizeof text, value == std::floor(value) ? "%.0f" : "%.6g", value);
  return model + "." + scenario + "." + key + " = " + text + "\n";
}

const char* result_key(const std::string& scenario) {
  return scenario == "Offline"       ? "result_samples_per_second"
         : scenario == "MultiStream" ? "result_mean_query_latency_ns"
                                     : "result_mean_latency_ns";
}

double target_from(const std::string& scenario, double reached) {
  return scenario == "Offline"  ? reached * kOfflineMargin
         : scenario == "Server" ? reached
                                : reached * kLatencyMargin;
}

Result<std::string> run_length_conf(const RunLength& run) {
  Result<std::string> text = run.style == "test" ? Result<std::string>("") : length_lines(run);
  if (!text) return text;
  const std::string begin = run.model + "." + run.scenario + ".";
  for (const auto& [key, value] : run.settings)
    if (!value.empty()) *text += begin + key + " = " + value + "\n";
  for (const auto& [key, value] : run.more) {
    if (value.empty() || (run.style == "calibration" && bounds_length(key))) continue;
    if (size_t at = text->find(begin + key + " = "); at != std::string::npos)
      text->erase(at, text->find('\n', at) + 1 - at);
    *text += begin + key + " = " + value + "\n";
  }
  return text;
}

}  // namespace mlpgen::submission
