// summary.json -> the one line at the end of a run.
#include "loadgen/python_text.h"
#include "tree/result_facts.h"
#include "tree/summary.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

// At most four digits behind the point.
std::string number(const Json& value) {
  if (!value.is_number_float()) return python_text(value);
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "%.4f", value.get<double>());
  std::string text = buffer;
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

// What the checkers said of all results, and what kind of run it was.
std::string verdicts(const Json& summary) {
  std::string line;
  line += "; mlpgen's checker: " + verdict_of(summary, "/mlpgen/checkers/mlpgen/verdict");
  line += "; official checker: " + verdict_of(summary, "/mlpgen/checkers/official/verdict");
  if (word_at(summary, "/mlpgen/checkers/official/locked_version", "True") == "False")
    line += " (not the version of the round's commit)";
  if (!word_at(summary, "/mlpgen/stand_in", "").empty()) line += "; with stand-ins";
  if (word_at(summary, "/mlpgen/test_run", "False") == "True")
    line += "; short test run, not a result to publish";
  return line;
}

}  // namespace

std::string word_at(const Json& object, const char* pointer, const std::string& otherwise) {
  Json::json_pointer at(pointer);
  if (!object.contains(at) || object[at].is_null()) return otherwise;
  return python_text(object[at]);
}

// Accuracy and mAP are percents; the other metrics have scales of their own.
std::string accuracy_text(const std::string& metric, const Json& value) {
  if (metric == "acc") return "accuracy " + number(value) + " %";
  return metric + " " + number(value) + (metric == "mAP" ? " %" : "");
}

Json row_of(const Json& summary, const Json& result) {
  for (const auto& [key, row] : summary.items())
    if (key != "mlpgen" && row.is_object() &&
        word_at(row, "/Platform", "") == word_at(result, "/system", "") &&
        word_at(row, "/Model", "") == word_at(result, "/model", "") &&
        word_at(row, "/Scenario", "") == word_at(result, "/scenario", ""))
      return row;
  return {};
}

std::string measured_text(const Json& row, const Json& result) {
  if (row.is_object() && row.contains("Result")) {
    const std::string units = word_at(row, "/Units", ""), value = number(row["Result"]);
    return units == "Latency (ms)" ? "latency " + value + " ms" : value + " " + units;
  }
  const Json loadgen = result.value("loadgen", Json::object());
  for (const auto& [key, unit] : {std::pair{"result_samples_per_second", "Samples/s"},
                                  {"result_completed_samples_per_sec", "Queries/s"}})
    if (loadgen.contains(key)) return number(loadgen[key]) + " " + unit;
  return "no result";
}

std::string verdict_of(const Json& summary, const char* pointer) {
  std::string text = word_at(summary, pointer, "not run");
  return text == "ok" ? "OK" : text;
}

Result<std::string> result_line(const Json& summary) {
  if (!summary.is_object() || !summary.contains("mlpgen"))
    return Error{"the summary has no section 'mlpgen'", "make it with `mlpgen-tool summary`"};
  std::string all;
  const Json results = summary["mlpgen"].value("results", Json::array());
  for (const Json& result : results) {
    const Json row = row_of(summary, result);
    std::string line =
        word_at(result, "/model", "result") + " " + word_at(result, "/scenario", "") + ", ";
    if (row.is_object()) line += word_at(row, "/Division", "") + " division, ";
    line += word_at(summary, "/mlpgen/round", "") + ": ";
    const Json accuracy = result.value("accuracy", Json::object());
    for (const auto& [metric, value] : accuracy.items())
      line += accuracy_text(metric, value) + ", ";
    line +=
        measured_text(row, result) + "; LoadGen: " + word_at(result, "/loadgen/verdict", "unknown");
    all += (all.empty() ? "" : "\n") + line + verdicts(summary);
  }
  if (all.empty()) return Error{"the summary has no results", "make it with `mlpgen-tool summary`"};
  return all;
}

}  // namespace mlpgen::submission
