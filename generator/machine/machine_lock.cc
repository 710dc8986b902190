// flock on local files, with a turnstile.
#include "machine/machine_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <utility>

#include "file/file.h"
#include "file/lock_file.h"
#include "machine/left_behind.h"
#include "machine/lock_holders.h"
#include "machine/network_file_system.h"
#include "machine/turnstile.h"
#include "step/clock.h"
#include "text/bad_byte.h"
#include "text/text.h"

namespace mlpgen {
namespace {

namespace fs = std::filesystem;

constexpr unsigned kLook_us = 100'000;
constexpr unsigned kPassing_us = 2'000;

const char* given_path() {
  const char* given = std::getenv("MLPGEN_MACHINE_LOCK");
  return given && *given ? given : nullptr;
}

// The first folder where every user may make files and remove only their own: the same answer for
// every user, or they would not meet at one lock. "" where there is none.
std::string folder_of_all_users() {
  for (const char* folder : {"/run/lock", "/tmp"}) {
    struct stat st {};
    struct statvfs system {};
    if (stat(folder, &st) == 0 && S_ISDIR(st.st_mode) && (st.st_mode & 01777) == 01777 &&
        statvfs(folder, &system) == 0 && !(system.f_flag & ST_RDONLY))
      return folder;
  }
  return "";
}

std::string turnstile_of(const std::string& path) { return path + ".turn"; }

// Tells the user once for whom this process waits. One that it cannot name yet may be gone in a
// moment: it is named at the second look.
class WaitingMessage {
 public:
  WaitingMessage(std::string path, std::string name)
      : path_(std::move(path)), name_(std::move(name)) {}

  void operator()() {
    bool first = std::exchange(looked_, true);
    std::string whom = said_ ? "" : holder(first);
    if (!whom.empty())
      std::fprintf(stderr, "%s waits for the machine: %s\n", name_.c_str(), whom.c_str());
    said_ = said_ || !whom.empty();
    end_orphans(locked_file(path_));
  }

 private:
  std::string holder(bool first) const {
    std::vector<std::string> holders = machine_lock_holders(path_);
    if (first || !holders.empty()) return join(holders, ", ");
    for (pid_t process : lock_takers(locked_file(turnstile_of(path_))))
      if (process != getpid() && is_alive(process))
        return "process " + std::to_string(process) + ", which is next";
    return "a process that cannot be seen from here, of another container";
  }

