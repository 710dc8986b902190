// What the commands about the lock share.
#pragma once

#include "command/command.h"

namespace mlpgen {

inline constexpr const char* kLockName = "mlpgen.lock";  // in a run directory

int run_lock_diff(const CommandLine& line);  // `mlpgen lock diff A B`

}  // namespace mlpgen
