// The process between the runner and the command: see process.h.
#pragma once

#include <sys/types.h>

#include "edge/process.h"

namespace mlpgen {

// What the guard tells the runner through a pipe when the command has ended.
struct GuardReport {
  int exec_error = 0;  // errno of execve or chdir, where the command could not start
  int wait_status = 0;
  double cpu_s = 0;
  long max_rss_kib = 0;
};

// The guard's whole life; called after fork. Writes one GuardReport to `report`; stdout and stderr
// of the command are `output`.
[[noreturn]] void guard_command(const Command& command, pid_t runner, int output, int report);

}  // namespace mlpgen
