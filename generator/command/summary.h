// What configure prints: the request, every default with its place, the targets, the next thing to type.
#pragma once

#include <string>

#include "command/session.h"

namespace mlpgen {

std::string summary_text(const Session& session, const Resolution& resolution, const Plan& plan);
std::string summary_json(const Session& session, const Resolution& resolution, const Plan& plan);

}  // namespace mlpgen
