// Plan -> build.ninja and .mlpgen/plan, as bytes.
#pragma once

#include <string>

#include "plan/plan.h"

namespace mlpgen {

struct Programs {
  std::string mlpgen;  // absolute
  std::string edge;    // absolute path of mlpgen-edge
};

// Paths inside the run directory are relative; edges stand in the order of the plan.
std::string to_ninja(const Plan& plan, const Programs& programs);

// One JSON object a line, sorted by identity, each beginning {"identity":"...": the runner finds a line by binary search.
std::string to_plan_file(const Plan& plan);

// What `ninja help` prints.
std::string to_target_list(const Plan& plan);

}  // namespace mlpgen
