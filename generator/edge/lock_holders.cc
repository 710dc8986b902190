// /proc/locks names who took a lock, /proc/PID/fdinfo who has it now.
#include "edge/lock_holders.h"

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
#include <string>

#include "base/file.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// Whether a descriptor of the process is the file, with a lock.
bool has_lock(const fs::path& process, const LockedFile& file) {
  std::error_code why;
  for (fs::directory_iterator at(process / "fd", why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    struct stat st {};
    if (stat(at->path().c_str(), &st) != 0 || st.st_dev != file.device || st.st_ino != file.inode)
      continue;
    Result<std::string> info = read_file(process / "fdinfo" / at->path().filename());
    if (info && info->find("FLOCK") != std::string::npos) return true;
  }
  return false;
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

void end_orphans(const LockedFile& file) {
  std::vector<pid_t> takers = lock_takers(file);
  if (std::any_of(takers.begin(), takers.end(), is_alive)) return;
  std::vector<pid_t> orphans;
  std::error_code why;
  for (fs::directory_iterator at("/proc", why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    pid_t process = static_cast<pid_t>(std::atoi(at->path().filename().c_str()));
    if (process <= 0 || process == getpid() || !has_lock(at->path(), file)) continue;
    Result<std::string> name = read_file(at->path() / "comm");
    if (name && *name == std::string(kRunnerName) + "\n") return;
    orphans.push_back(process);
  }
  for (pid_t process : orphans) kill(process, SIGKILL);
}

}  // namespace mlpgen
