// flock on one file for all.
#include "store/removal_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

namespace mlpgen {

RemovalLock::RemovalLock(const std::string& path, int how)
    : fd_(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
  while (fd_ >= 0 && flock(fd_, how) != 0 && errno == EINTR) continue;
}

RemovalLock RemovalLock::shared(const std::string& root) {
  return {root + "/locks/removal", LOCK_SH};
}
RemovalLock RemovalLock::exclusive(const std::string& root) {
  return {root + "/locks/removal", LOCK_EX};
}
RemovalLock RemovalLock::in_use(const std::string& root) { return {in_use_path(root), LOCK_SH}; }

RemovalLock::~RemovalLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace mlpgen
