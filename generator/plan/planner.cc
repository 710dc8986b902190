// Instances in order, their steps to edges, targets to sets of edges.
#include "plan/planner.h"

#include <algorithm>
#include <set>

#include "plan/edge_names.h"
#include "plan/phases.h"
#include "plan/step_edges.h"
#include "text/text.h"

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

std::vector<EdgeId> edges_for(const Resolution& r, InstanceId root, const std::string& name,
                              StepPlanner& steps) {
  std::set<EdgeId> edges;
  for (InstanceId id : below(r, root))
    for (const ResolvedStep& s : r.at(id).steps)
      if (belongs_to(s.target, name) || name == kAllTarget)
        for (EdgeId e : steps.edges_of(r.at(id), s)) edges.insert(e);
  return {edges.begin(), edges.end()};
}

// What a target without edges says; a `${KEY}` in it is a key of the root.
std::string nothing_of(const Resolution& r, const RootTarget& t) {
  if (!t.target) return "";
  const std::map<std::string, Binding>& env = r.at(t.root).env;
  auto lookup = [&](const TemplateName& name) -> std::optional<Value> {
    auto it = env.find(name.text);
    return it == env.end() ? std::nullopt : std::optional<Value>(it->second.value);
  };
  return readable(
      joined(expand(parse_template(t.target->nothing), lookup, [](const TemplateName&) {}), ","));
}

// The target itself, then one for each of several combinations: performance,
// performance/retinanet-Offline, ...
void add_targets(const Resolution& r, const RootTarget& t, StepPlanner& steps,
                 std::vector<PlanTarget>& out) {
  out.push_back({t.name, t.target ? t.target->about : "", edges_for(r, t.root, t.name, steps),
                 t.is_default, nothing_of(r, t), t.target && t.target->not_yet});
  std::map<std::string, std::set<EdgeId>> parts;
  for (InstanceId id : below(r, t.root))
    for (const ResolvedDep& d : r.at(id).deps)
      if (!d.label.empty())
        for (EdgeId e : edges_for(r, d.target, t.name, steps)) parts[d.label].insert(e);
  size_t all = out.back().edges.size();
  for (const auto& [label, edges] : parts)
    if (edges.size() != all)
      out.push_back(
          {t.name + "/" + label, "of " + label, {edges.begin(), edges.end()}, false, "", false});
}

}  // namespace

const std::vector<EdgeId>& Planned::edges(const Instance& instance,
                                          const ResolvedStep& step) const {
  static const std::vector<EdgeId> kNone;
  auto made = edges_of.find({instance.id, step.step->id.value});
  return made == edges_of.end() ? kNone : made->second;
}

std::optional<Planned> make_plan(const Resolution& resolution, Library& library, const Lock& lock,
                                 SourceDigests& digests, const PlanSettings& settings, Sink& sink) {
  size_t errors = sink.errors();
  Planned out;
  StepPlanner steps(library, lock, digests, settings, out, sink);
  for (const Instance& i : resolution.instances)
    for (const ResolvedStep& s : i.steps) library.expect_rule(s.rule.value);
  for (const Instance& i : resolution.instances) {
    size_t before = sink.errors();
    for (const ResolvedStep& s : i.steps) steps.plan(i, s);
    if (sink.errors() == before) steps.check_exports(i);
  }
  if (sink.errors() != errors) return std::nullopt;
  name_apart(resolution, out);
  if (!order_phases(resolution, steps, out.plan, sink)) return std::nullopt;
  for (const RootTarget& t : resolution.targets)
    add_targets(resolution, t, steps, out.plan.targets);
  std::vector<std::string>& in = out.plan.inputs;
  in = library.files_read();
  in.insert(in.end(), digests.seen().begin(), digests.seen().end());
  for (const std::string& f : lock.files()) in.push_back(f);
  std::sort(in.begin(), in.end());
  in.erase(std::unique(in.begin(), in.end()), in.end());
  return out;
}

}  // namespace mlpgen
