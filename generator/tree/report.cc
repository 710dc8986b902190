#include "tree/report.h"

#include "file/file.h"
#include "loadgen/accuracy_text.h"
#include "loadgen/loadgen_log.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

using OrderedJson = nlohmann::ordered_json;

Result<OrderedJson> json_in(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (!text) return text.error();
  OrderedJson value = OrderedJson::parse(*text, nullptr, false);
  if (!value.is_object()) return Error{path + " is not one JSON object", "make it again"};
  return value;
}

Result<OrderedJson> json_if_there(const std::string& path) {
  if (path.empty() || !exists(path)) return OrderedJson(nullptr);
  return json_in(path);
}

// "result_first_token_99.90_percentile_latency_ns" -> {"first_token", 99.9}.
struct Percentile {
  std::string of;  // query, first_token, time_per_output_token
  double percent = 0;
};

std::optional<Percentile> percentile_of(std::string_view key) {
  constexpr std::string_view kBegin = "result_", kMiddle = "_percentile_";
  size_t middle = key.find(kMiddle);
  if (!key.starts_with(kBegin) || middle == std::string_view::npos || !key.ends_with("_ns"))
    return std::nullopt;
  std::string_view head = key.substr(kBegin.size(), middle - kBegin.size());
  size_t digits = head.find_first_of("0123456789");
  if (digits == std::string_view::npos) return std::nullopt;
  std::string_view of = head.substr(0, digits);
  while (of.ends_with('_')) of.remove_suffix(1);
  std::optional<double> percent = to_number(std::string(head.substr(digits)));
  if (!percent) return std::nullopt;
  return Percentile{of.empty() ? "query" : std::string(of), *percent};
}

// {"query": [{percentile, ms}], "first_token": ...}, ascending.
OrderedJson latencies_of(const LoadgenLog& log) {
  std::map<std::string, std::map<double, double>> found;
  for (const auto& [key, value] : log.values())
    if (std::optional<Percentile> p = percentile_of(key); p && value.is_number())
      found[p->of][p->percent] = value.get<double>() / 1e6;
  OrderedJson out = OrderedJson::object();
  for (const auto& [of, values] : found)
    for (const auto& [percent, ms] : values)
      out[of].push_back({{"percentile", percent}, {"ms", ms}});
  return out;
}

// What LoadGen was told, and what it counted: its own keys.
OrderedJson numbers_of(const LoadgenLog& log, std::string_view prefix) {
  OrderedJson out = OrderedJson::object();
  for (const auto& [key, value] : log.values())
    if (std::string_view(key).starts_with(prefix) && (value.is_primitive()) && !percentile_of(key))
      out[key] = value;
  return out;
}

// The row of summary.csv of a result; of two rows, the one that is or is not of power.
OrderedJson row_of(const OrderedJson& summary, const OrderedJson& result, bool power) {
  for (const auto& [number, row] : summary.items()) {
    if (number == "mlpgen" || !row.is_object()) continue;
    std::string unit = row.value("Units", OrderedJson("")).dump();
    bool of_power = unit == "\"Watts\"" || unit == "\"millijoules\"";
    if (row.value("Platform", OrderedJson()) == result["system"] &&
        row.value("Model", OrderedJson()) == result["model"] &&
        row.value("Scenario", OrderedJson()) == result["scenario"] && of_power == power)
      return {{"value", row["Result"]}, {"unit", row["Units"]}};
  }
  return nullptr;
}

Result<OrderedJson> result_section(const OrderedJson& summary, const OrderedJson& result,
                                   const std::string& folder) {
  Result<LoadgenLog> log = LoadgenLog::read(folder + "/mlperf_log_detail.txt");
  if (!log) return log.error();
  OrderedJson out;
  for (const char* key : {"system", "model", "scenario"}) out[key] = result[key];
  out["metric"] = row_of(summary, result, false);
  out["power"] = row_of(summary, result, true);
  for (const char* key : {"verdict", "invalid_reason", "errors"})
    out[key] = result["loadgen"].value(key, OrderedJson());
  out["accuracy"] = result["accuracy"];
  out["latency_ms"] = latencies_of(*log);
  out["counted"] = numbers_of(*log, "result_");
  out["settings"] = numbers_of(*log, "effective_");
  for (const char* name : {"measurement", "harness"}) {
    Result<OrderedJson> file = json_if_there(folder + "/" + name + ".json");
    if (!file) return file;
    out[name] = *file;
  }
  return out;
}

std::string folder_of(const ReportRequest& r, const OrderedJson& result) {
  std::string begin = result["system"].get<std::string>() + "/" +
                      result["model"].get<std::string>() + "/" +
                      result["scenario"].get<std::string>() + "=";
  for (const std::string& word : r.performance)
    if (word.starts_with(begin)) return word.substr(begin.size());
  return "";
}

