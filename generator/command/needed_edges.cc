// From the targets down.
#include "command/needed_edges.h"

namespace mlpgen {

std::vector<bool> needed_edges(const Plan& plan) {
  std::vector<EdgeId> todo;
  for (const PlanTarget& target : plan.targets)
    if (target.name == "submission") todo = target.edges;
  if (todo.empty())
    for (const PlanTarget& target : plan.targets)
      todo.insert(todo.end(), target.edges.begin(), target.edges.end());
  std::vector<bool> needed(plan.edges.size(), false);
  while (!todo.empty()) {
    EdgeId id = todo.back();
    todo.pop_back();
    if (needed[static_cast<size_t>(id)]) continue;
    needed[static_cast<size_t>(id)] = true;
    const Edge& edge = plan.at(id);
    todo.insert(todo.end(), edge.needs.begin(), edge.needs.end());
    todo.insert(todo.end(), edge.after.begin(), edge.after.end());
  }
  return needed;
}

}  // namespace mlpgen
