// /proc/locks names who took a lock, /proc/PID/fdinfo who has it now.
#include "machine/lock_holders.h"

#include <fcntl.h>
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

#include "file/digest.h"
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

// Whatever symbolic links its path has.
LockedFile locked_folder(const fs::path& path) {
  struct stat st {};
  if (stat(path.c_str(), &st) != 0) return {};
  return {st.st_dev, st.st_ino};
}

// The first byte of the mark: a number of the lock's folder and name, whatever the folder is
// called.
off_t mark_of(const std::string& path) {
  fs::path name(path);
  LockedFile folder = locked_folder(name.parent_path());
  std::string text = std::to_string(folder.device) + " " + std::to_string(folder.inode) + " " +
                     name.filename().string();
  return static_cast<off_t>(std::strtoull(sha256(text).substr(0, 15).c_str(), nullptr, 16));
}

// How many bytes the mark of a file takes; they end before the last that a file may have.
off_t mark_length(ino_t inode) { return static_cast<off_t>(inode % (uint64_t{1} << 60)) + 1; }

}  // namespace

void each_process(const std::function<void(const fs::path&, pid_t)>& visit) {
  std::error_code why;
  for (fs::directory_iterator at("/proc", why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    pid_t process = static_cast<pid_t>(std::atoi(at->path().filename().c_str()));
    if (process > 0 && process != getpid()) visit(at->path(), process);
  }
}

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

void mark_lock(int descriptor, const std::string& path, bool marked) {
  struct flock range {};
  range.l_type = marked ? F_RDLCK : F_UNLCK;
  range.l_whence = SEEK_SET;
  range.l_start = mark_of(path);
  range.l_len = mark_length(locked_file(descriptor).inode);
  // Where the system has no such locks, only the flock tells.
  [[maybe_unused]] int marks = fcntl(descriptor, F_OFD_SETLK, &range);
}

LockedFile removed_lock(const std::string& path) {
  const off_t mark = mark_of(path), stands = mark_length(locked_file(path).inode);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    unsigned major_number = 0, minor_number = 0;
    unsigned long inode = 0;
    long first = 0, last = 0;
    // "2: OFDLCK ADVISORY  READ -1 08:01:1234 5124095576030430 5124095576031663"
    if (std::sscanf(line.c_str(), "%*d: OFDLCK %*s %*s %*d %x:%x:%lu %ld %ld", &major_number,
                    &minor_number, &inode, &first, &last) == 5 &&
        first == mark && last - first + 1 != stands)
      return {makedev(major_number, minor_number), inode};
  }
  return {};
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
