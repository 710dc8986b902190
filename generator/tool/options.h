// The command line of one subcommand, from its declared parameters (CLI11), and how its errors
// look.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/subcommand.h"

namespace mlpgen::tool {

// The subcommand's line in `mlpgen-tool --help`: its rule's, or its own.
std::string about_of(const Subcommand& command);

// Reads argv[1..] into `arguments`; what follows "--" is the command. A value: stop and exit with
// it (0 after --help, 2 after a mistake, which is printed).
std::optional<int> read_arguments(const Subcommand& command, int argc, char** argv,
                                  Arguments& arguments);

// Prints "error: ..." and "help: ..." on stderr and gives the exit code: 2 for `usage`, else 1.
int report(const Error& error);

}  // namespace mlpgen::tool
