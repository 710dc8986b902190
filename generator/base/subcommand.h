// One subcommand of mlpgen-tool: an ordinary command that the build runs as an edge and a person
// can run by hand.
#pragma once

#include <string>
#include <vector>

#include "base/arguments.h"
#include "base/result.h"

namespace mlpgen {

struct Subcommand {
  std::string name;  // as typed: `mlpgen-tool NAME ...`, and as a rule names it: `tool: NAME`
  // The exit code. An error is printed: 2 for [usage], else 1.
  Result<int> (*run)(const Arguments& arguments);
  std::string help;                  // what --help says beside the parameters: facts and an example
  std::vector<Parameter> more = {};  // what no recipe sets
  std::string about = "";            // one line, where no rule has it
};

// The table of subcommands: a file NAME_command.cc adds its own by an object of this type.
class Registered {
 public:
  explicit Registered(Subcommand subcommand) { all().push_back(std::move(subcommand)); }
  static std::vector<Subcommand>& all() {
    static std::vector<Subcommand> commands;
    return commands;
  }
};

}  // namespace mlpgen
