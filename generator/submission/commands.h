// The subcommands of mlpgen-tool that deal with a submission: tree, truncation, checkers,
// summaries, tarball.
#pragma once

#include <span>

#include "base/subcommand.h"

namespace mlpgen {

std::span<const Subcommand> submission_commands();

}  // namespace mlpgen
