// One process at a time for one object of the store.
#pragma once

#include <functional>
#include <string>

#include "base/lock_file.h"

namespace mlpgen {

// Waits for the lock at `path`; when it has to, it first says once on stderr for what, and calls
// `between_tries` every 100 ms. (A caller that itself holds something for which the other may wait
// gives it back there.) Error: store-not-writable.
Result<LockFile> lock_in_store(const std::string& path, const std::string& what,
                               const std::function<void()>& between_tries);

}  // namespace mlpgen
