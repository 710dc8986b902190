// The process between the runner and the command: see guarded.h.
#pragma once

#include <sys/types.h>

#include "process/command.h"

namespace mlpgen {

// The guard's name in /proc/PID/comm, other than the program's, so that `pkill -9 mlpgen-edge`
// leaves the guard, which ends all else.
inline constexpr const char* kGuardName = "edge-guard";

// What the guard tells the runner through a pipe: first the command's process group, then how the
// command ended.
struct GuardReport {
  pid_t group = 0;     // 0 until the command is there
  bool ended = false;  // the fields below are known
  int exec_error = 0;  // errno, where the command could not start
  int wait_status = 0;
  double cpu_s = 0;
  long max_rss_kib = 0;
};

// Descriptors that the guard inherits from the runner.
struct GuardPipes {
  int output = -1;  // stdout and stderr of the command
  int report = -1;  // takes GuardReports
  int life =
      -1;  // the reading end of a pipe that runner and guard hold open: see die_with() in spawn.cc
};

// The guard's whole life; called after fork.
[[noreturn]] void guard_command(const Command& command, pid_t runner, const GuardPipes& pipes);

// Kills the group and every child of this process, until none is left. Made a subreaper, this
// process inherits every process whose parent died, so each round reaches one generation deeper.
void kill_children(pid_t group);

}  // namespace mlpgen
