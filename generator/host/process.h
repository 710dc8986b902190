// Runs a short command of the host and takes what it prints.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

struct Output {
  int status = -1;        // exit status; -1: a signal ended it, it did not end in time, or printed too much
  int signal = 0;         // the signal that ended it; 0: none, or this process sent it
  std::string text;       // stdout and stderr together
  bool too_long = false;  // it did not end in time
};

inline constexpr size_t kMostOutput = 1 << 24;  // bytes
inline constexpr int kMostSeconds = 20;

// No shell, no standard input, LC_ALL=C.UTF-8, at most `seconds` long. What it started ends with it.
// An error, with errno, where this machine cannot start it, read what it prints or wait for its end.
Result<Output> run_command(const std::vector<std::string>& argv, int seconds = kMostSeconds);

}  // namespace mlpgen
