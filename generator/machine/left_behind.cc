// /proc/PID/environ names the runner, /proc/PID/stat tells whether that process is still there.
#include "machine/left_behind.h"

#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "file/file.h"
#include "machine/lock_holders.h"
#include "text/text.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// In clock ticks since the boot, as /proc/PID/stat has it; "" where the process has ended.
std::string start_of(pid_t process) {
  constexpr size_t kState = 0, kStart = 19;  // fields behind the name
  Result<std::string> stat = read_file("/proc/" + std::to_string(process) + "/stat");
  size_t name_end = stat ? stat->rfind(") ") : std::string::npos;
  if (name_end == std::string::npos) return "";
  std::vector<std::string> fields = split(stat->substr(name_end + 2), ' ');
  if (fields.size() <= kStart || fields[kState] == "Z" || fields[kState] == "X") return "";
  return fields[kStart];
}

// Processes are numbered by one, starts are counted by the other; "" where /proc does not say.
std::string namespaces() {
  std::string names;
  for (const char* name : {"pid", "time"}) {
    std::error_code why;
    names += fs::read_symlink(std::string("/proc/self/ns/") + name, why).string();
    if (why && name == std::string("pid")) return "";
  }
  return names;
}

std::string mark_of_runner(pid_t process, const std::string& start) {
  std::string here = namespaces();
  if (here.empty() || start.empty()) return "";
  return here + "," + std::to_string(process) + "," + start;
}

// The runner that started the process; "" where none did.
std::string mark_in(const fs::path& process) {
  const std::string name = std::string(kRunnerVariable) + "=";
  Result<std::string> environment = read_file(process / "environ");
  if (!environment) return "";
  for (const std::string& entry : split(*environment, '\0'))
    if (entry.starts_with(name)) return entry.substr(name.size());
  return "";
}

bool is_of_dead_runner(const std::string& mark) {
  std::vector<std::string> parts = split(mark, ',');
  if (parts.size() != 3 || parts[0] != namespaces()) return false;
  pid_t runner = std::atoi(parts[1].c_str());
  return runner > 0 && start_of(runner) != parts[2];
}

}  // namespace

std::string runner_mark() { return mark_of_runner(getpid(), start_of(getpid())); }

void end_left_behind() {
  each_process([](const fs::path& folder, pid_t process) {
    if (is_of_dead_runner(mark_in(folder))) kill(process, SIGKILL);
  });
}

}  // namespace mlpgen
