#include "loadgen/validity.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

using namespace mlpgen::submission;

namespace {

// A detail log with these values; "RULE: what | remedy" of each rule that it misses.
std::string missed(const nlohmann::json& values) {
  std::string text;
  for (const auto& [key, value] : values.items())
    text +=
        ":::MLLOG " +
        nlohmann::json{{"key", key}, {"value", value}, {"metadata", {{"is_error", false}}}}.dump() +
        "\n";
  std::string all;
  for (const MissedRule& rule : missed_rules(*LoadgenLog::parse(text, "log")))
    all += rule.rule + ": " + rule.what + " | " + rule.remedy + "\n";
  return all;
}

nlohmann::json invalid(const std::string& scenario, nlohmann::json more) {
  more["result_validity"] = "INVALID";
  more["effective_scenario"] = scenario;
  more["effective_min_duration_ms"] = 600000;
  return more;
}

}  // namespace

TEST_CASE("a VALID run and an accuracy run miss nothing") {
  CHECK(missed({{"result_validity", "VALID"}, {"result_min_duration_met", true}}).empty());
  CHECK(missed({{"effective_scenario", "Offline"}}).empty());
}

TEST_CASE("a short run names the flag with a value that the run itself tells") {
  CHECK(
      missed(invalid("Offline", {{"result_min_duration_met", false},
                                 {"result_max_latency_ns", 412300000000},
                                 {"result_samples_per_second", 100},
                                 {"effective_target_qps", 62.5}})) ==
      "min_duration: the run lasted 412.3 s; 600 s are asked for | --offline_target_qps=105 makes "
      "LoadGen issue more samples; 62.5 samples/s were expected\n");
  CHECK(missed(invalid("SingleStream", {{"result_min_duration_met", false},
                                        {"result_query_count", 3000},
                                        {"result_qps_with_loadgen_overhead", 10},
                                        {"result_mean_latency_ns", 4e6}})) ==
        "min_duration: the run lasted 300 s; 600 s are asked for | --singlestream_target_latency=2 "
        "makes LoadGen prepare more queries\n");
  CHECK(missed(invalid("MultiStream", {{"result_min_duration_met", false},
                                       {"result_mean_query_latency_ns", 4e7}})) ==
        "min_duration: the run was too short; 600 s are asked for | "
        "--multistream_target_latency=20 makes LoadGen prepare more queries\n");
}

TEST_CASE("a run that user.conf cut off names the setting") {
  CHECK(missed(invalid("SingleStream", {{"result_min_duration_met", false},
                                        {"result_query_count", 100},
                                        {"effective_max_query_count", 100}})) ==
        "min_duration: the run was too short; 600 s are asked for | leave max_query_count = 100 "
        "out of user.conf: it ended the run\n");
}

TEST_CASE("a rate that the system does not hold in Server names the percentile and its limit") {
  CHECK(missed(invalid("Server", {{"result_perf_constraints_met", false},
                                  {"effective_target_latency_percentile", 0.99},
                                  {"effective_target_latency_ns", 15000000},
                                  {"result_99.00_percentile_latency_ns", 21500000},
                                  {"effective_target_qps", 40}})) ==
        "target_latency: its 99.00th percentile is 21.5 ms; at most 15 ms are allowed | choose a "
        "rate below --server_target_qps=40; the variation _find-performance searches for the "
        "highest\n");
  CHECK(
      missed(invalid("Server", {{"result_perf_constraints_met", false},
                                {"requested_use_token_latencies", true},
                                {"requested_server_ttft_latency", 2000000000},
                                {"requested_server_tpot_latency", 100000000},
                                {"effective_target_latency_percentile", 0.99},
                                {"result_first_token_99.00_percentile_latency_ns", 1000000000},
                                {"result_time_per_output_token_99.00_percentile_ns", 150000000},
                                {"effective_target_qps", 2}})) ==
      "tpot_latency: its 99.00th percentile is 150 ms; at most 100 ms are allowed | choose a rate "
      "below --server_target_qps=2; the variation _find-performance searches for the highest\n");
}

TEST_CASE("early stopping is told in LoadGen's words") {
  CHECK(missed(invalid("SingleStream", {{"early_stopping_met", false},
                                        {"early_stopping_result", " * Only processed 20 queries."},
                                        {"result_query_count", 20},
                                        {"effective_max_query_count", 20}})) ==
        "early_stopping: LoadGen says: * Only processed 20 queries. | leave max_query_count = 20 "
        "out of user.conf: it ended the run\n");
}
