// The power files of a performance run: what power-dev's client leaves, and their places in a tree.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "tree/layout.h"

namespace mlpgen::submission {

struct PowerFile {
  std::string to;    // in the tree
  std::string from;  // in the folder of the performance run
};

// The files that a submission has of a run with power; none of a run without. In the tree
// performance/{power,ranging}/ and run_1/spl.txt (power_checker.py), and beside the measurements
// the two texts that the rounds from v3.1 on ask for.
std::vector<PowerFile> power_files(const ResultPlace& place, const std::string& performance);

// Whether an analyser that PTDaemon calls simulated measured the power of `folder`, which holds
// server.json; nothing where no power was measured. An unreadable file is an error.
Result<std::optional<bool>> is_simulated_power(const std::string& folder);

// What a tree says of such power; `sentence` is what it says of the run beside.
std::string with_simulated_power(const std::string& sentence);

}  // namespace mlpgen::submission
