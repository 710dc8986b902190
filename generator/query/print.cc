// Edges to text.
#include "query/print.h"

#include <algorithm>

#include "text/text.h"

namespace mlpgen {
namespace {

std::string quoted(const std::string& text) {
  return "\"" + replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"") + "\"";
}

nlohmann::ordered_json names_of(const Plan& plan, const std::vector<EdgeId>& ids) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (EdgeId id : ids) names.push_back(plan.at(id).name);
  return names;
}

// Arrows from an edge to those of `ids` that are in the set.
std::string arrows(const Work& work, const EdgeBits& edges, size_t from,
                   const std::vector<EdgeId>& ids, const char* how) {
  std::string out;
  for (EdgeId id : ids)
    if (edges[static_cast<uint32_t>(id)])
      out += "  " + quoted(work.edge(from).name) + " -> " + quoted(work.plan().at(id).name) + how +
             ";\n";
  return out;
}

}  // namespace

std::string names_text(const Work& work, const EdgeBits& edges) {
  std::string out;
  for (size_t i = 0; i < edges.size(); ++i)
    if (edges[i]) out += work.edge(i).name + "\n";
  return out;
}

nlohmann::ordered_json edges_json(const Work& work, const EdgeBits& edges) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (size_t i = 0; i < edges.size(); ++i) {
    if (!edges[i]) continue;
    const Edge& e = work.edge(i);
    all.push_back({{"name", e.name},
                   {"recipe", recipe_of(e)},
                   {"kind", e.kind.text()},
                   {"rule", e.rule.text()},
                   {"mode", e.mode.text()},
                   {"about", e.about.text()},
                   {"identity", e.identity},
                   {"directory", e.directory},
                   {"done", work.done(i)},
                   {"targets", split(e.target.text(), ',')},
                   {"needs", names_of(work.plan(), e.needs)},
                   {"after", names_of(work.plan(), e.after)}});
  }
  return all;
}

std::string edges_dot(const Work& work, const EdgeBits& edges) {
  std::string out = "digraph edges {\n  rankdir=LR;\n  node [shape=box];\n";
  for (size_t i = 0; i < edges.size(); ++i)
    if (edges[i])
      out += "  " + quoted(work.edge(i).name) +
             " [tooltip=" + quoted(work.edge(i).kind + ": " + work.edge(i).about.text()) + "];\n";
  for (size_t i = 0; i < edges.size(); ++i)
    if (edges[i])
      out += arrows(work, edges, i, work.edge(i).needs, "") +
             arrows(work, edges, i, work.edge(i).after, " [style=dashed]");
  return out + "}\n";
}

}  // namespace mlpgen
