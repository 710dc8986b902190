// What configure prints: what was chosen, what will be fetched, how long it takes at least, what
// cannot run and why, and the next thing to type.
#pragma once

#include <string>
#include <vector>

#include "command/request/cannot_run.h"
#include "command/request/session.h"
#include "query/plan_answer.h"

namespace mlpgen {

// As JSON, as about ten lines, with every default and its location as well, or nothing: as the
// options of the session say.
std::string summary(const Session& session, const Resolution& resolution, const Plan& plan,
                    const PlanAnswer& needed, const std::vector<CannotRun>& cannot);

// On stdout; on a terminal its lines are as wide as that.
void print_summary(const std::string& text);

}  // namespace mlpgen
