// summary.csv + verdicts -> summary.json.
#include "tree/summary.h"

#include "file/file.h"
#include "loadgen/accuracy_text.h"
#include "loadgen/loadgen_log.h"
#include "loadgen/official_text.h"
#include "text/text.h"
#include "tree/csv_table.h"

namespace mlpgen::submission {
namespace {

using OrderedJson = nlohmann::ordered_json;

Result<OrderedJson> object_in(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  OrderedJson value = OrderedJson::parse(*text, nullptr, false);
  if (!value.is_object())
    return Error{path + " is not one JSON object", "take the file as mlpgen-tool wrote it"};
  return value;
}

// LoadGen's own words about the performance run.
Result<OrderedJson> loadgen_section(const std::string& folder) {
  Result<LoadgenLog> log = LoadgenLog::read(folder + "/mlperf_log_detail.txt");
  if (!log) return log.error();
  OrderedJson out;
  out["verdict"] = log->text("result_validity").value_or("unknown");
  out["scenario"] = log->text("effective_scenario").value_or("unknown");
  for (const char* key : {"result_samples_per_second", "result_completed_samples_per_sec",
                          "early_stopping_latency_ss", "early_stopping_latency_ms",
                          "effective_min_duration_ms", "result_query_count"})
    if (const nlohmann::json* value = log->find(key)) out[key] = *value;
  out["invalid_reason"] = log->text("result_invalid_reason").value_or("");
  out["errors"] = log->errors();
  return out;
}

OrderedJson verdict_of(const OrderedJson& report) {
  OrderedJson out;
  out["verdict"] = report.value("verdict", "unknown");
  for (const char* key : {"last_line", "not_checked", "sha256", "locked_version"})
    if (report.contains(key)) out[key] = report[key];
  return out;
}

OrderedJson accuracy_section(const std::string& text) {
  OrderedJson out = OrderedJson::object();
  for (const auto& [metric, digits] : metrics_in(text))
    if (std::optional<double> number = to_number(digits)) out[metric] = *number;
  return out;
}

Result<OrderedJson> checkers_section(const SummaryRequest& r, const OrderedJson& check) {
  OrderedJson out;
  out["mlpgen"] = verdict_of(check);
  out["official"] = OrderedJson{{"verdict", "not run"}};
  if (r.official.empty()) return out;
  Result<OrderedJson> official = object_in(r.official);
  if (!official) return official;
  out["official"] = verdict_of(*official);
  return out;
}

struct Named {
  std::string system, model, scenario, path;
};

// "box/retinanet/Offline=PATH" taken apart.
Result<Named> named(const std::string& word) {
  size_t equals = word.find('=');
  std::vector<std::string> names = split(word.substr(0, equals), '/');
  if (equals == std::string::npos || names.size() != 3)
    return Error{"'" + word + "' names no result", "write SYSTEM/MODEL/SCENARIO=PATH"};
  return Named{names[0], names[1], names[2], word.substr(equals + 1)};
}

// What was measured: LoadGen's words and the accuracy of each result.
Result<OrderedJson> results_section(const SummaryRequest& r) {
  OrderedJson results = OrderedJson::array();
  for (const std::string& word : r.performance) {
    Result<Named> run = named(word);
    if (!run) return run.error();
    Result<OrderedJson> loadgen = loadgen_section(run->path);
    if (!loadgen) return loadgen;
    results.push_back({{"system", run->system},
                       {"model", run->model},
                       {"scenario", run->scenario},
                       {"loadgen", *loadgen},
                       {"accuracy", OrderedJson::object()}});
  }
  for (const std::string& word : r.accuracy_txt) {
    Result<Named> scored = named(word);
    if (!scored) return scored.error();
    Result<std::string> text = read_official_text(scored->path);
    if (!text) return text.error();
    for (OrderedJson& result : results)
      if (result["system"] == scored->system && result["model"] == scored->model &&
          result["scenario"] == scored->scenario)
        result["accuracy"] = accuracy_section(*text);
  }
  return results;
}

Result<OrderedJson> own_section(const SummaryRequest& r) {
  Result<OrderedJson> check = object_in(r.check);
  if (!check) return check;
  Result<OrderedJson> results = results_section(r);
  if (!results) return results;
  Result<OrderedJson> checkers = checkers_section(r, *check);
  if (!checkers) return checkers;
  OrderedJson out;
  out["format"] = 1;
  out["round"] = check->value("round", "unknown");
  out["test_run"] = !r.test_run.empty();
  out["test_run_note"] = r.test_run.empty() ? OrderedJson(nullptr) : OrderedJson(r.test_run);
  out["stand_in"] = trim(r.stand_in).empty() ? OrderedJson(nullptr) : OrderedJson(r.stand_in);
  out["results"] = *results;
  out["checkers"] = *checkers;
  out["defaults"] = OrderedJson::object();
  if (r.defaults.empty()) return out;
  Result<OrderedJson> defaults = object_in(r.defaults);
  if (!defaults) return defaults;
  out["defaults"] = *defaults;
  return out;
}

}  // namespace

Result<OrderedJson> make_summary(const SummaryRequest& r) {
  Result<std::string> text = read_file(r.csv);
  if (!text) return text.error();
  Result<CsvTable> table = parse_csv(*text, r.csv);
  if (!table) return table.error();
  Result<OrderedJson> own = own_section(r);
  if (!own) return own;
  OrderedJson summary = to_typed_json(*table);
  summary["mlpgen"] = *own;
  return summary;
}

std::string summary_text(const OrderedJson& summary) {
  return replace_all(summary.dump(4, ' ', false, OrderedJson::error_handler_t::replace), "/",
                     "\\/");
}

}  // namespace mlpgen::submission
