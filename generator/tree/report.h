// The report of results: one JSON document, its numbers as a table, and a page that shows them.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

struct ReportRequest {
  std::string summary;  // summary.json; what it says of a result is taken from there
  // "SYSTEM/MODEL/SCENARIO=FOLDER" of each performance run: LoadGen's logs, and where they are
  // there measurement.json, harness.json, power.json.
  std::vector<std::string> performance;
  std::string system;        // the system description; "" = none
  std::string lock;          // lock of the fetched inputs; "" = none
  std::string request_file;  // the command that requested this; "" = none
};

// {format, request, round, test_run_note, stand_in, checkers, system, inputs, results};
// docs/report.md has the keys. Times are in ms. An error names the file that cannot be read.
Result<nlohmann::ordered_json> make_report(const ReportRequest& request);

// system,model,scenario,quantity,unit,value: a row for each number and verdict of each result.
std::string report_csv(const nlohmann::ordered_json& report);

struct ReportPage {
  std::string frame;          // HTML with {{title}}, {{style}}, {{plots}}, {{data}}, {{script}}
  std::string style, script;  // ours
  std::vector<std::string> library;  // Vega, Vega-Lite, Vega-Embed, in this order
};

// One HTML text that asks nothing of a network.
std::string report_page(const nlohmann::ordered_json& report, const ReportPage& parts);

}  // namespace mlpgen::submission
