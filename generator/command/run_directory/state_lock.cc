// flock on .mlpgen/configure.lock.
#include "command/run_directory/state_lock.h"

#include <sys/file.h>

#include <cstdio>

#include "command/request/session.h"
#include "file/file.h"

namespace mlpgen {

LockFile lock_state() {
  (void)make_directories(kStateFolder);
  auto waiting = [] {
    std::fprintf(stderr, "waiting: another mlpgen configures this directory\n");
  };
  Result<LockFile> lock =
      LockFile::acquire(std::string(kStateFolder) + "/configure.lock", LOCK_EX, waiting);
  return lock ? std::move(*lock) : LockFile();
}

}  // namespace mlpgen
