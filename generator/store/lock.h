// One process at a time for one object of the store.
#pragma once

#include <string>

#include "file/lock_file.h"

namespace mlpgen {

// Waits for the lock at `path`; when it has to, it first says once on stderr for what. Error:
// store-not-writable.
Result<LockFile> lock_in_store(const std::string& path, const std::string& what);

}  // namespace mlpgen
