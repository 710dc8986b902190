// What of a request can never run, known before anything runs: steps of kind `refuse`, and targets
// that nothing is written for.
#pragma once

#include <string>
#include <vector>

#include "command/request/session.h"

namespace mlpgen {

struct CannotRun {
  std::string step;  // RECIPE/STEP; "" for a target that nothing is written for
  std::string reason, help;
  std::vector<std::string> targets;  // the Ninja targets that need it
  bool by_default = false;           // one of them is what plain `ninja` builds
  Span word;                         // the word that asks for it, or the recipe's line
  Span declared;                     // the recipe's line
};

std::vector<CannotRun> what_cannot_run(const Sources& sources, const Resolution& resolution,
                                       const Planned& planned);
// Reports `cannot-run` for each that plain `ninja` would meet; false where there is one.
bool check_can_run(Session& session, const std::vector<CannotRun>& all);

}  // namespace mlpgen
