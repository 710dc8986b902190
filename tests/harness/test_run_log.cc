// LoadGen's files after a run.
#include <doctest/doctest.h>

#include <filesystem>

#include "failure.h"
#include "run_log.h"
#include "test_files.h"

namespace mlpgen {
namespace {

std::string entry(const std::string& key, const std::string& value, bool error) {
  return ":::MLLOG {\"key\": \"" + key + "\", \"value\": " + value +
         ", \"metadata\": {\"is_error\": " + (error ? "true" : "false") + "}}\n";
}

TEST_CASE("errors, validity and reasons are found") {
  TestFolder folder;
  folder.write("mlperf_log_detail.txt", entry("loadgen_version", "\"6.0.17\"", false) +
                                            entry("error_runtime", "\"Ending early\"", true) +
                                            entry("result_validity", "\"INVALID\"", false));
  folder.write(
      "mlperf_log_summary.txt",
      "Result is : INVALID\n  Min duration satisfied : NO\n  Min queries satisfied : Yes\n"
      "Recommendations:\n * Increase expected QPS.\nEarly Stopping Result:\n * 64 queries\n");
  const RunLog log = read_run_log(folder.path("."));
  CHECK(log.validity == "INVALID");
  CHECK(log.values.at("loadgen_version") == "6.0.17");
  REQUIRE(log.errors.size() == 1);
  CHECK(log.errors[0].key == "error_runtime");
  CHECK(log.errors[0].text == "Ending early");
  CHECK(log.reasons ==
        std::vector<std::string>{"Min duration satisfied : NO", "Increase expected QPS."});
}

TEST_CASE("a log that is missing, empty or cut is refused") {
  TestFolder folder;
  CHECK_THROWS_AS(read_run_log(folder.path(".")), Failure);
  folder.write("mlperf_log_detail.txt", "");
  CHECK_THROWS_AS(read_run_log(folder.path(".")), Failure);
  folder.write("mlperf_log_detail.txt", ":::MLLOG {\"key\": \"cut");
  CHECK_THROWS_AS(read_run_log(folder.path(".")), Failure);
}

TEST_CASE("any error voids an accuracy run, one about the configuration every run") {
  RunLog log;
  CHECK(find_fatal(log, true) == nullptr);
  log.errors = {{"error_runtime", "Ending early"}};
  CHECK(find_fatal(log, true) == &log.errors[0]);
  CHECK(find_fatal(log, false) == nullptr);
  log.errors.push_back({"error_invalid_config", "value needs to be a number"});
  CHECK(find_fatal(log, false) == &log.errors[1]);
}

TEST_CASE("a sample without a response is an error") {
  RunLog log;
  CHECK_NOTHROW(require_responses(log, {0, 1, 2}, 3));
  CHECK_THROWS_WITH_AS(require_responses(log, {0, 2}, 3),
                       "the accuracy log has responses for 2 of 3 samples", Failure);
  log.values["effective_accuracy_sample_count"] = "2";
  CHECK_NOTHROW(require_responses(log, {0, 2}, 3));
}

TEST_CASE("samples in the accuracy log are counted once") {
  TestFolder folder;
  folder.write("mlperf_log_accuracy.json",
               "[\n{ \"seq_id\" : 0, \"qsl_idx\" : 12, \"data\" : \"00\" },\n"
               "{ \"seq_id\" : 1, \"qsl_idx\" : 3, \"data\" : \"\" },\n"
               "{ \"seq_id\" : 2, \"qsl_idx\" : 12, \"data\" : \"00\" }\n]\n");
  CHECK(read_accuracy_indices(folder.path(".")) == std::set<uint64_t>{3, 12});
}

}  // namespace
}  // namespace mlpgen
