// Notes of uses exclude removals for as long as one write takes. For the store only.
#pragma once

#include <string>

#include "file/lock_file.h"

namespace mlpgen {

// Each waits for its lock. Where the file cannot be opened (a store that may only be read) it holds
// nothing.
LockFile removal_lock_shared(const std::string& root);     // by those who note a use, for one write
LockFile removal_lock_exclusive(const std::string& root);  // by what removes

// Shared by an edge from its first use to its end, so that `store remove` takes away nothing that
// it is about to place. (gc need not wait: it takes nothing whose use is noted.)
LockFile in_use_lock(const std::string& root);
std::string in_use_path(const std::string& root);

}  // namespace mlpgen
