// The parts of harness.json that every harness writes.
#include "run_report.h"

#include <sched.h>

#include <filesystem>
#include <fstream>

namespace mlpgen {
namespace {

using Json = nlohmann::ordered_json;

std::string read_word(const std::string& path) {
  std::ifstream in(path);
  std::string word;
  return in >> word ? word : "unknown";
}

}  // namespace

std::vector<int> allowed_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  std::vector<int> cores;
  for (int core = 0; core < CPU_SETSIZE; ++core)
    if (CPU_ISSET(static_cast<size_t>(core), &set)) cores.push_back(core);
  return cores;
}

Json describe_host() {
  std::ifstream in("/proc/loadavg");
  std::array<double, 3> load{};
  for (double& value : load) in >> value;
  return {{"load_average", load},
          {"governor", read_word("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")},
          {"allowed_cores", allowed_cores()}};
}

Json describe_test(const TestOptions& options) {
  Json test = {{"model_name", options.model_name},
               {"scenario", options.scenario},
               {"mode", options.accuracy ? "accuracy" : "performance"},
               {"sut_name", options.sut_name}};
  if (options.seeds) test["seeds"] = *options.seeds;
  if (!options.audit_config.empty())
    test["audit_config"] = std::filesystem::path(options.audit_config).filename().string();
  return test;
}

Json describe_result(const RunLog& log, const Counts& counts) {
  Json errors = Json::array();
  for (const LogError& error : log.errors)
    errors.push_back({{"key", error.key}, {"text", error.text}});
  return {{"validity", log.validity},
          {"reasons", log.reasons},
          {"loadgen_errors", errors},
          {"samples_issued", counts.issued.load()},
          {"samples_completed", counts.completed.load()}};
}

void write_report(const std::string& dir, const Json& report) {
  std::ofstream json(dir + "/harness.json");
  json << report.dump(2) << "\n";
  if (!json.flush()) throw Failure("cannot write " + dir + "/harness.json");
}

}  // namespace mlpgen
