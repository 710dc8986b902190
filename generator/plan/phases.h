// The four phases of deps as order between edges.
#pragma once

#include "plan/step_edges.h"

namespace mlpgen {

// Fills Edge::after: what a prehook dep does comes before the recipe's own steps; what a posthook dep does after them;
// what a post dep does after these and after the posthook deps. Deps of the phase `deps` are ordered by what is used of them.
// Reports `phase-cycle`; false after an error.
bool order_phases(const Resolution& resolution, StepPlanner& steps, Plan& plan, Sink& sink);

}  // namespace mlpgen
