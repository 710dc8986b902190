// A program that a command starts and whose output the user sees as it comes.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mlpgen {

struct ChildProcess {
  std::vector<std::string> argv;  // argv[0] is looked for on PATH
  std::string directory;          // where it starts
  std::map<std::string, std::string> env;  // added to this program's environment
  bool quiet = false;             // its stdout is thrown away; else it goes to stderr
};

// Its exit status; -1 when it could not be started or a signal ended it.
int run_child(const ChildProcess& child);

}  // namespace mlpgen
