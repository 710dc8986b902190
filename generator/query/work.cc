// Edges and the steps that they come from; ways between edges.
#include "query/work.h"

#include <algorithm>
#include <map>

namespace mlpgen {
namespace {

using Lists = std::vector<std::vector<size_t>>;

void add_all(std::vector<size_t>& to, const std::vector<EdgeId>& ids) {
  for (EdgeId id : ids) to.push_back(static_cast<uint32_t>(id));
}

// Of each edge those that it needs, or, `up`, those that need it.
Lists neighbours(const Plan& plan, bool up) {
  Lists down(plan.edges.size());
  for (size_t i = 0; i < down.size(); ++i) {
    add_all(down[i], plan.edges[i].needs);
    add_all(down[i], plan.edges[i].after);
  }
  if (!up) return down;
  Lists turned(down.size());
  for (size_t i = 0; i < down.size(); ++i)
    for (size_t n : down[i]) turned[n].push_back(i);
  return turned;
}

std::vector<size_t> numbers(const EdgeBits& edges) {
  std::vector<size_t> all;
  for (size_t i = 0; i < edges.size(); ++i)
    if (edges[i]) all.push_back(i);
  return all;
}

const ResolvedParam* find_param(const ResolvedStep& step, const std::string& name) {
  for (const ResolvedParam& p : step.params)
    if (p.name.value == name) return &p;
  return nullptr;
}

}  // namespace

Work::Work(const Resolution& resolution, const Planned& planned, std::vector<bool> done)
    : resolution_(resolution),
      planned_(planned),
      done_(std::move(done)),
      uses_(planned.plan.edges.size()) {
  for (const Instance& i : resolution.instances)
    for (const ResolvedStep& s : i.steps)
      for (EdgeId id : planned.edges(i, s)) uses_[static_cast<uint32_t>(id)].push_back({&i, &s});
}

EdgeBits closure(const Plan& plan, EdgeBits of, bool up, int depth) {
  Lists next = neighbours(plan, up);
  std::vector<size_t> level = numbers(of);
  for (int d = 0; (depth < 0 || d < depth) && !level.empty(); ++d) {
    std::vector<size_t> found;
    for (size_t i : level)
      for (size_t n : next[i])
        if (!of[n]) {
          of[n] = true;
          found.push_back(n);
        }
    level = std::move(found);
  }
  return of;
}

EdgeBits some_path(const Plan& plan, const EdgeBits& from, const EdgeBits& to) {
  Lists next = neighbours(plan, false);
  std::map<size_t, size_t> came_from;
  std::vector<size_t> todo = numbers(from);
  for (size_t i : todo) came_from[i] = i;
  EdgeBits path(plan.edges.size());
  for (size_t k = 0; k < todo.size(); ++k) {
    size_t at = todo[k];
    if (to[at]) {
      for (; came_from[at] != at; at = came_from[at]) path[at] = true;
      path[at] = true;
      break;
    }
    for (size_t n : next[at])
      if (came_from.emplace(n, at).second) todo.push_back(n);
  }
  return path;
}

size_t count(const EdgeBits& edges) {
  return static_cast<size_t>(std::count(edges.begin(), edges.end(), true));
}

std::string recipe_of(const Edge& edge) { return edge.name.substr(0, edge.name.find('/')); }

std::string param_of(const ResolvedStep& step, const std::string& name) {
  std::vector<std::string> items = param_items(step, name);
  return items.empty() ? "" : items.front();
}

std::vector<std::string> param_items(const ResolvedStep& step, const std::string& name) {
  const ResolvedParam* p = find_param(step, name);
  return p ? readable(p->items) : std::vector<std::string>{};
}

}  // namespace mlpgen
