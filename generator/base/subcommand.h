// One subcommand of mlpgen-tool: an ordinary command that the build runs as an edge and a person
// can run by hand.
#pragma once

#include <string_view>

namespace mlpgen {

struct Subcommand {
  std::string_view name;   // as typed: `mlpgen-tool NAME ...`
  std::string_view about;  // one line for `mlpgen-tool --help`
  // argv[0] is the subcommand's own name. Returns the exit code: 0 done, 1 the user can mend it, 2
  // usage, 70 a bug.
  int (*run)(int argc, char** argv);
};

}  // namespace mlpgen
