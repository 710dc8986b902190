// `--round FILE` of a subcommand -> Round, with its mistakes printed on stderr.
#pragma once

#include <optional>
#include <string>

#include "round/round.h"

namespace mlpgen::submission {

std::optional<Round> load_round_option(const std::string& path);

}  // namespace mlpgen::submission
