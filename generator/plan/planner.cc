// Instances in order, their steps to edges, targets to sets of edges.
#include "plan/planner.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "plan/step_edges.h"

namespace mlpgen {
namespace {

// All instances below a root, the root included.
std::set<InstanceId> below(const Resolution& r, InstanceId root) {
  std::set<InstanceId> seen;
  std::vector<InstanceId> todo = {root};
  while (!todo.empty()) {
    InstanceId id = todo.back();
    todo.pop_back();
    if (id == InstanceId::kNone || !seen.insert(id).second) continue;
    for (const ResolvedDep& d : r.at(id).deps) todo.push_back(d.target);
  }
  return seen;
}

bool belongs_to(const std::string& targets, const std::string& name) {
  std::vector<std::string> all = split(targets, ',');
  return std::find(all.begin(), all.end(), name) != all.end();
}

PlanTarget make_target(const Resolution& r, const RootTarget& t, StepPlanner& steps) {
  PlanTarget out{t.name, t.target ? t.target->about : "", {}, t.is_default, t.target ? t.target->nothing : "", t.target && t.target->not_yet};
  for (InstanceId id : below(r, t.root))
    for (const ResolvedStep& s : r.at(id).steps)
      if (belongs_to(s.target, t.name) || t.name == "all")
        for (EdgeId e : steps.edges_of(r.at(id), s))
          if (std::find(out.edges.begin(), out.edges.end(), e) == out.edges.end()) out.edges.push_back(e);
  std::sort(out.edges.begin(), out.edges.end());
  return out;
}

}  // namespace

std::optional<Planned> make_plan(const Resolution& resolution, Library& library, const Lock& lock, SourceDigests& digests, const PlanSettings& settings, Sink& sink) {
  size_t errors = sink.errors();
  Planned out;
  StepPlanner steps(library, lock, digests, settings, out, sink);
  for (const Instance& i : resolution.instances)
    for (const ResolvedStep& s : i.steps) steps.plan(i, s);
  if (sink.errors() != errors) return std::nullopt;
  for (const RootTarget& t : resolution.targets) out.plan.targets.push_back(make_target(resolution, t, steps));
  std::vector<std::string>& in = out.plan.inputs;
  in = library.files_read();
  in.insert(in.end(), digests.seen().begin(), digests.seen().end());
  for (const std::string& f : lock.files()) in.push_back(f);
  std::sort(in.begin(), in.end());
  in.erase(std::unique(in.begin(), in.end()), in.end());
  return out;
}

}  // namespace mlpgen
