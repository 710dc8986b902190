// What `mlpgen plan` answers, as values, as JSON and as a text of one screen.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "query/costs.h"

namespace mlpgen {

struct KindCount {
  std::string kind;  // one of kStepKinds
  size_t total = 0, missing = 0;
};

struct PlanAnswer {
  std::string target;    // as asked, or the default
  std::string about;     // of the target; "" where an edge or a recipe was asked for
  std::string nothing;   // of a target without edges: what it says
  bool not_yet = false;  // the target fails: nothing is written for it yet
  size_t total = 0, missing = 0;
  std::vector<KindCount> kinds;  // in the order of kStepKinds, none with total 0
  std::vector<Fetch> fetches;
  std::vector<LocalCopy> copies;
  std::vector<FailingStep> refusals;
  std::vector<MeasuredRun> runs;
  Made made;
  std::string lock_command = "mlpgen lock";  // that locks the request; the caller's
  std::vector<std::string> not_locked;  // keys that the lock lacks: steps of theirs, and what needs
                                        // them, are not in the answer
};

// All but target, about, nothing, not_yet and lock_command, which the caller knows; `stored` and
// `trusted_since` of fetches are the caller's, too.
PlanAnswer plan_answer(const Work& work, const EdgeBits& edges, Library& library, const Lock& lock,
                       const std::vector<std::string>& mirrors);

struct Bytes {
  uint64_t known = 0;
  size_t unknown = 0;  // how many have no known size
};
Bytes bytes_to_fetch(
    const std::vector<Fetch>& fetches);  // of what is neither done nor in the store
uint64_t least_ms(
    const PlanAnswer& answer);  // of the measurements that are not done: one at a time

nlohmann::ordered_json plan_json(const PlanAnswer& answer);
std::string plan_text(const PlanAnswer& answer);

std::string readable_time(uint64_t ms);  // "45 s", "10 min", "2 h 30 min"

}  // namespace mlpgen
