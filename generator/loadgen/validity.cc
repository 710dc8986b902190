// LoadGen's result_validity and the numbers behind it, in a user's words.
#include "loadgen/validity.h"

#include <cstdio>

namespace mlpgen::submission {
namespace {

// What a target must leave of room: the next run is not exactly as fast as this one.
constexpr double kRateRoom = 1.05, kLatencyRoom = 0.5;

std::string shown(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

double number(const LoadgenLog& log, std::string_view key) { return log.number(key).value_or(0); }

bool is_missed(const LoadgenLog& log, std::string_view key) {
  const nlohmann::json* met = log.find(key);
  return met && met->is_boolean() && !met->get<bool>();
}

// Seconds of the run; 0 where the log has no number for them.
double lasted_s(const LoadgenLog& log, const std::string& scenario) {
  if (scenario == "Offline") return number(log, "result_max_latency_ns") / 1e9;
  double rate = number(log, scenario == "Server" ? "result_scheduled_samples_per_sec"
                                                 : "result_qps_with_loadgen_overhead");
  return rate > 0 ? number(log, "result_query_count") / rate : 0;
}

// The setting of user.conf that ended the run before its time, or "".
std::string cut_by(const LoadgenLog& log) {
  double most = number(log, "effective_max_query_count"),
         longest_ms = number(log, "effective_max_duration_ms");
  if (most > 0 && number(log, "result_query_count") >= most)
    return "max_query_count = " + shown(most);
  if (longest_ms > 0 && longest_ms < number(log, "effective_min_duration_ms"))
    return "max_duration = " + shown(longest_ms);
  return "";
}

// For a run whose queries were used up too early.
std::string more_queries(const LoadgenLog& log, const std::string& scenario) {
  if (std::string cut = cut_by(log); !cut.empty())
    return "leave " + cut + " out of user.conf: it ended the run";
  std::string flag = target_flag(scenario);
  if (scenario == "Offline")
    return flag + "=" + shown(number(log, "result_samples_per_second") * kRateRoom) +
           " makes LoadGen issue more samples; " + shown(number(log, "effective_target_qps")) +
           " samples/s were expected";
  if (scenario == "Server")
    return "a rate above " + flag + "=" + shown(number(log, "effective_target_qps")) +
           " makes LoadGen issue more queries";
  double mean_ns = number(
      log, scenario == "MultiStream" ? "result_mean_query_latency_ns" : "result_mean_latency_ns");
  return flag + "=" + shown(mean_ns / 1e6 * kLatencyRoom) + " makes LoadGen prepare more queries";
}

MissedRule short_run(const LoadgenLog& log, const std::string& scenario) {
  double lasted = lasted_s(log, scenario);
  return {"min_duration",
          (lasted > 0 ? "the run lasted " + shown(lasted) + " s" : "the run was too short") + "; " +
              shown(number(log, "effective_min_duration_ms") / 1e3) + " s are asked for",
          more_queries(log, scenario)};
}

MissedRule few_queries(const LoadgenLog& log, const std::string& scenario) {
  return {"min_query_count",
          "LoadGen issued " + shown(number(log, "result_query_count")) + " queries; " +
              shown(number(log, "effective_min_query_count")) + " are asked for",
          more_queries(log, scenario)};
}

std::string slower(const LoadgenLog& log) {
  return "choose a rate below " + target_flag("Server") + "=" +
         shown(number(log, "effective_target_qps")) +
         "; the variation _find-performance searches for the highest";
}

// A latency that LoadGen bounds in Server: where the percentile of the run is above the limit.
void add_latency(std::vector<MissedRule>& missed, const LoadgenLog& log, const std::string& rule,
                 const std::string& key_begin, const std::string& key_end, double limit_ns) {
  char percentile[32];
  std::snprintf(percentile, sizeof percentile, "%.2f",
                number(log, "effective_target_latency_percentile") * 100);
  double had_ns = number(log, key_begin + percentile + key_end);
  if (limit_ns > 0 && had_ns > limit_ns)
    missed.push_back({rule,
                      "its " + std::string(percentile) + "th percentile is " + shown(had_ns / 1e6) +
                          " ms; at most " + shown(limit_ns / 1e6) + " ms are allowed",
                      slower(log)});
}

void add_latencies(std::vector<MissedRule>& missed, const LoadgenLog& log) {
  size_t before = missed.size();
  if (log.find("requested_use_token_latencies")) {
    add_latency(missed, log, "ttft_latency", "result_first_token_", "_percentile_latency_ns",
                number(log, "requested_server_ttft_latency"));
    add_latency(missed, log, "tpot_latency", "result_time_per_output_token_", "_percentile_ns",
                number(log, "requested_server_tpot_latency"));
  } else {
    add_latency(missed, log, "target_latency", "result_", "_percentile_latency_ns",
                number(log, "effective_target_latency_ns"));
  }
  if (missed.size() == before)
    missed.push_back({"target_latency", "too many queries took longer than allowed", slower(log)});
}

MissedRule early_stopping(const LoadgenLog& log, const std::string& scenario) {
  std::string said;
  for (const char* key :
       {"early_stopping_result", "early_stopping_ttft_result", "early_stopping_tpot_result"})
    if (std::optional<std::string> text = log.text(key)) said += *text;
  return {"early_stopping", "LoadGen says:" + said,
          scenario == "Server" ? slower(log) : more_queries(log, scenario)};
}

}  // namespace

std::vector<MissedRule> missed_rules(const LoadgenLog& log) {
  std::vector<MissedRule> missed;
  if (log.text("result_validity").value_or("VALID") == "VALID") return missed;
  const std::string scenario = log.text("effective_scenario").value_or("");
  if (is_missed(log, "result_min_duration_met")) missed.push_back(short_run(log, scenario));
  if (is_missed(log, "result_min_queries_met")) missed.push_back(few_queries(log, scenario));
  if (is_missed(log, "result_perf_constraints_met")) add_latencies(missed, log);
  if (is_missed(log, "early_stopping_met")) missed.push_back(early_stopping(log, scenario));
  return missed;
}

std::string target_flag(const std::string& scenario) {
  if (scenario == "Offline") return "--offline_target_qps";
  if (scenario == "SingleStream") return "--singlestream_target_latency";
  return scenario == "MultiStream" ? "--multistream_target_latency" : "--server_target_qps";
}

}  // namespace mlpgen::submission
