// open + flock.
#include "edge/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace mlpgen {
namespace {

// Opens first and creates only then: in a folder that all may write to, the kernel refuses O_CREAT
// on another user's file (fs.protected_regular), and a lock needs no right to write.
int open_lock(const std::string& path) {
  constexpr int kFlags = O_CLOEXEC | O_NOFOLLOW;
  for (int attempt = 0; attempt < 10; ++attempt) {
    int fd = open(path.c_str(), O_RDWR | kFlags);
    if (fd < 0 && (errno == EACCES || errno == EROFS)) fd = open(path.c_str(), O_RDONLY | kFlags);
    if (fd >= 0 || errno != ENOENT) return fd;
    fd = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | kFlags, 0666);
    if (fd >= 0) fchmod(fd, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

Error unlockable(const std::string& path) {
  return {path + " cannot be locked: " + std::strerror(errno),
          "check its owner and mode: `ls -ld " + path + "`"};
}

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

Result<LockFile> LockFile::try_acquire(const std::string& path, int kind) {
  LockFile file(open_lock(path));
  if (file.descriptor_ < 0) return unlockable(path);
  if (flock(file.descriptor_, kind | LOCK_NB) == 0) return file;
  if (errno != EWOULDBLOCK) return unlockable(path);
  return LockFile();
}

Result<LockFile> LockFile::acquire(const std::string& path, int kind,
                                   const std::function<void()>& waiting) {
  LockFile file(open_lock(path));
  if (file.descriptor_ < 0) return unlockable(path);
  if (flock(file.descriptor_, kind | LOCK_NB) == 0) return file;
  if (errno == EWOULDBLOCK) waiting();
  while (flock(file.descriptor_, kind) != 0)
    if (errno != EINTR) return unlockable(path);
  return file;
}

int LockFile::take() { return std::exchange(descriptor_, -1); }

void LockFile::write_note(const std::string& text) const {
  if (ftruncate(descriptor_, 0) == 0 && pwrite(descriptor_, text.data(), text.size(), 0) < 0)
    return;
}

}  // namespace mlpgen
