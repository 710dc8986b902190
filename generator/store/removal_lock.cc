// One file of STORE/locks for all.
#include "store/removal_lock.h"

#include <sys/file.h>

#include <utility>

namespace mlpgen {
namespace {

LockFile lock_or_nothing(const std::string& path, int kind) {
  Result<LockFile> lock = LockFile::acquire(path, kind, [] {});
  return lock ? std::move(*lock) : LockFile();
}

}  // namespace

LockFile removal_lock_shared(const std::string& root) {
  return lock_or_nothing(root + "/locks/removal", LOCK_SH);
}

LockFile removal_lock_exclusive(const std::string& root) {
  return lock_or_nothing(root + "/locks/removal", LOCK_EX);
}

std::string in_use_path(const std::string& root) { return root + "/locks/in-use"; }

LockFile in_use_lock(const std::string& root) {
  return lock_or_nothing(in_use_path(root), LOCK_SH);
}

}  // namespace mlpgen
