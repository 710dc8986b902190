// summary.json -> the one line at the end of a run.
#include "submission/python_text.h"
#include "submission/summary.h"

namespace mlpgen::submission {
namespace {

using Json = nlohmann::json;

std::string word(const Json& object, const char* pointer, const std::string& otherwise) {
  Json::json_pointer at(pointer);
  if (!object.contains(at) || object[at].is_null()) return otherwise;
  return python_text(object[at]);
}

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

std::string measured(const Json& summary) {
  if (const Json row = summary.value("0", Json()); row.is_object() && row.contains("Result"))
    return number(row["Result"]) + " " + word(row, "/Units", "");
  const Json& loadgen = summary["mlpgen"]["loadgen"];
  for (const auto& [key, unit] : {std::pair{"result_samples_per_second", "Samples/s"},
                                  {"result_completed_samples_per_sec", "Queries/s"}})
    if (loadgen.contains(key)) return number(loadgen[key]) + " " + unit;
  return "no result";
}

std::string subject(const Json& summary) {
  const Json row = summary.value("0", Json());
  std::string round = word(summary, "/mlpgen/round", "");
  if (!row.is_object()) return word(summary, "/mlpgen/loadgen/scenario", "result") + ", " + round;
  return word(row, "/Model", "") + " " + word(row, "/Scenario", "") + ", " +
         word(row, "/Division", "") + " division, " + round;
}

std::string verdict(const Json& summary, const char* pointer) {
  std::string text = word(summary, pointer, "not run");
  return text == "ok" ? "OK" : text;
}

}  // namespace

Result<std::string> result_line(const Json& summary) {
  if (!summary.is_object() || !summary.contains("mlpgen"))
    return Error{"the summary has no section 'mlpgen'", "make it with `mlpgen-tool summary`"};
  std::string line = subject(summary) + ": ";
  Json::json_pointer accuracy("/mlpgen/accuracy");
  if (summary.contains(accuracy))
    for (const auto& [metric, value] : summary[accuracy].items())
      line += metric + " " + number(value) + ", ";
  line += measured(summary);
  line += "; LoadGen: " + word(summary, "/mlpgen/loadgen/verdict", "unknown");
  line += "; mlpgen's checker: " + verdict(summary, "/mlpgen/checkers/mlpgen/verdict");
  line += "; official checker: " + verdict(summary, "/mlpgen/checkers/official/verdict");
  if (word(summary, "/mlpgen/checkers/official/locked_version", "True") == "False")
    line += " (not the version of the round's commit)";
  if (word(summary, "/mlpgen/test_run", "False") == "True")
    line += "; short test run, not a result to publish";
  return line;
}

}  // namespace mlpgen::submission
