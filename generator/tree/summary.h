// The summary of a run: rows of summary.csv, LoadGen's verdict, the checkers' verdicts, and what
// was not real.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::submission {

struct SummaryRequest {
  std::string csv;       // summary.csv
  std::string check;     // check.json of mlpgen's checker
  std::string official;  // official.json; "" = the official checker was not run
  // "SYSTEM/MODEL/SCENARIO=PATH" of each result: LoadGen's output of the performance run;
  // accuracy.txt.
  std::vector<std::string> performance, accuracy_txt;
  std::string test_run;  // sentence; "" = not a test run
  std::string stand_in;  // what is not real; "" = nothing
  std::string defaults;  // JSON with the values that are declared defaults; "" = none given
};

// {"0": {column: value, ...}, ..., "mlpgen": {...}}; the section's keys are listed in `mlpgen-tool
// summary --help`.
Result<nlohmann::ordered_json> make_summary(const SummaryRequest& request);

// summary.json's form: indented by 4, '/' written as '\/', no line end at the end (submission.md
// §11).
std::string summary_text(const nlohmann::ordered_json& summary);

// "retinanet Offline, open division, v5.1: mAP 79.2, 41.5 Samples/s; LoadGen: VALID; ...", a line
// for each result.
Result<std::string> result_line(const nlohmann::json& summary);

}  // namespace mlpgen::submission
