// The kernel's files into one struct.
#include "doctor/machine.h"

#include <sched.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "file/file.h"
#include "text/text.h"

namespace mlpgen {
namespace fs = std::filesystem;
namespace {

std::string first_word(const std::string& path) {
  Result<std::string> text = read_file(path);
  return text ? std::string(trim(*text)) : "";
}

// "MemTotal:  123 kB" in bytes.
uint64_t kib_field(const std::string& text, const std::string& name) {
  for (const std::string& line : split(text, '\n'))
    if (line.starts_with(name + ":"))
      return std::strtoull(line.c_str() + name.size() + 1, nullptr, 10) * 1024;
  return 0;
}

std::optional<uint64_t> limit(decltype(RLIMIT_CPU) which) {
  struct rlimit value {};
  if (getrlimit(which, &value) != 0 || value.rlim_cur == RLIM_INFINITY) return std::nullopt;
  return value.rlim_cur;
}

std::optional<bool> read_turbo(const std::string& cpu) {
  if (std::string no = first_word(cpu + "/intel_pstate/no_turbo"); !no.empty()) return no == "0";
  if (std::string boost = first_word(cpu + "/cpufreq/boost"); !boost.empty()) return boost == "1";
  return std::nullopt;
}

void read_cpu(const std::string& root, Machine& m) {
  std::string cpu = root + "/sys/devices/system/cpu";
  m.governor = first_word(cpu + "/cpu0/cpufreq/scaling_governor");
  m.turbo = read_turbo(cpu);
  if (std::string smt = first_word(cpu + "/smt/active"); !smt.empty()) m.smt = smt == "1";
  std::error_code ignored;
  unsigned nodes = 0;
  for (fs::directory_iterator at(root + "/sys/devices/system/node", ignored), end;
       !ignored && at != end; at.increment(ignored)) {
    std::string name = at->path().filename();
    nodes += name.starts_with("node") && name.find_first_not_of("0123456789", 4) == name.npos;
  }
  m.numa_nodes = nodes ? nodes : 1;
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) m.cpus = static_cast<unsigned>(CPU_COUNT(&set));
  Result<std::string> info = read_file(root + "/proc/cpuinfo");
  m.is_virtual = info && info->find(" hypervisor") != std::string::npos;
  m.load = std::strtod(first_word(root + "/proc/loadavg").c_str(), nullptr);
}

// Limits of a control group, version 2.
void read_container(const std::string& root, Machine& m) {
  std::string at = root + "/sys/fs/cgroup";
  std::string quota = first_word(at + "/cpu.max");  // "max 100000" or "150000 100000"
  double period = 0;
  if (size_t blank = quota.find(' '); blank != std::string::npos)
    period = std::strtod(quota.c_str() + blank, nullptr);
  if (!quota.starts_with("max") && period > 0)
    m.cpu_quota = std::strtod(quota.c_str(), nullptr) / period;
  std::string memory = first_word(at + "/memory.max");
  if (!memory.empty() && memory != "max")
    m.memory_limit = std::strtoull(memory.c_str(), nullptr, 10);
}

}  // namespace

Machine read_machine(const std::string& root) {
  Machine m;
  read_cpu(root, m);
  read_container(root, m);
  Result<std::string> memory = read_file(root + "/proc/meminfo");
  m.memory = kib_field(memory ? *memory : "", "MemTotal");
  m.memory_available = kib_field(memory ? *memory : "", "MemAvailable");
  m.open_files = limit(RLIMIT_NOFILE);
  m.cpu_seconds = limit(RLIMIT_CPU);
  m.file_bytes = limit(RLIMIT_FSIZE);
  m.memory_bytes = limit(RLIMIT_AS);
  return m;
}

std::string nearest_existing(const std::string& path) {
  std::error_code ignored;
  fs::path at = path;
  while (!at.empty() && !fs::exists(at, ignored) && at != at.parent_path()) at = at.parent_path();
  return at.empty() ? "." : at.string();
}

std::optional<uint64_t> free_bytes(const std::string& path) {
  struct statvfs fs {};
  if (statvfs(nearest_existing(path).c_str(), &fs) != 0) return std::nullopt;
  return static_cast<uint64_t>(fs.f_bavail) * fs.f_frsize;
}

bool may_write(const std::string& folder) {
  std::string at = nearest_existing(folder);
  return fs::is_directory(at) && access(at.c_str(), W_OK | X_OK) == 0;
}

}  // namespace mlpgen