  std::string path_, name_;
  bool looked_ = false, said_ = false;
};

// Waits until nobody holds a file that was the lock before it was removed. This process must hold
// nothing that another one waits for here.
void wait_for_removed(const LockFile& turn, const std::string& path, const std::string& name) {
  for (bool said = false;; said = true, usleep(kLook_us)) {
    LockedFile removed = removed_lock(path);
    if (removed.inode == 0) return;
    std::vector<pid_t> takers = lock_takers(removed);
    std::string who =
        takers.empty() ? "another run" : noted_holder(turn.descriptor(), takers.front());
    if (!said)
      std::fprintf(stderr, "%s waits for the machine: its lock file was removed while %s held it\n",
                   name.c_str(), who.c_str());
    end_orphans(removed);
  }
}

// The lock, for one who has passed the turnstile.
Result<LockFile> take_in_turn(const LockFile& turn, const std::string& path, int kind,
                              const std::string& name, const std::function<void()>& waiting) {
  for (;;) {
    wait_for_removed(turn, path, name);
    ino_t before = locked_file(path).inode;
    Result<LockFile> file = LockFile::acquire(path, kind, waiting, LockedBy::kEveryUser, waiting);
    bool replaced = file && before && before != locked_file(file->descriptor()).inode;
    if (!replaced) return file;
  }
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
  const char* given = given_path();
  if (std::optional<BadByte> bad = given ? find_bad_byte(given) : std::nullopt)
    return Error{"MLPGEN_MACHINE_LOCK has " + bad->what + ": " + printable(given),
                 "use a name of printable UTF-8"};
  if (given && *given != '/')
    return Error{
        "MLPGEN_MACHINE_LOCK is '" + std::string(given) +
            "', which names another file in each run directory",
        "write the whole path: export MLPGEN_MACHINE_LOCK=/..., e.g. $PWD/" + std::string(given)};
  std::string folder = given ? fs::path(given).parent_path().string() : folder_of_all_users();
  if (folder.empty())
    return Error{
        "a measurement cannot be alone here: neither /run/lock nor /tmp is a folder where "
        "every user may make files (mode 1777), so the users of this machine share no lock",
        "set MLPGEN_MACHINE_LOCK to a file that all users of this machine can open"};
  if (given)
    if (Status s = make_directories(folder); !s) return s.error();
  if (std::string_view kind = network_file_system_at(folder); !kind.empty())
    return Error{"the machine lock cannot be on a network file system: " + folder + " is " +
                     std::string(kind),
                 "set MLPGEN_MACHINE_LOCK to a file on a local disk"};
  return given ? given : folder + "/mlpgen-machine";
}

Result<MachineLock> MachineLock::acquire(Hold hold, const std::string& name) {
  MachineLock lock;
  Result<bool> inside = nested(hold);
  if (!inside) return inside.error();
  if (*inside) return lock;
  if (hold == Hold::kShared && !given_path() && folder_of_all_users().empty()) return lock;
  Result<std::string> path = machine_lock_path();
  if (!path) return path.error();
  WaitingMessage message(*path, name);
  auto waiting = [&] { message(); };
  Result<LockFile> turn =
      LockFile::acquire(turnstile_of(*path), LOCK_EX, waiting, LockedBy::kEveryUser, waiting);
  if (!turn) return turn.error();
  int kind = hold == Hold::kExclusive ? LOCK_EX : LOCK_SH;
  Result<LockFile> file = take_in_turn(*turn, *path, kind, name, waiting);
  if (!file) return file.error();
  mark_lock(file->descriptor(), *path);
  write_note(turn->descriptor(), name);
  if (hold == Hold::kExclusive) end_left_behind();
  lock.lock_ = std::move(*file);
  lock.path_ = *path;
  lock.name_ = name;
  return lock;
}

// Someone keeps the turnstile only while it waits for the lock. Work on its way through keeps it
// for less than a moment.
bool MachineLock::is_wanted() const {
  auto is_kept = [&] {
    Result<LockFile> turn =
        LockFile::try_acquire(turnstile_of(path_), LOCK_SH, LockedBy::kEveryUser);
    return turn && !turn->held();
  };
  if (!held() || !is_kept()) return false;
  usleep(kPassing_us);
  return is_kept();
}

void MachineLock::lend() const {
  mark_lock(lock_.descriptor(), path_, false);
  lock_.unlock();
}

bool MachineLock::take_back() const {
  Result<LockFile> turn = LockFile::try_acquire(turnstile_of(path_), LOCK_EX, LockedBy::kEveryUser);
  if (!turn || !turn->held() || !lock_.try_lock(LOCK_SH)) return false;
  mark_lock(lock_.descriptor(), path_);
  write_note(turn->descriptor(), name_);
  return true;
}

Status MachineLock::stands() const {
  if (!held() || lock_.stands_at(path_)) return Done{};
  return Error{"the machine lock " + path_ +
                   " was removed while this measurement ran: another may have run beside it",
               "run ninja again; leave that file where it is"};
}

std::vector<std::string> machine_lock_holders(const std::string& path) {
  std::vector<std::string> holders;
  int turn = open(turnstile_of(path).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
  for (pid_t process : lock_takers(locked_file(path)))
    if (is_alive(process)) holders.push_back(noted_holder(turn, process));
  if (turn >= 0) close(turn);
  return holders;
}

}  // namespace mlpgen
