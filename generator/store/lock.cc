// Tries again and again, so that the caller can do something between two tries.
#include "store/lock.h"

#include <sys/file.h>

#include <chrono>
#include <cstdio>
#include <thread>


namespace mlpgen {

Result<LockFile> lock_in_store(const std::string& path, const std::string& what,
                               const std::function<void()>& between_tries) {
  for (bool told = false;; told = true) {
    Result<LockFile> lock = LockFile::try_acquire(path, LOCK_EX);
    if (!lock)
      return named_error("store-not-writable", lock.error().message,
                         "set MLPGEN_STORE to a folder of yours on a local disk, e.g. `export "
                         "MLPGEN_STORE=$HOME/mlpgen-store`");
    if (lock->held()) return lock;
    if (!told) std::fprintf(stderr, "waiting: another run is at %s\n", what.c_str());
    if (between_tries) between_tries();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
}

}  // namespace mlpgen
