// Runs a short command of the host and takes what it prints.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace mlpgen {

struct Output {
  int status = -1;   // exit status; -1: could not be started, did not end in time, or printed too much
  std::string text;  // stdout and stderr together
  int not_started = 0;  // errno, where it could not be started
  bool too_long = false;  // it did not end in time
};

inline constexpr size_t kMostOutput = 1 << 24;  // bytes
inline constexpr int kMostSeconds = 20;

// No shell, no standard input, LC_ALL=C.UTF-8, at most `seconds` long. What it started ends with it.
Output run_command(const std::vector<std::string>& argv, int seconds = kMostSeconds);

}  // namespace mlpgen
