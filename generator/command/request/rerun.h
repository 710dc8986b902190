// One more attempt of measurements; earlier ones keep their directories.
#pragma once

#include "command/request/session.h"
#include "plan/plan.h"

namespace mlpgen {

// Whether the words of a request ask to measure again: --rerun.
bool asks_rerun(const std::vector<std::string>& words);

// Counts one more attempt for each measurement of what plain `ninja` makes that has been taken
// already, and says so. False where there is none, so that nothing has changed.
bool measure_again(Session& s, const Plan& plan);

// `mlpgen configure --again` with the options of this command that it takes, too.
int configure_again(const CommandLine& line);

}  // namespace mlpgen
