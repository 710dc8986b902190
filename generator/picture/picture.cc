// Resolution and plan to nodes.
#include "picture/picture.h"

#include <algorithm>
#include <map>
#include <set>

namespace mlpgen {
namespace {

std::vector<std::vector<const Instance*>> siblings_of(const Resolution& r) {
  std::map<const Recipe*, std::vector<const Instance*>> by_recipe;
  for (const Instance& i : r.instances) by_recipe[i.recipe].push_back(&i);
  std::vector<std::vector<const Instance*>> all;
  for (auto& [recipe, list] : by_recipe) all.push_back(std::move(list));
  return all;
}

// The variations that not all of them have, in the order of application.
std::string own_variations(const Instance& one, const std::vector<const Instance*>& all) {
  std::string out;
  for (const std::string& v : one.variations) {
    bool shared = std::all_of(all.begin(), all.end(), [&](const Instance* i) {
      return std::find(i->variations.begin(), i->variations.end(), v) != i->variations.end();
    });
    if (!shared) out += (out.empty() ? "_" : " _") + v;
  }
  return out;
}

// "KEY=value" of the first key by which it differs from one that has the same label.
std::string own_key(const Instance& one, const std::vector<const Instance*>& same) {
  for (const auto& [key, binding] : one.env) {
    if (key.starts_with('+')) continue;
    for (const Instance* other : same) {
      auto it = other->env.find(key);
      if (it == other->env.end() || it->second.value != binding.value)
        return key + "=" + readable(binding.value);
    }
  }
  return "";
}

void add_labels(Picture& p) {
  auto node = [&](const Instance* i) -> DrawnInstance& {
    return p.nodes[static_cast<uint32_t>(i->id)];
  };
  for (const std::vector<const Instance*>& all : siblings_of(p.input.resolution)) {
    if (all.size() == 1) continue;
    std::map<std::string, std::vector<const Instance*>> by_label;
    for (size_t n = 0; n < all.size(); ++n) {
      DrawnInstance& one = node(all[n]);
      if (n > 0) one.name += ":" + std::to_string(n + 1);
      one.label = own_variations(*all[n], all);
      by_label[one.label].push_back(all[n]);
    }
    for (const auto& [label, same] : by_label)
      for (const Instance* i : same)
        if (same.size() > 1)
          if (std::string key = own_key(*i, same); !key.empty())
            node(i).label += (label.empty() ? "" : " ") + key;
  }
}

std::vector<EdgeId> edges_of(const Instance& i, const Planned& planned) {
  std::vector<EdgeId> all;
  for (const ResolvedStep& s : i.steps)
    for (EdgeId e : planned.edges(i, s))
      if (std::find(all.begin(), all.end(), e) == all.end()) all.push_back(e);
  return all;
}

// An application: it has others run before or after each other.
bool calls_in_order(const Instance& i) {
  return std::any_of(i.deps.begin(), i.deps.end(), [](const ResolvedDep& d) {
    return d.enabled && d.dep->phase != Phase::kDeps;
  });
}

// What an edge needs stands before it in the plan; what only comes before it may stand behind, so
// this goes on until nothing changes.
void add_refusals(Picture& p) {
  const std::vector<Edge>& edges = p.input.planned.plan.edges;
  auto refused = [&](EdgeId e) { return p.edges[static_cast<uint32_t>(e)] == RunState::kRefused; };
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t n = 0; n < edges.size(); ++n) {
      const Edge& e = edges[n];
      if (p.edges[n] == RunState::kMade || p.edges[n] == RunState::kRefused) continue;
      if (e.kind != "refuse" && std::none_of(e.needs.begin(), e.needs.end(), refused) &&
          std::none_of(e.after.begin(), e.after.end(), refused))
        continue;
      p.edges[n] = RunState::kRefused;
      changed = true;
    }
  }
}

// The first of these that one of its edges has; a step without edges (the lock does not have it) is
// not made.
RunState state_of(const DrawnInstance& node, const Picture& p) {
  if (node.instance->steps.empty()) return RunState::kNothing;
  for (RunState s :
       {RunState::kRefused, RunState::kStopped, RunState::kOutOfDate, RunState::kNotYet})
    for (EdgeId e : node.edges)
      if (p.edges[static_cast<uint32_t>(e)] == s) return s;
  bool whole = std::all_of(
      node.instance->steps.begin(), node.instance->steps.end(),
      [&](const ResolvedStep& s) { return !p.input.planned.edges(*node.instance, s).empty(); });
  return whole ? RunState::kMade : RunState::kNotYet;
}

void add_uses(Picture& p) {
  const Plan& plan = p.input.planned.plan;
  for (DrawnInstance& node : p.nodes) {
    auto number = static_cast<uint32_t>(node.instance->id);
    std::set<uint32_t> uses;
    for (EdgeId e : node.edges)
      for (EdgeId need : plan.at(e).needs)
        if (std::find(node.edges.begin(), node.edges.end(), need) == node.edges.end())
          uses.insert(p.edge_nodes[static_cast<uint32_t>(need)]);
    uses.erase(number);
    node.uses = {uses.begin(), uses.end()};
  }
}

}  // namespace

const char* to_word(RunState state) {
  static const char* kWords[] = {"nothing", "done", "not-yet", "out-of-date", "stopped", "refused"};
  return kWords[static_cast<size_t>(state)];
}

Picture make_picture(const PictureInput& input) {
  Picture p(input);
  const Plan& plan = input.planned.plan;
  p.edges = input.edges;
  p.edge_nodes.assign(plan.edges.size(), 0);
  std::vector<bool> owned(plan.edges.size(), false);
  for (const Instance& i : input.resolution.instances) {
    DrawnInstance& node = p.nodes.emplace_back();
    node.instance = &i;
    node.name = i.recipe->id.value;
    node.edges = edges_of(i, input.planned);
    std::vector<const Edge*> edges;
    for (EdgeId e : node.edges) {
      edges.push_back(&plan.at(e));
      if (owned[static_cast<uint32_t>(e)]) continue;
      owned[static_cast<uint32_t>(e)] = true;
      p.edge_nodes[static_cast<uint32_t>(e)] = static_cast<uint32_t>(i.id);
    }
    node.stage = stage_of(i, edges);
    node.helper = i.steps.empty() && !calls_in_order(i);
  }
  add_labels(p);
  add_refusals(p);
  for (DrawnInstance& node : p.nodes) node.state = state_of(node, p);
  add_uses(p);
  for (const RootTarget& t : input.resolution.targets) {
    p.nodes[static_cast<uint32_t>(t.root)].targets.push_back(t.name);
    p.nodes[static_cast<uint32_t>(t.root)].helper = false;
  }
  return p;
}

}  // namespace mlpgen
