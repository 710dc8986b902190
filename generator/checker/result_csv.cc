// Rows of summary.csv.
#include "checker/result_csv.h"

#include <algorithm>
#include <map>

#include "loadgen/python_text.h"
#include "text/text.h"

namespace mlpgen::submission {
namespace {

const std::map<std::string, std::string>& usual_units() {
  static const std::map<std::string, std::string> kUnits = {{"singlestream", "Latency (ms)"},
                                                            {"multistream", "Latency (ms)"},
                                                            {"offline", "Samples/s"},
                                                            {"server", "Queries/s"},
                                                            {"interactive", "Queries/s"}};
  return kUnits;
}

std::string unit_of(const ResultUnderCheck& r) {
  for (const auto& [scenario, unit] : r.rules->units)
    if (lower(scenario) == lower(r.place.scenario)) return unit;
  auto at = usual_units().find(lower(r.place.scenario));
  return at == usual_units().end() ? "" : at->second;
}

std::string notes_of(const nlohmann::json& system) {
  std::string hardware = text_in(system, "hw_notes"), software = text_in(system, "sw_notes");
  if (software.empty()) return hardware;
  return (hardware.empty() ? "" : hardware + ". ") + software;
}

std::string accuracy_of(const ResultUnderCheck& r) {
  std::string out;
  for (const auto& [metric, digits] : r.accuracies)
    out += (out.empty() ? "" : "  ") + metric + ": " + digits;
  return out;
}

// 1 when the folder's scenario is not, letter by letter, the one that LoadGen ran.
std::string inferred_of(const ResultUnderCheck& r) {
  return r.place.scenario == r.scenario_run() ? "0" : "1";
}

std::vector<std::string> performance_row(const ResultUnderCheck& r) {
  auto sys = [&](const char* key) {
    return r.system.contains(key) ? python_text(r.system[key]) : std::string();
  };
  int64_t accelerators = python_int(r.system["number_of_nodes"]).value_or(0) *
                         python_int(r.system["accelerators_per_node"]).value_or(0);
  std::string root = r.root.ends_with("/") ? r.root : r.root + "/";
  // Only v6.1 looks for a nameplate, so only there the empty value is Python's None.
  std::string design_power = r.round.name.value == "v6.1" ? "None" : "";
  return {r.place.submitter,
          sys("status"),
          r.place.division,
          sys("system_type"),
          sys("system_name"),
          r.place.system,
          r.place.model,
          r.model,
          r.place.scenario,
          python_text(r.metric),
          accuracy_of(r),
          sys("number_of_nodes"),
          sys("host_processor_model_name"),
          sys("host_processors_per_node"),
          sys("host_processor_core_count"),
          sys("accelerator_model_name"),
          sys("accelerators_per_node"),
          std::to_string(accelerators),
          root + r.place.performance(),
          sys("framework"),
          sys("operating_system"),
          notes_of(r.system),
          r.place.division,
          "0",
          r.round.name.value,
          inferred_of(r),
          r.power ? "True" : "False",
          unit_of(r),
          python_text(r.measurements["weight_data_types"]),
          design_power,
          ""};
}

}  // namespace

const std::vector<std::string>& csv_columns() {
  static const std::vector<std::string> kColumns = {"Organization",
                                                    "Availability",
                                                    "Division",
                                                    "SystemType",
                                                    "SystemName",
                                                    "Platform",
                                                    "Model",
                                                    "MlperfModel",
                                                    "Scenario",
                                                    "Result",
                                                    "Accuracy",
                                                    "number_of_nodes",
                                                    "host_processor_model_name",
                                                    "host_processors_per_node",
                                                    "host_processor_core_count",
                                                    "accelerator_model_name",
                                                    "accelerators_per_node",
                                                    "total_accelerators",
                                                    "Location",
                                                    "framework",
                                                    "operating_system",
                                                    "notes",
                                                    "compliance",
                                                    "errors",
                                                    "version",
                                                    "inferred",
                                                    "has_power",
                                                    "Units",
                                                    "weight_data_types",
                                                    "design_power_watts",
                                                    "PrivateID"};
  return kColumns;
}

std::vector<std::vector<std::string>> csv_rows(const ResultUnderCheck& r) {
  std::vector<std::vector<std::string>> rows = {performance_row(r)};
  if (!r.power_metric) return rows;
  rows.push_back(rows.front());
  auto cell = [&](const char* column) -> std::string& {
    auto at = std::find(csv_columns().begin(), csv_columns().end(), column);
    return rows.back()[static_cast<size_t>(at - csv_columns().begin())];
  };
  cell("Result") = python_text(*r.power_metric);
  cell("Units") = lower(r.place.scenario).ends_with("stream") ? "millijoules" : "Watts";
  return rows;
}

std::string to_csv(const std::vector<std::vector<std::string>>& rows) {
  std::string out = join(csv_columns(), ",") + "\n";
  for (const std::vector<std::string>& row : rows) out += "\"" + join(row, "\",\"") + "\"\n";
  return out;
}

}  // namespace mlpgen::submission
