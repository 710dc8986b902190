// Plan -> build.ninja and .mlpgen/plan, as bytes. Both are made piece by piece while they are
// written, from the plan that was given: it must outlive the pieces.
#pragma once

#include <string>

#include "plan/plan.h"
#include "text/pieces.h"

namespace mlpgen {

struct Programs {
  std::string mlpgen;  // absolute
  std::string edge;    // absolute path of mlpgen-edge
};

// Paths inside the run directory are relative; edges stand in the order of the plan.
Pieces to_ninja(const Plan& plan, const Programs& programs);

// One JSON object a line, sorted by identity, each beginning {"identity":"...": the runner finds a
// line by binary search. Its last member is the digest of the line before it (file/sealed.h).
// `secrets` and `links` are left out where they are empty.
Pieces to_plan_file(const Plan& plan);

// What `ninja help` prints.
std::string to_target_list(const Plan& plan);

}  // namespace mlpgen
