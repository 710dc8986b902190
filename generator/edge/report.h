// What the runner says on stderr when an edge did not succeed.
#pragma once

#include <string>

#include "base/result.h"
#include "step/step.h"

namespace mlpgen {

// Prints "error: ..." and "help: ...". Returns exit code 1.
int print_error(const Error& error);

// The failure card: which edge, what happened, the last lines of its log, where the log is, and how
// to run the command by hand.
// `kept` names what is left of it; "" where nothing is.
Error failure_card(const Step& step, const std::string& what, const std::string& help,
                   const std::string& kept = "");

}  // namespace mlpgen
