// Facts from /proc, /sys and /etc/os-release.
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "host/host.h"

namespace mlpgen {
namespace {

std::string first_line(const std::string& path) {
  Result<std::string> text = read_file(path);
  return text ? std::string(trim(text->substr(0, text->find('\n')))) : "";
}

// "key : value" lines of /proc/cpuinfo and /proc/meminfo, all values of a key.
std::vector<std::string> values(const std::string& text, std::string_view key) {
  std::vector<std::string> found;
  for (const std::string& line : split(text, '\n')) {
    size_t colon = line.find(':');
    if (colon != std::string::npos && trim(std::string_view(line).substr(0, colon)) == key)
      found.emplace_back(trim(std::string_view(line).substr(colon + 1)));
  }
  return found;
}

void read_os(std::map<std::string, std::string>& f) {
  Result<std::string> text = read_file("/etc/os-release");
  for (const std::string& line : split(text ? *text : "", '\n')) {
    size_t eq = line.find('=');
    if (eq == std::string::npos) continue;
    std::string key = line.substr(0, eq), value = replace_all(line.substr(eq + 1), "\"", "");
    if (key == "ID") f["os_id"] = value;
    if (key == "VERSION_ID") f["os_version"] = value;
    if (key == "PRETTY_NAME") f["os_name"] = value;
  }
  utsname u{};
  if (uname(&u) == 0) {
    f["kernel"] = u.release;
    f["arch"] = u.machine;
  }
}

void read_cpu(std::map<std::string, std::string>& f) {
  Result<std::string> info = read_file("/proc/cpuinfo");
  std::string text = info ? *info : "";
  auto models = values(text, "model name");
  f["cpu_model"] = models.empty() ? f["arch"] : models.front();
  f["cpu_count"] = std::to_string(sysconf(_SC_NPROCESSORS_ONLN));
  auto sockets = values(text, "physical id"), cores = values(text, "core id");
  std::set<std::string> distinct_sockets(sockets.begin(), sockets.end()), distinct_cores;
  for (size_t i = 0; i < std::min(sockets.size(), cores.size()); ++i) distinct_cores.insert(sockets[i] + "/" + cores[i]);
  f["cpu_sockets"] = std::to_string(std::max<size_t>(1, distinct_sockets.size()));
  f["cpu_cores"] = distinct_cores.empty() ? f["cpu_count"] : std::to_string(distinct_cores.size());
  size_t nodes = 0;
  std::error_code ignored;
  for (const auto& e : std::filesystem::directory_iterator("/sys/devices/system/node", ignored)) {
    std::string name = e.path().filename();
    if (name.starts_with("node") && name.find_first_not_of("0123456789", 4) == std::string::npos) ++nodes;
  }
  f["numa_nodes"] = std::to_string(std::max<size_t>(1, nodes));
  std::string khz = first_line("/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq");
  if (!khz.empty()) f["cpu_max_mhz"] = khz.substr(0, khz.size() > 3 ? khz.size() - 3 : 0);
  f["governor"] = first_line("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  std::vector<std::string> caches;
  for (int i = 0; i < 5; ++i) {
    std::string at = "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(i);
    std::string size = first_line(at + "/size");
    if (size.empty()) continue;
    std::string type = first_line(at + "/type");
    caches.push_back("L" + first_line(at + "/level") + (type == "Data" ? "d" : type == "Instruction" ? "i" : "") + " " + size);
  }
  f["cpu_caches"] = join(caches, ", ");
}

void read_rest(std::map<std::string, std::string>& f) {
  Result<std::string> mem = read_file("/proc/meminfo");
  auto total = values(mem ? *mem : "", "MemTotal");
  double kib = total.empty() ? 0 : std::strtod(total.front().c_str(), nullptr);
  f["memory_gib"] = std::to_string(static_cast<long>(std::ceil(kib / (1024 * 1024))));
  struct statvfs fs {};
  if (statvfs("/", &fs) == 0)
    f["storage_gb"] = std::to_string(static_cast<unsigned long long>(fs.f_blocks) * fs.f_frsize / 1'000'000'000ULL);
  std::error_code ignored;
  size_t cards = 0;
  for (const auto& e : std::filesystem::directory_iterator("/sys/class/net", ignored))
    if (exists(e.path().string() + "/device")) ++cards;
  f["network_cards"] = std::to_string(cards);
  bool spinning = false, any = false;
  for (const auto& e : std::filesystem::directory_iterator("/sys/block", ignored)) {
    std::string name = e.path().filename();
    if (name.starts_with("loop") || name.starts_with("ram") || name.starts_with("zram")) continue;
    any = true;
    if (first_line(e.path().string() + "/queue/rotational") == "1" && !name.starts_with("vd")) spinning = true;
  }
  f["storage_type"] = any ? (spinning ? "HDD" : "SSD") : "";
}

}  // namespace

const std::vector<std::string>& fact_names() {
  static const std::vector<std::string> kNames = {"arch",     "cpu_caches", "cpu_cores",     "cpu_count", "cpu_max_mhz", "cpu_model",
                                                  "cpu_sockets", "governor", "kernel",     "memory_gib", "network_cards", "numa_nodes",
                                                  "os_id",    "os_name",    "os_version",    "storage_gb", "storage_type"};
  return kNames;
}

std::map<std::string, std::string> read_facts() {
  std::map<std::string, std::string> f;
  read_os(f);
  read_cpu(f);
  read_rest(f);
  return f;
}

}  // namespace mlpgen
