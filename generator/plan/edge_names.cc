// Labels of calls to names of edges.
#include "plan/edge_names.h"

#include <map>
#include <set>

#include "text/text.h"

namespace mlpgen {
namespace {

using Labels = std::set<std::string>;

// The labels of the calls that each instance is a part of.
std::vector<Labels> labels_of_instances(const Resolution& r) {
  std::vector<Labels> labels(r.instances.size());
  for (const Instance& caller : r.instances)
    for (const ResolvedDep& d : caller.deps) {
      std::vector<InstanceId> todo;
      if (!d.label.empty()) todo.push_back(d.target);
      while (!todo.empty()) {
        InstanceId id = todo.back();
        todo.pop_back();
        if (id == InstanceId::kNone || !labels[static_cast<uint32_t>(id)].insert(d.label).second)
          continue;
        for (const ResolvedDep& below : r.at(id).deps) todo.push_back(below.target);
      }
    }
  return labels;
}

// "bert-99" of bert-99-Offline and bert-99-Server; "Offline" of two models in Offline; "" where
// they have neither in common.
std::string common_part(const Labels& labels) {
  std::vector<std::string> first = split(*labels.begin(), '-');
  size_t head = first.size(), tail = first.size();
  for (const std::string& label : labels) {
    std::vector<std::string> parts = split(label, '-');
    size_t equal = 0;
    while (equal < std::min(head, parts.size()) && parts[equal] == first[equal]) ++equal;
    head = equal;
    equal = 0;
    while (equal < std::min(tail, parts.size()) &&
           parts[parts.size() - 1 - equal] == first[first.size() - 1 - equal])
      ++equal;
    tail = equal;
  }
  using Diff = std::vector<std::string>::difference_type;
  if (head > 0) return join({first.begin(), first.begin() + static_cast<Diff>(head)}, "-");
  return join({first.end() - static_cast<Diff>(tail), first.end()}, "-");
}

}  // namespace

void name_apart(const Resolution& resolution, Planned& planned) {
  std::vector<Edge>& edges = planned.plan.edges;
  std::vector<Labels> of_instance = labels_of_instances(resolution), of_edge(edges.size());
  for (const auto& [at, made] : planned.edges_of)
    for (EdgeId id : made) {
      const Labels& labels = of_instance[static_cast<uint32_t>(at.first)];
      of_edge[static_cast<uint32_t>(id)].insert(labels.begin(), labels.end());
    }
  std::map<std::string, int> count, number;
  for (const Edge& e : edges) ++count[e.name];
  for (size_t i = 0; i < edges.size(); ++i) {
    if (count[edges[i].name] == 1 || of_edge[i].empty()) continue;
    if (std::string label = common_part(of_edge[i]); !label.empty()) edges[i].name += "." + label;
  }
  for (Edge& e : edges)
    if (int n = ++number[e.name]; n > 1) e.name += ":" + std::to_string(n);
}

}  // namespace mlpgen
