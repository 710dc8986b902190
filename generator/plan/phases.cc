// Phases to order-only edges.
#include "plan/phases.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace mlpgen {
namespace {

class PhaseOrder {
 public:
  PhaseOrder(const Resolution& resolution, StepPlanner& steps, Plan& plan)
      : r_(resolution), steps_(steps), plan_(plan) {}

  void order(const Instance& i) {
    std::set<EdgeId> done = work_of_phase(i, Phase::kPrehook);
    for (std::set<EdgeId> next :
         {own_edges(i), work_of_phase(i, Phase::kPosthook), work_of_phase(i, Phase::kPost)}) {
      put_after(next, done);
      done.merge(next);
    }
  }

  // An edge on a circle, or nothing.
  std::optional<EdgeId> circle() {
    // What an edge needs stands before it, so only an order against that direction can close a
    // circle.
    bool backwards = false;
    for (uint32_t i = 0; i < plan_.edges.size(); ++i)
      for (EdgeId e : plan_.edges[i].after) backwards |= e > EdgeId{i};
    if (!backwards) return std::nullopt;
    state_.assign(plan_.edges.size(), 0);
    for (uint32_t i = 0; i < plan_.edges.size(); ++i)
      if (reaches_itself(EdgeId{i})) return EdgeId{i};
    return std::nullopt;
  }

 private:
  std::set<EdgeId> own_edges(const Instance& i) {
    std::set<EdgeId> own;
    for (const ResolvedStep& s : i.steps)
      for (EdgeId e : steps_.edges_of(i, s)) own.insert(e);
    return own;
  }

  std::set<EdgeId> work_of_phase(const Instance& i, Phase phase) {
    std::set<EdgeId> all;
    for (const ResolvedDep& d : i.deps)
      if (d.target != InstanceId::kNone && d.dep->phase == phase)
        all.merge(std::set<EdgeId>(work_of(d.target)));
    return all;
  }

  // What an instance does: its own steps, and the work of the deps that its phases run with them.
  const std::set<EdgeId>& work_of(InstanceId id) {
    auto [it, first] = work_.try_emplace(id);
    if (!first) return it->second;
    std::set<EdgeId> all = own_edges(r_.at(id));
    for (Phase phase : {Phase::kPrehook, Phase::kPosthook, Phase::kPost})
      all.merge(work_of_phase(r_.at(id), phase));
    return it->second = std::move(all);
  }

  void put_after(const std::set<EdgeId>& later, const std::set<EdgeId>& earlier) {
    for (EdgeId l : later)
      for (EdgeId e : earlier) {
        Edge& edge = plan_.edges[static_cast<uint32_t>(l)];
        bool known =
            l == e || std::find(edge.needs.begin(), edge.needs.end(), e) != edge.needs.end();
        if (!known && std::find(edge.after.begin(), edge.after.end(), e) == edge.after.end())
          edge.after.push_back(e);
      }
  }

  bool reaches_itself(EdgeId id) {
    char& state = state_[static_cast<uint32_t>(id)];
    if (state != 0) return state == 1;
    state = 1;
    for (const auto* list : {&plan_.at(id).needs, &plan_.at(id).after})
      for (EdgeId next : *list)
        if (reaches_itself(next)) return true;
    state_[static_cast<uint32_t>(id)] = 2;
    return false;
  }

  const Resolution& r_;
  StepPlanner& steps_;
  Plan& plan_;
  std::map<InstanceId, std::set<EdgeId>> work_;
  std::vector<char> state_;
};

}  // namespace

bool order_phases(const Resolution& resolution, StepPlanner& steps, Plan& plan, Sink& sink) {
  PhaseOrder phases(resolution, steps, plan);
  for (const Instance& i : resolution.instances) phases.order(i);
  std::optional<EdgeId> on_circle = phases.circle();
  if (!on_circle) return true;
  const Edge& edge = plan.at(*on_circle);
  auto& d = sink.error("phase-cycle", edge.step, edge.name + " must run before itself");
  for (EdgeId e : edge.after)
    d.note(plan.at(e).step, "by the phase of a dep it runs after " + plan.at(e).name);
  d.with_help(
      "a dep whose output a recipe uses cannot be its posthook_deps or post_deps: list it under "
      "`deps`");
  return false;
}

}  // namespace mlpgen
