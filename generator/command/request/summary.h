// What configure prints: the request, every default with its place, the targets, what cannot run,
// the next thing to type.
#pragma once

#include <string>
#include <vector>

#include "command/request/cannot_run.h"
#include "command/request/session.h"

namespace mlpgen {

std::string summary_text(const Session& session, const Resolution& resolution, const Plan& plan,
                         const std::vector<CannotRun>& cannot);
std::string summary_json(const Session& session, const Resolution& resolution, const Plan& plan,
                         const std::vector<CannotRun>& cannot);

}  // namespace mlpgen
