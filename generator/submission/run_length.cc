// A target, said or measured, into LoadGen's settings.
#include "submission/run_length.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace mlpgen::submission {
namespace {

constexpr double kFastFactor = 5;       // submission.md §4
constexpr double kFastSeconds = 660 / kFastFactor;
constexpr double kOfflineMargin = 1.05;
constexpr double kLatencyMargin = 0.5;
constexpr double kStreamQueries = 64, kMultiStreamQueries = 662;  // for early stopping, submission.md §3.3

bool is_rate(const RunLength& run) { return run.scenario == "Offline" || run.scenario == "Server"; }

// What the calibration says of the target; nothing where its log has no result.
std::optional<double> measured_target(const RunLength& run) {
  if (!run.measured || run.scenario == "Server") return std::nullopt;
  std::optional<double> value = run.measured->number(run.scenario == "Offline" ? "result_samples_per_second" : "result_mean_latency_ns");
  if (!value || !(*value > 0)) return std::nullopt;
  return run.scenario == "Offline" ? *value * kOfflineMargin : *value / 1e6 * kLatencyMargin;
}

// Whole numbers with all their digits: LoadGen reads 1e+06 as 1 where it wants an integer.
std::string line(const RunLength& run, const char* key, double value) {
  char text[512];
  std::snprintf(text, sizeof text, value == std::floor(value) ? "%.0f" : "%.6g", value);
  return run.model + "." + run.scenario + "." + key + " = " + text + "\n";
}

double fast_queries(const RunLength& run, double target) {
  double queries = is_rate(run) ? kFastSeconds * target : kFastSeconds * 1e3 / target;
  double least = run.scenario == "MultiStream" ? kMultiStreamQueries : kStreamQueries;
  return std::ceil(std::max(queries, least));
}

}  // namespace

Result<std::string> run_length_conf(const RunLength& run) {
  std::optional<double> target = run.target ? run.target : measured_target(run);
  if (!target) {
    bool server = run.scenario == "Server";
    return Error{"no target is known for " + run.model + " in " + run.scenario,
                 server ? "the rate of Server is what you promise: say --server_target_qps=QUERIES"
                        : "the calibration run has no result: see its log, or say --target_qps or --target_latency"};
  }
  bool fast = run.style == "fast";
  bool fewer_samples = fast && run.scenario == "Offline";
  std::string text = line(run, is_rate(run) ? "target_qps" : "target_latency", fewer_samples ? *target / kFastFactor : *target);
  if (fast && !fewer_samples) text += line(run, "max_query_count", fast_queries(run, *target));
  return text;
}

}  // namespace mlpgen::submission
