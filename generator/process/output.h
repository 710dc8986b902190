// Starts a program and takes what it prints.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "process/command.h"

namespace mlpgen {

// Runs it in this process's group, with which it is stopped and interrupted; it dies with this
// process. `output` gets what it writes to stdout, and to stderr where `err` is -1; else stderr
// goes to that descriptor. Errors: no-program.
Result<Outcome> run_program(const Command& command,
                            const std::function<void(std::string_view)>& output, int err = -1);
// The same; stdout and stderr go to these descriptors.
Result<Outcome> run_program(const Command& command, int out, int err);

struct Output {
  // Exit status; -1: a signal ended it, it did not end in time, or printed too much.
  int status = -1;
  int signal = 0;         // the signal that ended it; 0: none, or this process sent it
  std::string text;       // stdout and stderr together
  bool too_long = false;  // it did not end in time
};

inline constexpr size_t kMostOutput = 1 << 24;  // bytes
inline constexpr int kMostSeconds = 20;

// For a short command of the host: LC_ALL=C.UTF-8, at most `seconds` long. What it started ends
// with it, also what left its process group. A signal that ends this process ends it, too. Errors:
// no-program, with errno, where this machine cannot start it, read what it prints or wait for its
// end.
Result<Output> run_command(const std::vector<std::string>& argv, int seconds = kMostSeconds);

}  // namespace mlpgen
