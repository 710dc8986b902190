// The four phases of deps as order between edges.
#pragma once

#include "plan/step_edges.h"

namespace mlpgen {

// Fills Edge::after: what prehook deps do comes first, then the recipe's own steps, what posthook
// deps do, and what post deps do, each after all of those before it. Deps of the phase `deps` are
// ordered by what is used of them. Reports `phase-cycle`; false after an error.
bool order_phases(const Resolution& resolution, StepPlanner& steps, Plan& plan, Sink& sink);

}  // namespace mlpgen
