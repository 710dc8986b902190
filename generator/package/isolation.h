// Shuts this process and what it starts off from all but one folder (Linux namespaces).
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen::tool {

// From here on there is no network, not even the loopback interface, and all files are read-only
// but those below `writable`, an absolute path. The error `not-isolated` where the system lets no
// process do that. Call it before the first thread; then change to a folder by its absolute path.
Status isolate(const std::string& writable);

}  // namespace mlpgen::tool
