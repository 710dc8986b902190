#include "loadgen/run_length.h"

#include <doctest/doctest.h>

using namespace mlpgen;
using namespace mlpgen::submission;

namespace {

LoadgenLog log_with(const std::string& key, double value) {
  std::string line = R"(:::MLLOG {"key": ")" + key + R"(", "value": )" + std::to_string(value) +
                     R"(, "metadata": {"is_error": false}})";
  return *LoadgenLog::parse(line + "\n", "log");
}

std::string conf(const std::string& style, const std::string& scenario,
                 std::optional<double> target, const LoadgenLog* measured = nullptr) {
  Result<std::string> text = run_length_conf({style, "m", scenario, target, measured});
  return text ? *text : text.error().message;
}

}  // namespace

TEST_CASE("a valid run takes what was said, and never sets the duration") {
  CHECK(conf("valid", "Offline", 100) == "m.Offline.target_qps = 100\n");
  CHECK(conf("valid", "Server", 8.5) == "m.Server.target_qps = 8.5\n");
  CHECK(conf("valid", "SingleStream", 2) == "m.SingleStream.target_latency = 2\n");
}

TEST_CASE(
    "what nobody said is measured: a faster run must still last, and LoadGen must not run out of "
    "queries") {
  LoadgenLog rate = log_with("result_samples_per_second", 200),
             latency = log_with("result_mean_latency_ns", 4e6),
             query_latency = log_with("result_mean_query_latency_ns", 4e6);
  CHECK(conf("valid", "Offline", {}, &rate) == "m.Offline.target_qps = 206\n");
  CHECK(conf("valid", "SingleStream", {}, &latency) == "m.SingleStream.target_latency = 2\n");
  CHECK(conf("valid", "MultiStream", {}, &query_latency) == "m.MultiStream.target_latency = 2\n");
  CHECK(conf("valid", "Offline", 50, &rate) == "m.Offline.target_qps = 50\n");
  CHECK(conf("valid", "Offline", {}, &latency) == "no target is known for m in Offline");
  CHECK(conf("valid", "Server", {}, &rate) == "no target is known for m in Server");
}

TEST_CASE("a calibration lasts half a minute") {
  LoadgenLog rate = log_with("result_samples_per_second", 200),
             latency = log_with("result_mean_latency_ns", 4e6);
  CHECK(conf("calibration", "Offline", {}, &rate) ==
        "m.Offline.target_qps = 9.36364\nm.Offline.min_query_count = 6180\n");
  CHECK(conf("calibration", "SingleStream", {}, &latency) ==
        "m.SingleStream.target_latency = 4\nm.SingleStream.max_query_count = 7500\n");
  CHECK(conf("calibration", "MultiStream", 60000) ==
        "m.MultiStream.target_latency = 60000\nm.MultiStream.max_query_count = 1\n");
}

TEST_CASE("a fast run has a fifth of the queries, but what early stopping needs") {
  CHECK(conf("fast", "Offline", 100) ==
        "m.Offline.target_qps = 20\nm.Offline.min_query_count = 13200\n");
  CHECK(conf("fast", "Server", 10) ==
        "m.Server.target_qps = 10\nm.Server.max_query_count = 1320\n");
  CHECK(conf("fast", "Server", 10000) ==
        "m.Server.target_qps = 10000\nm.Server.max_query_count = 1320000\n");
  CHECK(conf("fast", "SingleStream", 2) ==
        "m.SingleStream.target_latency = 2\nm.SingleStream.max_query_count = 66000\n");
  CHECK(conf("fast", "MultiStream", 1000) ==
        "m.MultiStream.target_latency = 1000\nm.MultiStream.max_query_count = 662\n");
}

TEST_CASE("what a user says stands in place of a line; of a calibration's length it says nothing") {
  RunLength run{"valid", "m", "Offline", 100};
  run.more = {{"target_qps", "90"}, {"min_duration", "700000"}};
  CHECK(*run_length_conf(run) == "m.Offline.target_qps = 90\nm.Offline.min_duration = 700000\n");
  run.style = "calibration";
  run.more = {{"min_duration", "700000"}, {"max_async_queries", "4"}};
  CHECK(*run_length_conf(run) ==
        "m.Offline.target_qps = 4.54545\nm.Offline.min_query_count = 3000\n"
        "m.Offline.max_async_queries = 4\n");
}
