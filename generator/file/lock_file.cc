// open + flock.
#include "file/lock_file.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <utility>

#include "file/file.h"

namespace mlpgen {
namespace {

constexpr int kMostTries = 100;  // as often may the file be removed while it is being locked
constexpr time_t kWaitingEvery_s = 2;

// Interrupts a call that waits, again and again.
class Ticks {
 public:
  Ticks() {
    struct sigaction nothing {};
    nothing.sa_handler = [](int) {};  // without SA_RESTART: the call returns EINTR
    sigaction(SIGALRM, &nothing, &action_);
    struct itimerval every = {{kWaitingEvery_s, 0}, {kWaitingEvery_s, 0}};
    setitimer(ITIMER_REAL, &every, &timer_);
  }
  ~Ticks() {
    setitimer(ITIMER_REAL, &timer_, nullptr);
    sigaction(SIGALRM, &action_, nullptr);
  }
  Ticks(const Ticks&) = delete;
  Ticks& operator=(const Ticks&) = delete;

 private:
  struct sigaction action_ {};
  struct itimerval timer_ {};
};

// Opens first and creates only then: in a folder that all may write to, the kernel refuses O_CREAT
// on another user's file (fs.protected_regular), and a lock needs no right to write. -1: see errno.
int open_or_make(const std::string& path, LockedBy by) {
  constexpr int kFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;
  for (int tries = 0; tries < kMostTries; ++tries) {
    int fd = open(path.c_str(), O_RDWR | kFlags);
    if (fd < 0 && (errno == EACCES || errno == EROFS)) fd = open(path.c_str(), O_RDONLY | kFlags);
    if (fd >= 0 || errno != ENOENT) return fd;
    fd = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | kFlags, 0644);
    if (fd >= 0 && by == LockedBy::kEveryUser) fchmod(fd, 0666);
    if (fd >= 0) return fd;
    if (errno == EEXIST) continue;
    if (errno != ENOENT) return -1;
    std::error_code why;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), why);
    if (why) return errno = why.value(), -1;
  }
  return -1;
}

Error unlockable(const std::string& path) {
  if (errno == ELOOP)
    return {path + " is a symbolic link, not a lock", "remove it: `rm " + path + "`"};
  return {path + " cannot be locked: " + std::strerror(errno),
          "check its owner and mode: `ls -ld " + path + "`"};
}

Status check_kind(const std::string& path, int fd, LockedBy by) {
  struct stat st {};
  if (fstat(fd, &st) != 0) return unlockable(path);
  if (!S_ISREG(st.st_mode))
    return Error{path + " is not a regular file, so it is no lock",
                 "move it elsewhere: `mv " + path + " " + path + ".old`"};
  if (by == LockedBy::kEveryUser && st.st_nlink > 1)
    return Error{path + " has another name, too (a hard link), so it is no lock",
                 "remove it while nothing runs: `rm " + path + "`"};
  return Done{};
}

// flock, however often a signal interrupts it; 0, or errno.
int wait_for_flock(int fd, int kind, const std::function<void()>& again) {
  std::optional<Ticks> ticks;
  if (again) ticks.emplace();
  while (flock(fd, kind) != 0) {
    if (errno != EINTR) return errno;
    if (again) again();
  }
  return 0;
}

// 0, or errno: EWOULDBLOCK where another has the lock.
int try_flock(int fd, int kind) { return flock(fd, kind | LOCK_NB) == 0 ? 0 : errno; }

}  // namespace

LockFile::LockFile(LockFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

LockFile& LockFile::operator=(LockFile&& other) noexcept {
  if (descriptor_ >= 0) close(descriptor_);
  descriptor_ = std::exchange(other.descriptor_, -1);
  return *this;
}

LockFile::~LockFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<LockFile> LockFile::open_and_lock(const std::string& path, int kind, const Waiting* waiting,
                                         LockedBy by) {
  for (int tries = 0; tries < kMostTries; ++tries) {
    LockFile file(open_or_make(path, by));
    if (!file.held()) return unlockable(path);
    if (Status s = check_kind(path, file.descriptor_, by); !s) return s.error();
    int why = try_flock(file.descriptor_, kind);
    if (why == EWOULDBLOCK && !waiting) return LockFile();
    if (why == EWOULDBLOCK) {
      if (tries == 0) waiting->first();
      why = wait_for_flock(file.descriptor_, kind, waiting->again);
    }
    errno = why;
    if (why) return unlockable(path);
    if (file.stands_at(path)) return file;
  }
  return Error{path + " cannot be locked: something removes it again and again", ""};
}

Result<LockFile> LockFile::acquire(const std::string& path, int kind,
                                   const std::function<void()>& waiting, LockedBy by,
                                   const std::function<void()>& again) {
  Waiting both{waiting, again};
  return open_and_lock(path, kind, &both, by);
}

Result<LockFile> LockFile::try_acquire(const std::string& path, int kind, LockedBy by) {
  return open_and_lock(path, kind, nullptr, by);
}

bool LockFile::is_locked(const std::string& path) {
  LockFile file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY));
  return file.held() && try_flock(file.descriptor_, LOCK_EX) == EWOULDBLOCK;
}

void LockFile::unlock() const { flock(descriptor_, LOCK_UN); }

bool LockFile::try_lock(int kind) const { return try_flock(descriptor_, kind) == 0; }

int LockFile::take() { return std::exchange(descriptor_, -1); }

bool LockFile::stands_at(const std::string& path) const {
  struct stat mine {
  }, there{};
  return fstat(descriptor_, &mine) == 0 && lstat(path.c_str(), &there) == 0 &&
         mine.st_ino == there.st_ino && mine.st_dev == there.st_dev;
}

void LockFile::write_note(const std::string& text) const {
  if (ftruncate(descriptor_, 0) == 0 && pwrite(descriptor_, text.data(), text.size(), 0) < 0)
    return;
}

}  // namespace mlpgen
