// flock on local files, with a turnstile.
#include "edge/machine_lock.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "base/file.h"
#include "base/lock_file.h"
#include "base/text.h"
#include "edge/clock.h"
#include "edge/network_file_system.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

// Every user of the machine shares the folder, as in /tmp: all may add, none may remove another's.
bool shared_folder(const std::string& path) {
  if (mkdir(path.c_str(), 01777) == 0) return chmod(path.c_str(), 01777) == 0;
  return errno == EEXIST && access(path.c_str(), W_OK | X_OK) == 0;
}

bool own_folder(const std::string& path) {
  struct stat st {};
  if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return false;
  return lstat(path.c_str(), &st) == 0 && S_ISDIR(st.st_mode) && st.st_uid == getuid();
}

std::string who_folder(const std::string& path) { return path + ".who"; }

std::string note_holder(const std::string& path, Hold hold, const std::string& name) {
  if (!shared_folder(who_folder(path))) return "";
  std::string who = who_folder(path) + "/" + std::to_string(getpid());
  std::string text = name + "\n" + clock_now().time_of_day() + "\n" +
                     (hold == Hold::kExclusive ? "measurement" : "work") + "\n";
  std::ofstream(who) << text;  // a help for those who wait: nothing depends on it
  return who;
}

void say_waiting(const std::string& path, const std::string& name) {
  std::vector<std::string> holders = machine_lock_holders(path);
  std::string whom = holders.empty() ? "a measurement that waits already goes first" : join(holders, ", ");
  std::fprintf(stderr, "%s waits for the machine: %s\n", name.c_str(), whom.c_str());
}

// True for "fetch:3:4:100" whose first descriptor is still the machine lock.
bool inherited_fetch_lock(int& lock, int& records, int& runner) {
  const char* held = std::getenv(kHeldVariable);
  if (!held || std::sscanf(held, "fetch:%d:%d:%d", &lock, &records, &runner) != 3) return false;
  Result<std::string> path = machine_lock_path();
  struct stat mine {
  }, real{};
  return path && fstat(lock, &mine) == 0 && stat(path->c_str(), &real) == 0 &&
         mine.st_ino == real.st_ino && mine.st_dev == real.st_dev;
}

Result<bool> nested(Hold hold) {
  const char* held = std::getenv(kHeldVariable);
  if (!held || !*held) return false;
  if (hold == Hold::kExclusive && std::strcmp(held, "exclusive") != 0)
    return Error{"a measurement cannot start inside work that shares the machine",
                 "start it from a run of its own: only a measurement has the machine to itself"};
  return true;
}

}  // namespace

Result<std::string> machine_lock_path() {
  const char* given = std::getenv("MLPGEN_MACHINE_LOCK");
  std::string folder;
  std::string path;
  if (given && *given) {
    path = given;
    folder = fs::path(path).parent_path().string();
    if (folder.empty()) folder = ".";
    if (Status s = make_directories(folder); !s) return s.error();
  } else {
    folder = "/run/lock/mlpgen";
    if (!shared_folder(folder)) {
      folder = "/tmp/mlpgen-" + std::to_string(getuid());
      if (!own_folder(folder))
        return Error{folder + " cannot be made, or is another user's", "remove it"};
    }
    path = folder + "/machine";
  }
  if (std::string_view kind = network_file_system_at(folder); !kind.empty())
    return Error{"the machine lock cannot stand on a network file system: " + folder + " is " +
                     std::string(kind),
                 "set MLPGEN_MACHINE_LOCK to a file on a local disk"};
  return path;
}

MachineLock::MachineLock(MachineLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), who_(std::move(other.who_)) {
  other.who_.clear();
}

MachineLock& MachineLock::operator=(MachineLock&& other) noexcept {
  release();
  descriptor_ = std::exchange(other.descriptor_, -1);
  who_ = std::exchange(other.who_, "");
  return *this;
}

Result<MachineLock> MachineLock::acquire(Hold hold, const std::string& name) {
  MachineLock lock;
  Result<bool> inside = nested(hold);
  if (!inside) return inside.error();
  if (*inside) return lock;
  Result<std::string> path = machine_lock_path();
  if (!path) return path.error();
  bool said = false;
  auto waiting = [&] {
    if (!std::exchange(said, true)) say_waiting(*path, name);
  };
  Result<LockFile> turn = LockFile::acquire(*path + ".turn", LOCK_EX, waiting);
  if (!turn) return turn.error();
  Result<LockFile> file =
      LockFile::acquire(*path, hold == Hold::kExclusive ? LOCK_EX : LOCK_SH, waiting);
  if (!file) return file.error();
  lock.descriptor_ = file->take();
  lock.who_ = note_holder(*path, hold, name);
  return lock;
}

void MachineLock::release() {
  if (!who_.empty()) unlink(who_.c_str());
  who_.clear();
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = -1;
}

std::vector<std::string> machine_lock_holders(const std::string& path) {
  std::vector<std::string> holders;
  std::error_code why;
  for (fs::directory_iterator at(who_folder(path), why); !why && at != fs::directory_iterator();
       at.increment(why)) {
    std::string pid = at->path().filename();
    if (pid.find_first_not_of("0123456789") != std::string::npos) continue;
    if (kill(static_cast<pid_t>(std::strtol(pid.c_str(), nullptr, 10)), 0) != 0 && errno == ESRCH) {
      unlink(at->path().c_str());  // it was killed before it could take its note away
      continue;
    }
    Result<std::string> text = read_file(at->path());
    std::vector<std::string> lines = text ? split(*text, '\n') : std::vector<std::string>();
    if (lines.size() >= 2)
      holders.push_back(lines[0] + " (process " + pid + ", since " + lines[1] + ")");
  }
  return holders;
}

bool yield_to_measurement() {
  int lock = -1;
  int records = -1;
  int runner = 0;
  if (!inherited_fetch_lock(lock, records, runner)) return false;
  Result<std::string> path = machine_lock_path();
  // Someone keeps the turnstile only while it waits for the lock: nobody waits where it is free.
  Result<LockFile> turn = LockFile::try_acquire(*path + ".turn", LOCK_EX);
  if (!turn || turn->held()) return false;
  Instant paused = clock_now();
  flock(lock, LOCK_UN);
  turn = LockFile::acquire(*path + ".turn", LOCK_EX, [] {});
  while (flock(lock, LOCK_SH) != 0 && errno == EINTR) {
  }
  Instant resumed = clock_now();
  std::string line = "{\"event\":\"pause\",\"pid\":" + std::to_string(runner) +
                     ",\"released\":" + paused.to_json() + ",\"acquired\":" + resumed.to_json() +
                     "}\n";
  [[maybe_unused]] ssize_t written = write(records, line.data(), line.size());
  return true;
}

}  // namespace mlpgen
