// The marks that edges leave, to states.
#include "command/run_directory/edge_states.h"

#include "command/request/edges.h"
#include "command/run_directory/identities.h"
#include "file/file.h"
#include "step/step.h"

namespace mlpgen {
namespace {

// Whether it was made with another identity, of this run directory's last configure or of the one
// before a change.
bool was_made(const Edge& e, const Identities& identities) {
  auto it = identities.find(e.name);
  if (it == identities.end()) return false;
  std::string folder = e.directory.substr(0, e.directory.rfind('/') + 1);
  for (const std::string& former : {it->second.now.identity, it->second.former.identity})
    if (!former.empty() && former != e.identity && is_made(folder + former.substr(0, 12)))
      return true;
  return false;
}

}  // namespace

std::vector<RunState> edge_states(const Plan& plan) {
  std::vector<RunState> states(plan.edges.size(), RunState::kNotYet);
  if (!exists("out")) return states;
  Identities identities = read_identities();
  for (size_t n = 0; n < plan.edges.size(); ++n) {
    const Edge& e = plan.edges[n];
    Step step;
    step.name = e.name;
    step.identity = e.identity;
    if (is_made(e.directory))
      states[n] = RunState::kMade;
    else if (exists(log_path(step)))
      states[n] = RunState::kStopped;
    else if (was_made(e, identities))
      states[n] = RunState::kOutOfDate;
  }
  return states;
}

}  // namespace mlpgen
