// A lock whose errors speak of the store.
#include "store/lock.h"

#include <sys/file.h>

#include <cstdio>

namespace mlpgen {

Result<LockFile> lock_in_store(const std::string& path, const std::string& what) {
  Result<LockFile> lock = LockFile::acquire(path, LOCK_EX, [&] {
    std::fprintf(stderr, "waiting: another run is at %s\n", what.c_str());
  });
  if (lock) return lock;
  return named_error("store-not-writable", lock.error().message,
                     "set MLPGEN_STORE to a folder of yours on a local disk, e.g. `export "
                     "MLPGEN_STORE=$HOME/mlpgen-store`");
}

}  // namespace mlpgen
