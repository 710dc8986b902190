// Runs one command that dies with this process, whatever it started itself.
//
// Between the runner and the command stands a small guard process. It outlives a runner that is
// killed with -9 just long enough to kill the command's processes, also those that left its group;
// and it waits for what a command leaves behind. Where the guard is killed or stopped, the runner
// does its work. Where both are killed, the kernel kills the command's group. No process of the
// command is left when run_command returns.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "edge/pause.h"

namespace mlpgen {

struct Command {
  std::vector<std::string> argv;  // argv[0] is a path
  std::vector<std::string> env;   // "NAME=value", all of it
  std::vector<int> descriptors;   // inherited besides 0 (/dev/null), 1 and 2 (both `output`)
};

struct Outcome {
  int wait_status = 0;     // as waitpid(2) gives it
  double cpu_s = 0;        // user and system time of the command and what it waited for, seconds
  long max_rss_kib = 0;    // of the largest process
  int interrupted_by = 0;  // the signal that this process got meanwhile, else 0
  int pauses = 0;          // how often it was stopped for another, and went on

  bool ok() const { return wait_status == 0 && interrupted_by == 0; }
};

// Runs the command to its end; `output` gets what it writes to stdout and stderr, as it comes.
// SIGINT, SIGTERM and SIGHUP end the command: SIGTERM first, SIGKILL after two seconds.
Result<Outcome> run_command(const Command& command,
                            const std::function<void(std::string_view)>& output,
                            const Pauses& pauses = {});

// "exit status 3", "killed by signal 9 (Killed)".
std::string describe_status(int wait_status);

}  // namespace mlpgen
