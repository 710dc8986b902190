// /proc and /sys -> measurement.json.
#include "machine/measurement.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string first_line(const std::string& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

long number_in(const std::string& path) {
  return std::strtol(first_line(path).c_str(), nullptr, 10);
}

std::string allowed_cpus() {
  std::ifstream status("/proc/self/status");
  constexpr std::string_view kField = "Cpus_allowed_list:";
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(kField)) return std::string(trim(line.substr(kField.size())));
  return "";
}

nlohmann::json known(long value) { return value > 0 ? nlohmann::json(value) : nlohmann::json(); }

}  // namespace

MachineState read_machine_state() {
  MachineState s;
  std::ifstream("/proc/loadavg") >> s.load1 >> s.load5 >> s.load15;
  s.cores = static_cast<int>(sysconf(_SC_NPROCESSORS_ONLN));
  const std::string cpu0 = "/sys/devices/system/cpu/cpu0/cpufreq/";
  s.governor = first_line(cpu0 + "scaling_governor");
  s.min_frequency_khz = number_in(cpu0 + "scaling_min_freq");
  s.max_frequency_khz = number_in(cpu0 + "scaling_max_freq");
  s.current_frequency_khz = number_in(cpu0 + "scaling_cur_freq");
  s.allowed_cpus = allowed_cpus();
  s.nice = getpriority(PRIO_PROCESS, 0);
  return s;
}

bool was_quiet(const MachineState& state) { return state.load1 <= 0.5 * state.cores; }

Status write_measurement(const std::string& folder, const Step& step, const MachineState& state,
                         Instant began, Instant ended) {
  using Json = nlohmann::json;
  Json j;
  j["format"] = 1;
  j["identity"] = step.identity;
  j["name"] = step.name;
  j["began"] = began.date_time();
  j["seconds"] = static_cast<double>(ended.monotonic_ns - began.monotonic_ns) * 1e-9;
  j["load_at_start"] = {{"1_min", state.load1}, {"5_min", state.load5}, {"15_min", state.load15}};
  j["cores"] = state.cores;
  j["quiet"] = was_quiet(state);
  j["governor"] = state.governor.empty() ? Json() : Json(state.governor);
  j["frequency_khz"] = {{"min", known(state.min_frequency_khz)},
                        {"max", known(state.max_frequency_khz)},
                        {"at_start", known(state.current_frequency_khz)}};
  j["allowed_cpus"] = state.allowed_cpus;
  j["nice"] = state.nice;
  return write_file(folder + "/measurement.json", j.dump(2) + "\n");
}

}  // namespace mlpgen
