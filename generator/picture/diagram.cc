// Nodes or edges of the plan to boxes, deps or needs to arrows.
#include "picture/diagram.h"

#include <set>
#include <tuple>

namespace mlpgen {
namespace {

void add_arrow(Diagram& d, std::set<std::tuple<uint32_t, uint32_t>>& seen, Arrow arrow) {
  if (seen.insert({arrow.from, arrow.to}).second) d.arrows.push_back(arrow);
}

std::string detail_of(const DrawnInstance& node) {
  std::string out = node.label;
  if (out.empty())
    for (const std::string& v : node.instance->variations) out += (out.empty() ? "_" : " _") + v;
  if (!node.instance->version.empty())
    out = "version " + node.instance->version + (out.empty() ? "" : ", ") + out;
  return out;
}

}  // namespace

Diagram instance_diagram(const Picture& picture) {
  Diagram d;
  std::set<std::tuple<uint32_t, uint32_t>> seen;
  const Plan& plan = picture.input.planned.plan;
  for (const DrawnInstance& n : picture.nodes) {
    Box box{n.name, detail_of(n), n.stage, n.edges.empty(), false};
    for (EdgeId e : n.edges) box.measure |= plan.at(e).mode == "measure";
    d.boxes.push_back(std::move(box));
    for (const ResolvedDep& dep : n.instance->deps)
      if (dep.target != InstanceId::kNone) {
        bool order = dep.dep->phase != Phase::kDeps;
        add_arrow(
            d, seen,
            {static_cast<uint32_t>(dep.target), static_cast<uint32_t>(n.instance->id), order});
      }
  }
  return d;
}

Diagram edge_diagram(const Picture& picture) {
  Diagram d;
  std::set<std::tuple<uint32_t, uint32_t>> seen;
  const std::vector<Edge>& edges = picture.input.planned.plan.edges;
  for (uint32_t n = 0; n < edges.size(); ++n) {
    const Edge& e = edges[n];
    d.boxes.push_back(
        {e.name, e.about, picture.nodes[picture.edge_nodes[n]].stage, false, e.mode == "measure"});
    for (EdgeId need : e.needs) add_arrow(d, seen, {static_cast<uint32_t>(need), n, false});
    for (EdgeId before : e.after) add_arrow(d, seen, {static_cast<uint32_t>(before), n, true});
  }
  return d;
}

}  // namespace mlpgen
