// What a runner that was killed left behind, and which holds no lock any more.
#pragma once

#include <string>

namespace mlpgen {

// In the environment of all that a runner's command starts: which process the runner is.
inline constexpr const char* kRunnerVariable = "MLPGEN_RUNNER";

// This process's value: its namespaces, number and start. "" where /proc does not tell them.
std::string runner_mark();

// Kills the processes whose environment names a runner of this namespace that is gone. A runner
// ends all of them before it ends itself, unless it was killed together with its guard. Another
// user's processes are not seen, except by root, nor those that removed their environment.
void end_left_behind();

}  // namespace mlpgen
