#include "tree/report.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>

#include "file/file.h"

namespace mlpgen::submission {
namespace {

std::string line(const std::string& key, const std::string& value) {
  return ":::MLLOG {\"key\": \"" + key + "\", \"value\": " + value +
         ", \"time_ms\": 1.0, \"namespace\": \"mlperf::logging\", \"event_type\": "
         "\"POINT_IN_TIME\", \"metadata\": {\"is_error\": false, \"is_warning\": false, \"file\": "
         "\"f\", \"line_no\": 1, \"pid\": 1, \"tid\": 1}}\n";
}

constexpr const char* kSummary = R"({
  "0": {"Platform": "box", "Model": "m", "Scenario": "Server", "Result": 12.5, "Units": "Tokens/s"},
  "1": {"Platform": "box", "Model": "m", "Scenario": "Server", "Result": 90, "Units": "Watts"},
  "mlpgen": {"round": "v6.0", "test_run_note": "a <test>", "stand_in": null, "checkers": {},
    "results": [{"system": "box", "model": "m", "scenario": "Server", "accuracy": {"acc": 70},
                 "loadgen": {"verdict": "VALID", "invalid_reason": "", "errors": []}}]}})";

struct Run {
  std::string path = "report_test." + std::to_string(getpid());
  Run() {
    std::filesystem::create_directory(path);
    REQUIRE(write_file(path + "/summary.json", kSummary));
    REQUIRE(write_file(path + "/mlperf_log_detail.txt",
                       line("effective_target_qps", "10") +
                           line("result_99.90_percentile_latency_ns", "3000000") +
                           line("result_50.00_percentile_latency_ns", "1500000") +
                           line("result_first_token_99.00_percentile_latency_ns", "500000") +
                           line("result_query_count", "700")));
    REQUIRE(write_file(path + "/lock", R"({"entries": {"package p==1 sdist": {"sha256": "ab"}}})"));
  }
  ~Run() { std::filesystem::remove_all(path); }
  nlohmann::ordered_json report() const {
    ReportRequest r;
    r.summary = path + "/summary.json";
    r.performance = {"box/m/Server=" + path};
    r.lock = path + "/lock";
    Result<nlohmann::ordered_json> made = make_report(r);
    REQUIRE(made);
    return *made;
  }
};

}  // namespace

TEST_CASE("a report has the numbers of the summary and the percentiles of the log") {
  Run run;
  nlohmann::ordered_json report = run.report();
  const nlohmann::ordered_json& result = report["results"][0];
  CHECK(result["metric"].dump() == R"({"value":12.5,"unit":"Tokens/s"})");
  CHECK(result["power"].dump() == R"({"value":90,"unit":"Watts"})");
  CHECK(result["latency_ms"]["query"].dump() ==
        R"([{"percentile":50.0,"ms":1.5},{"percentile":99.9,"ms":3.0}])");
  CHECK(result["latency_ms"]["first_token"].dump() == R"([{"percentile":99.0,"ms":0.5}])");
  CHECK(result["settings"].dump() == R"({"effective_target_qps":10})");
  CHECK(result["counted"].dump() == R"({"result_query_count":700})");
  CHECK(report["inputs"].dump() == R"([{"name":"package p==1 sdist","sha256":"ab"}])");
}

TEST_CASE("a run whose log is missing makes no report") {
  Run run;
  std::filesystem::remove(run.path + "/mlperf_log_detail.txt");
  ReportRequest r;
  r.summary = run.path + "/summary.json";
  r.performance = {"box/m/Server=" + run.path};
  CHECK_FALSE(make_report(r).ok());
}

TEST_CASE("the table quotes what a comma would cut, and the page what would end an element") {
  Run run;
  nlohmann::ordered_json report = run.report();
  std::string csv = report_csv(report);
  CHECK(
      csv.starts_with("system,model,scenario,quantity,unit,value\n"
                      "box,m,Server,metric,Tokens/s,12.5\nbox,m,Server,power,Watts,90\n"));
  CHECK(csv.find("\"query latency, percentile 99.9\",ms,3.0\n") != std::string::npos);
  ReportPage parts{"<t>{{title}}</t>{{style}}{{plots}}<d>{{data}}</d>{{script}}{{other}}",
                   "S",
                   "J",
                   {"a</script>"}};
  std::string page = report_page(report, parts);
  CHECK(page.starts_with("<t>m Server</t>S<script>a<\\/script></script>\n<d>{"));
  CHECK(page.ends_with("</d>J"));
  CHECK(page.find("a \\u003ctest>") != std::string::npos);
}

}  // namespace mlpgen::submission
