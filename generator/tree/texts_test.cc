#include <doctest/doctest.h>

#include "loadgen/truncate.h"
#include "tree/submission_texts.h"
#include "tree/summary.h"
#include "tree/test_run.h"

using namespace mlpgen;
using namespace mlpgen::submission;

TEST_CASE("a hash line stands alone at the first column") {
  CHECK(hash_line_of("mAP=1\n\nhash=12ab\n") == "12ab");
  CHECK(hash_line_of(" hash=12ab\n").empty());
  CHECK(hash_line_of("hash=\n").empty());
  CHECK(hash_line_of("hash=12 ab\n").empty());
}

TEST_CASE("a test run is said once") {
  std::string said = with_test_run("# A", "Short test run.");
  CHECK(said == "# A\n\n## Test run\n\nShort test run.\n");
  CHECK(with_test_run(said, "Short test run.") == said);
  CHECK(with_test_run("# A", "") == "# A");
}

TEST_CASE("the system's notes keep what they said") {
  CHECK(*system_with_note("{\"sw_notes\": \"C++\"}", "Short.", "s.json") ==
        "{\n  \"sw_notes\": \"C++ Short.\"\n}\n");
  CHECK(*system_with_note("{\"hw_notes\": \"Short.\"}", "Short.", "s.json") ==
        "{\"hw_notes\": \"Short.\"}");
  CHECK(*system_with_note("{}", "", "s.json") == "{}");
  CHECK(system_with_note("[]", "", "s.json").error().message == "s.json is not one JSON object");
}

TEST_CASE("a line for each result, also without a row of summary.csv") {
  nlohmann::json loadgen = {
      {"verdict", "INVALID"}, {"scenario", "Offline"}, {"result_samples_per_second", 41.23456}};
  nlohmann::json summary = {
      {"mlpgen",
       {{"round", "v5.1"},
        {"test_run", true},
        {"results",
         {{{"model", "retinanet"},
           {"scenario", "Offline"},
           {"accuracy", {{"mAP", 0.5}}},
           {"loadgen", loadgen}},
          {{"model", "bert-99"},
           {"scenario", "Server"},
           {"accuracy", nlohmann::json::object()},
           {"loadgen", nlohmann::json::object()}}}},
        {"checkers",
         {{"mlpgen", {{"verdict", "errors"}}}, {"official", {{"verdict", "not run"}}}}}}}};
  std::string rest =
      "; mlpgen's checker: errors; official checker: not run; short test run, not a result to "
      "publish";
  CHECK(*result_line(summary) ==
        "retinanet Offline, v5.1: mAP 0.5 %, 41.2346 Samples/s; LoadGen: INVALID" + rest +
            "\nbert-99 Server, v5.1: no result; LoadGen: unknown" + rest);
}