// Name and digest of each fetched input; a list of packages is named by its count.
OrderedJson inputs_in(const OrderedJson& lock) {
  OrderedJson inputs = OrderedJson::array();
  if (!lock.is_object()) return inputs;
  const OrderedJson entries = lock.value("entries", OrderedJson::object());
  for (const auto& [name, entry] : entries.items()) {
    OrderedJson input;
    input["name"] = name;
    for (const char* key : {"sha256", "md5", "commit", "size", "stand_in"})
      if (entry.contains(key)) input[key] = entry[key];
    if (entry.contains("lines")) input["packages"] = entry["lines"].size();
    inputs.push_back(std::move(input));
  }
  return inputs;
}

std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

std::string plain(const OrderedJson& value) {
  return value.is_string() ? value.get<std::string>() : value.is_null() ? "" : value.dump();
}

}  // namespace

Result<OrderedJson> make_report(const ReportRequest& r) {
  Result<OrderedJson> summary = json_in(r.summary);
  if (!summary) return summary;
  const OrderedJson own = summary->value("mlpgen", OrderedJson::object());
  OrderedJson out;
  out["format"] = 1;
  out["request"] = nullptr;
  if (!r.request_file.empty()) {
    Result<std::string> request = read_file(r.request_file);
    if (!request) return request.error();
    out["request"] = trim(*request);
  }
  for (const char* key : {"round", "test_run_note", "stand_in", "checkers"})
    out[key] = own.value(key, OrderedJson());
  Result<OrderedJson> system = json_if_there(r.system), lock = json_if_there(r.lock);
  if (!system) return system;
  if (!lock) return lock;
  out["system"] = *system;
  out["results"] = OrderedJson::array();
  for (const OrderedJson& result : own.value("results", OrderedJson::array())) {
    Result<OrderedJson> section = result_section(*summary, result, folder_of(r, result));
    if (!section) return section;
    out["results"].push_back(std::move(*section));
  }
  out["inputs"] = inputs_in(*lock);
  return out;
}

std::string report_csv(const OrderedJson& report) {
  std::string out = "system,model,scenario,quantity,unit,value\n";
  for (const OrderedJson& result : report["results"]) {
    std::string begin;
    for (const char* key : {"system", "model", "scenario"})
      begin += csv_field(plain(result[key])) + ",";
    auto row = [&](const std::string& quantity, const std::string& unit, const OrderedJson& value) {
      out += begin + csv_field(quantity) + "," + csv_field(unit) + "," + csv_field(plain(value)) +
             "\n";
    };
    for (const char* key : {"metric", "power"})
      if (result[key].is_object()) row(key, plain(result[key]["unit"]), result[key]["value"]);
    row("verdict", "", result["verdict"]);
    for (const auto& [metric, value] : result["accuracy"].items()) row(metric, "", value);
    for (const auto& [of, values] : result["latency_ms"].items())
      for (const OrderedJson& v : values)
        row(of + " latency, percentile " + v["percentile"].dump(), "ms", v["ms"]);
    for (const char* section : {"counted", "settings"})
      for (const auto& [key, value] : result[section].items()) row(key, "", value);
  }
  return out;
}

std::string report_page(const OrderedJson& report, const ReportPage& parts) {
  // A '<' in a text could end the element that holds it.
  std::string data = replace_all(report.dump(-1, ' ', false, OrderedJson::error_handler_t::replace),
                                 "<", "\\u003c");
  std::string plots;
  for (const std::string& script : parts.library)
    plots += "<script>" + replace_all(script, "</script", "<\\/script") + "</script>\n";
  std::string title = report["results"].empty() ? "no result" : "";
  for (const OrderedJson& result : report["results"])
    title += (title.empty() ? "" : ", ") + plain(result["model"]) + " " + plain(result["scenario"]);
  title = replace_all(replace_all(title, "&", "&amp;"), "<", "&lt;");
  const std::map<std::string_view, const std::string*> named = {{"title", &title},
                                                                {"style", &parts.style},
                                                                {"plots", &plots},
                                                                {"data", &data},
                                                                {"script", &parts.script}};
  std::string out;
  std::string_view rest = parts.frame;
  for (size_t open; (open = rest.find("{{")) != std::string_view::npos;) {
    size_t close = rest.find("}}", open);
    if (close == std::string_view::npos) break;
    out += rest.substr(0, open);
    auto part = named.find(rest.substr(open + 2, close - open - 2));
    if (part != named.end()) out += *part->second;
    rest.remove_prefix(close + 2);
  }
  return out.append(rest);
}

}  // namespace mlpgen::submission
