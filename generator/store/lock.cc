// flock on a file of its own.
#include "store/lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include "store/named_error.h"

namespace mlpgen {

Result<FileLock> FileLock::take(const std::string& path, const std::string& what,
                                const std::function<void()>& between_tries) {
  int fd = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0)
    return named_error(
        "store-not-writable", path + " cannot be opened: " + std::strerror(errno),
        "set MLPGEN_STORE to a folder of yours, e.g. `export MLPGEN_STORE=$HOME/mlpgen-store`");
  FileLock lock(fd);
  for (bool told = false; flock(fd, LOCK_EX | LOCK_NB) != 0;) {
    if (errno != EWOULDBLOCK && errno != EINTR)
      return named_error(
          "store-not-writable", path + " cannot be locked: " + std::strerror(errno),
          "put the store on a local disk: `export MLPGEN_STORE=/path/on/a/local/disk`");
    if (!told) std::fprintf(stderr, "waiting: another run is at %s\n", what.c_str());
    told = true;
    if (between_tries) between_tries();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  return lock;
}

FileLock::~FileLock() {
  if (fd_ >= 0) close(fd_);
}

}  // namespace mlpgen
