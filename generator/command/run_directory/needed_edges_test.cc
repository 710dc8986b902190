#include "command/run_directory/needed_edges.h"

#include <doctest/doctest.h>

using namespace mlpgen;

namespace {

// Edges 0 <- 1 <- 2, and 3 that nothing asks for but the target "model".
Plan plan_of() {
  Plan plan;
  plan.edges.resize(4);
  plan.edges[1].needs = {static_cast<EdgeId>(0)};
  plan.edges[2].after = {static_cast<EdgeId>(1)};
  plan.targets.push_back({"model", "", {static_cast<EdgeId>(3)}, true, "", false});
  return plan;
}

}  // namespace

TEST_CASE("what the submission is made of is needed, and nothing else") {
  Plan plan = plan_of();
  plan.targets.push_back({"submission", "", {static_cast<EdgeId>(2)}, false, "", false});
  CHECK(needed_edges(plan) == std::vector<bool>{true, true, true, false});
}

TEST_CASE("without a submission every target counts") {
  Plan plan = plan_of();
  CHECK(needed_edges(plan) == std::vector<bool>{false, false, false, true});
  plan.targets.push_back({"work", "", {static_cast<EdgeId>(1)}, false, "", false});
  CHECK(needed_edges(plan) == std::vector<bool>{true, true, false, true});
}
