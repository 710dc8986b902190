// From the targets down.
#include "command/run_directory/needed_edges.h"

namespace mlpgen {

EdgeBits needed_edges(const Plan& plan) {
  EdgeBits submission(plan.edges.size()), any(plan.edges.size());
  bool has_submission = false;
  for (const PlanTarget& target : plan.targets)
    for (EdgeId id : target.edges) {
      any[static_cast<uint32_t>(id)] = true;
      if (target.name != "submission") continue;
      submission[static_cast<uint32_t>(id)] = true;
      has_submission = true;
    }
  return closure(plan, has_submission ? submission : any);
}

}  // namespace mlpgen
