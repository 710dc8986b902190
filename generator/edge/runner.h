// Brings one edge up to date: what `mlpgen-edge IDENTITY12` does.
#pragma once

#include <string>

namespace mlpgen {

// In the run directory. Returns the exit code: 0 the artifact is there, 1 it is not and stderr says
// why. When a signal stopped the run, this process ends by that signal.
int run_edge(const std::string& identity12);

}  // namespace mlpgen
