// What configure prints: what was chosen, what will be fetched, how long it takes at least, what
// cannot run and why, and the next thing to type.
#pragma once

#include <string>
#include <vector>

#include "command/request/cannot_run.h"
#include "command/request/session.h"
#include "command/request/submission_lacks.h"
#include "query/plan_answer.h"

namespace mlpgen {

// What a request will not give.
struct Limits {
  std::vector<CannotRun> cannot;
  std::vector<Lack> lacks;  // of its submission
};

// As JSON, as about ten lines, with every default and its location as well, or nothing: as the
// options of the session say.
std::string summary(const Session& session, const Resolution& resolution, const Plan& plan,
                    const PlanAnswer& needed, const Limits& limits);

// On stdout; on a terminal its lines are as wide as that.
void print_summary(const std::string& text);

}  // namespace mlpgen
