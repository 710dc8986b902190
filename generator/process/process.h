// Runs a program to its end and keeps what it printed, for messages of mlpgen-tool.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

struct Command {
  std::vector<std::string> argv;           // argv[0]: a path, or a name looked for on PATH
  std::map<std::string, std::string> env;  // changes to our own environment; "" removes a variable
  bool quiet = false;                      // do not repeat its output on our stderr while it runs
  bool stdout_only = false;                // keep stdout alone; its stderr goes to ours
};

struct Outcome {
  int code = 0;        // exit code, or 128 + signal
  std::string output;  // stdout and stderr together, or stdout alone
};

// Runs it to its end with an empty standard input. An error only when it cannot be started.
Result<Outcome> run_process(const Command& command);

// The last `count` lines that are not empty.
std::string last_lines(const std::string& text, size_t count);

}  // namespace mlpgen::tool
