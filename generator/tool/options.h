// The command line of one subcommand (CLI11), and how its errors look.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

// Reads argv[1..]. A value: stop and exit with it (0 after --help, 2 after a mistake, which is
// printed).
std::optional<int> read_options(CLI::App& app, int argc, char** argv);

// A value in decimal digits alone: CLI11 takes "-1" for the largest number.
CLI::Validator whole_number();

// Prints "error: ..." and "help: ..." on stderr and gives the exit code: 2 for [usage], else 1.
int report(const Error& error);

// "K=V" at its first "=". A mistake names `option`.
Result<std::pair<std::string, std::string>> split_pair(const std::string& option,
                                                       const std::string& word);
// As split_pair for each, in the order given; a key that stands twice is an error.
Result<std::vector<std::pair<std::string, std::string>>> read_pairs(
    const std::string& option, const std::vector<std::string>& words);

}  // namespace mlpgen::tool
