// One process at a time for one object of the store.
#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace mlpgen {

// Holds a flock on a file until it is destroyed. The kernel drops it when the process dies, so
// nothing is ever stale.
class FileLock {
 public:
  // Waits; when it has to, it first says once on stderr for what, and calls `between_tries` every
  // 100 ms. (A caller that itself holds something for which the other may wait gives it back
  // there.)
  static Result<FileLock> take(const std::string& path, const std::string& what,
                               const std::function<void()>& between_tries);

  FileLock(FileLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace mlpgen
