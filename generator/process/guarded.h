// Runs one command that dies with this process, whatever it started itself.
//
// Between the runner and the command stands a small guard process. It outlives a runner that is
// killed with -9 just long enough to kill the command's processes, also those that left its group;
// and it waits for what a command leaves behind. Where the guard is killed or stopped, the runner
// does its work. Where both are killed, the kernel kills the command's group. No process of the
// command is left when run_guarded returns.
#pragma once

#include <functional>
#include <string_view>

#include "process/command.h"
#include "process/pause.h"

namespace mlpgen {

// Runs the command to its end; `output` gets what it writes to stdout and stderr, as it comes.
// SIGINT, SIGTERM and SIGHUP end the command: SIGTERM first, SIGKILL after two seconds.
Result<Outcome> run_guarded(const Command& command,
                            const std::function<void(std::string_view)>& output,
                            const Pauses& pauses = {});

// Ends this process as the signal would have.
[[noreturn]] void end_by_signal(int signal_number);

}  // namespace mlpgen
