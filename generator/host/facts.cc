// Facts from /proc, /sys and /etc/os-release.
#include <sys/statvfs.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <set>

#include "file/file.h"
#include "host/host.h"
#include "text/bad_byte.h"
#include "text/text.h"

namespace mlpgen {
namespace {

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

// Reads the sources, and keeps the first error.
class FactReader {
 public:
  Result<std::map<std::string, std::string>> read();

 private:
  void read_os();
  void read_cpu();
  void read_cpu0();
  void read_memory_and_disk();
  void read_devices();
  std::string disk_kind(const std::string& name);
  void check_bytes();
  std::string text(const std::string& path);
  std::string first_line(const std::string& path);
  std::vector<std::string> names(const std::string& folder);
  void keep(const Error& error) {
    if (!unreadable_) unreadable_ = error;
  }

  std::map<std::string, std::string> f_;
  std::optional<Error> unreadable_;
};

// "" where there is no such file. A file of /sys that has no value says so by an error of its own.
std::string FactReader::text(const std::string& path) {
  Result<std::string> text = read_file(path);
  if (text) return std::move(*text);
  int why = text.error().number;
  bool absent = why == ENOENT || why == ENOTDIR || why == ENODEV || why == ENXIO || why == EINVAL ||
                why == EOPNOTSUPP;
  if (!absent) keep(text.error());
  return "";
}

std::string FactReader::first_line(const std::string& path) {
  std::string all = text(path);
  return std::string(trim(std::string_view(all).substr(0, all.find('\n'))));
}

std::vector<std::string> FactReader::names(const std::string& folder) {
  Result<std::vector<std::string>> names = folder_names(folder);
  if (names) return std::move(*names);
  keep(names.error());
  return {};
}

void FactReader::read_os() {
  for (const std::string& line : split(text("/etc/os-release"), '\n')) {
    size_t eq = line.find('=');
    if (eq == std::string::npos) continue;
    std::string key = line.substr(0, eq), value = replace_all(line.substr(eq + 1), "\"", "");
    if (key == "ID") f_["os_id"] = value;
    if (key == "VERSION_ID") f_["os_version"] = value;
    if (key == "PRETTY_NAME") f_["os_name"] = value;
  }
  utsname u{};
  if (uname(&u) == 0) {
    f_["kernel"] = u.release;
    f_["arch"] = u.machine;
  }
}

void FactReader::read_cpu() {
  std::string info = text("/proc/cpuinfo");
  auto models = values(info, "model name");
  f_["cpu_model"] = models.empty() ? f_["arch"] : models.front();
  f_["cpu_count"] = std::to_string(sysconf(_SC_NPROCESSORS_ONLN));
  auto sockets = values(info, "physical id"), cores = values(info, "core id");
  std::set<std::string> distinct_sockets(sockets.begin(), sockets.end()), distinct_cores;
  for (size_t i = 0; i < std::min(sockets.size(), cores.size()); ++i)
    distinct_cores.insert(sockets[i] + "/" + cores[i]);
  f_["cpu_sockets"] = std::to_string(std::max<size_t>(1, distinct_sockets.size()));
  f_["cpu_cores"] =
      distinct_cores.empty() ? f_["cpu_count"] : std::to_string(distinct_cores.size());
  size_t nodes = 0;
  for (const std::string& name : names("/sys/devices/system/node"))
    if (name.starts_with("node") && name.find_first_not_of("0123456789", 4) == std::string::npos)
      ++nodes;
  f_["numa_nodes"] = std::to_string(std::max<size_t>(1, nodes));
}

void FactReader::read_cpu0() {
  const std::string cpu0 = "/sys/devices/system/cpu/cpu0";
  std::string khz = first_line(cpu0 + "/cpufreq/cpuinfo_max_freq");
  if (!khz.empty()) f_["cpu_max_mhz"] = khz.substr(0, khz.size() > 3 ? khz.size() - 3 : 0);
  f_["governor"] = first_line(cpu0 + "/cpufreq/scaling_governor");
  std::vector<std::string> caches;
  for (int i = 0; i < 5; ++i) {
    std::string at = cpu0 + "/cache/index" + std::to_string(i);
    std::string size = first_line(at + "/size");
    if (size.empty()) continue;
    std::string type = first_line(at + "/type");
    caches.push_back("L" + first_line(at + "/level") +
                     (type == "Data"          ? "d"
                      : type == "Instruction" ? "i"
                                              : "") +
                     " " + size);
  }
  f_["cpu_caches"] = join(caches, ", ");
}

void FactReader::read_memory_and_disk() {
  auto total = values(text("/proc/meminfo"), "MemTotal");
  double kib = total.empty() ? 0 : std::strtod(total.front().c_str(), nullptr);
  f_["memory_gib"] = std::to_string(static_cast<long>(std::ceil(kib / (1024 * 1024))));
  struct statvfs fs {};
  if (statvfs("/", &fs) == 0)
    f_["storage_gb"] = std::to_string(static_cast<unsigned long long>(fs.f_blocks) * fs.f_frsize /
                                      1'000'000'000ULL);
}

void FactReader::read_devices() {
  size_t cards = 0;
  long fastest = 0;  // Mbit/s; a card without a link, or a virtual one, tells none
  for (const std::string& name : names("/sys/class/net")) {
    const std::string card = "/sys/class/net/" + name;
    Result<PathKind> device = look_at(card + "/device");
    if (!device) keep(device.error());
    if (!device || *device == PathKind::kNothing) continue;
    ++cards;
    if (first_line(card + "/type") == "1")  // Ethernet
      fastest = std::max(fastest, std::strtol(first_line(card + "/speed").c_str(), nullptr, 10));
  }
  f_["network_cards"] = std::to_string(cards);
  if (fastest > 0) f_["networking"] = std::to_string(fastest) + " Mbit/s Ethernet";
  std::set<std::string> kinds;
  for (const std::string& name : names("/sys/block"))
    if (std::string kind = disk_kind(name); !kind.empty()) kinds.insert(kind);
  if (!kinds.empty()) f_["storage_type"] = join({kinds.begin(), kinds.end()}, ", ");
}

// What the kernel knows of a disk; of a virtual one it knows nothing.
std::string FactReader::disk_kind(const std::string& name) {
  if (name.starts_with("nvme")) return "NVMe";
  if (!name.starts_with("sd")) return "";
  std::string vendor = first_line("/sys/block/" + name + "/device/vendor");
  std::string model = first_line("/sys/block/" + name + "/device/model");
  for (const char* emulated : {"QEMU", "VMware", "Virtual", "VIRTUAL", "VBOX", "Google", "Msft"})
    if ((vendor + " " + model).find(emulated) != std::string::npos) return "";
  std::string turns = first_line("/sys/block/" + name + "/queue/rotational");
  return turns == "1" ? "HDD" : turns == "0" ? "SSD" : "";
}

void FactReader::check_bytes() {
  for (const auto& [name, value] : f_)
    if (std::optional<BadByte> bad = find_bad_byte(value))
      keep({"this machine's " + name + " has " + bad->what + ": " + printable(value),
            "see /etc/os-release and /proc/cpuinfo"});
}

Result<std::map<std::string, std::string>> FactReader::read() {
  read_os();
  read_cpu();
  read_cpu0();
  read_memory_and_disk();
  read_devices();
  check_bytes();
  if (unreadable_) return *unreadable_;
  return std::move(f_);
}

}  // namespace

const std::vector<std::string>& fact_names() {
  static const std::vector<std::string> kNames = {
      "arch",        "cpu_caches", "cpu_cores", "cpu_count",  "cpu_max_mhz",   "cpu_model",
      "cpu_sockets", "governor",   "kernel",    "memory_gib", "network_cards", "networking",
      "numa_nodes",  "os_id",      "os_name",   "os_version", "storage_gb",    "storage_type"};
  return kNames;
}

Result<std::map<std::string, std::string>> read_facts() { return FactReader().read(); }

}  // namespace mlpgen
