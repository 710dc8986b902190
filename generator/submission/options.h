// A subcommand's command line, and how it says that it could not do its work.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>

#include "base/result.h"

namespace mlpgen::submission {

// Parses with CLI11. The exit code when the command ends here: 0 after --help, 2 after a wrong
// option.
std::optional<int> parse_options(CLI::App& app, int argc, char** argv);

// Prints "error: ..." and "help: ..." on stderr and returns 1.
int fail(const Error& error);

}  // namespace mlpgen::submission
