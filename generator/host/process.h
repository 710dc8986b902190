// Runs a short command of the host and takes what it prints.
#pragma once

#include <string>
#include <vector>

namespace mlpgen {

struct Output {
  int status = -1;   // exit status; -1: could not be started or did not end in time
  std::string text;  // stdout and stderr together
};

// No shell, no standard input, LC_ALL=C.UTF-8, at most `seconds` long.
Output run_command(const std::vector<std::string>& argv, int seconds = 20);

}  // namespace mlpgen
