// /proc/locks names who took a lock, /proc/PID/fdinfo who has it now.
#include "machine/lock_holders.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "file/file.h"
#include "process/guard.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// A locked file as a process has it open; `wanted` sees the path of its descriptor in /proc.
std::optional<LockedFile> locked_by(const fs::path& process,
                                    const std::function<bool(const fs::path&)>& wanted) {
  std::error_code why;
  for (fs::directory_iterator at(process / "fd", why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    struct stat st {};
    if (!wanted(at->path()) || stat(at->path().c_str(), &st) != 0) continue;
    Result<std::string> info = read_file(process / "fdinfo" / at->path().filename());
    if (info && info->find("FLOCK") != std::string::npos) return LockedFile{st.st_dev, st.st_ino};
  }
  return std::nullopt;
}

// Calls `visit` with the folder in /proc and the number of every process but this one.
void each_process(const std::function<void(const fs::path&, pid_t)>& visit) {
  std::error_code why;
  for (fs::directory_iterator at("/proc", why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    pid_t process = static_cast<pid_t>(std::atoi(at->path().filename().c_str()));
    if (process > 0 && process != getpid()) visit(at->path(), process);
  }
}

}  // namespace

LockedFile locked_file(const std::string& path) {
  struct stat st {};
  if (lstat(path.c_str(), &st) != 0) return {};
  return {st.st_dev, st.st_ino};
}

LockedFile locked_file(int descriptor) {
  struct stat st {};
  if (fstat(descriptor, &st) != 0) return {};
  return {st.st_dev, st.st_ino};
}

std::vector<pid_t> lock_takers(const LockedFile& file) {
  std::vector<pid_t> found;
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    int process = 0;
    unsigned major_number = 0, minor_number = 0;
    unsigned long inode = 0;
    // "1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF"; those that wait have "->" before FLOCK.
    if (std::sscanf(line.c_str(), "%*d: FLOCK %*s %*s %d %x:%x:%lu", &process, &major_number,
                    &minor_number, &inode) == 4 &&
        makedev(major_number, minor_number) == file.device && inode == file.inode)
      found.push_back(process);
  }
  return found;
}

bool is_alive(pid_t process) { return kill(process, 0) == 0 || errno == EPERM; }

LockedFile removed_lock(const std::string& path) {
  LockedFile found;
  std::error_code ignored;
  fs::path real = fs::weakly_canonical(fs::path(path).parent_path(), ignored);
  std::string removed = (real / fs::path(path).filename()).string() + " (deleted)";
  auto was_there = [&](const fs::path& descriptor) {
    std::error_code why;
    return fs::read_symlink(descriptor, why) == removed;
  };
  each_process([&](const fs::path& folder, pid_t) {
    if (found.inode == 0) found = locked_by(folder, was_there).value_or(LockedFile());
  });
  return found;
}

void end_orphans(const LockedFile& file) {
  std::vector<pid_t> takers = lock_takers(file);
  if (std::any_of(takers.begin(), takers.end(), is_alive)) return;
  auto is_it = [&](const fs::path& descriptor) {
    struct stat st {};
    return stat(descriptor.c_str(), &st) == 0 && st.st_dev == file.device &&
           st.st_ino == file.inode;
  };
  std::vector<pid_t> orphans;
  bool cared_for = false;
  each_process([&](const fs::path& folder, pid_t process) {
    if (!locked_by(folder, is_it)) return;
    Result<std::string> name = read_file(folder / "comm");
    for (const char* ours : {kRunnerName, kGuardName})
      cared_for = cared_for || (name && *name == std::string(ours) + "\n");
    orphans.push_back(process);
  });
  if (cared_for) return;
  for (pid_t process : orphans) kill(process, SIGKILL);
}

}  // namespace mlpgen
