// A program to be started, and how it ended.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

struct Command {
  std::vector<std::string> argv;      // argv[0] is a path, or a name that is looked for on PATH
  std::vector<std::string> env;       // "NAME=value", all of it
  std::vector<int> descriptors = {};  // inherited besides 0 (/dev/null), 1 and 2
  std::string directory = {};         // where it starts; "": here
  int seconds = 0;                    // then it is killed; 0: never
  size_t most_output = 0;             // bytes; with more it is killed; 0: any number
};

struct Outcome {
  int wait_status = 0;     // as waitpid(2) gives it
  double cpu_s = 0;        // user and system time of the command and what it waited for, seconds
  long max_rss_kib = 0;    // of the largest process
  int interrupted_by = 0;  // the signal that this process got meanwhile, else 0
  int pauses = 0;          // how often it was stopped for another, and went on
  bool too_long = false;   // killed after Command::seconds
  bool too_much = false;   // killed after Command::most_output

  bool ok() const { return wait_status == 0 && interrupted_by == 0; }
};

int exit_code(int wait_status);                // 128 + signal where one ended it
std::string describe_status(int wait_status);  // "exit status 3", "killed by signal 9 (Killed)"

// This process's environment with these changes; "" removes a variable.
std::vector<std::string> environment_with(const std::map<std::string, std::string>& changes);

// no-program: why a program cannot be `what`, "started" say, by errno.
Error cannot_be(const std::string& program, const std::string& what, int number);

}  // namespace mlpgen
