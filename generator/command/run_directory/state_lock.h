// One mlpgen at a time changes what a run directory is configured to.
#pragma once

#include "file/lock_file.h"

namespace mlpgen {

// Held until it is destroyed, also where a killed process leaves its file. Where the file cannot be
// made or the file system has no locks it holds nothing: what is then written says what is wrong.
LockFile lock_state();

}  // namespace mlpgen
