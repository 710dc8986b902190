// What the runner says on stderr when an edge did not succeed.
#pragma once

#include <string>

#include "base/result.h"
#include "step/step.h"

namespace mlpgen {

// Prints "error: ..." and "help: ...". Returns exit code 1.
int print_error(const Error& error);

// The error with the edge's name before it, where its text does not name the edge yet.
Error of_edge(const Step& step, const Error& error);

// The failure card: the likely cause or what happened, which edge, why it was wanted, the last
// lines of its log, where the log is, how to run the command by hand, and what to do. Where `help`
// is empty, both come from the table of likely causes.
// `kept` names what is left of it; "" where nothing is.
Error failure_card(const Step& step, const std::string& what, const std::string& help,
                   const std::string& kept = "");

}  // namespace mlpgen
