// A diagram to the text that Graphviz's `dot` draws.
#include "picture/diagram.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string quoted(const std::string& text) {
  std::string escaped = replace_all(replace_all(text, "\\", "\\\\"), "\"", "\\\"");
  return "\"" + replace_all(std::move(escaped), "\n", " ") + "\"";
}

std::string dot_box(const Box& b, size_t number) {
  std::string label = quoted(b.name);
  if (!b.detail.empty())
    label = label.substr(0, label.size() - 1) + "\\n" + quoted(b.detail).substr(1);
  std::string style = b.measure ? ", style=\"filled,bold\""
                      : b.quiet ? ", style=\"filled,dashed\""
                                : "";
  return "    n" + std::to_string(number) + " [label=" + label + style + "];\n";
}

}  // namespace

std::string to_dot(const Picture& picture, bool build_edges) {
  Diagram d = build_edges ? edge_diagram(picture) : instance_diagram(picture);
  std::string out =
      "digraph mlpgen {\n  rankdir=LR;\n  node [shape=box, style=filled, fillcolor=white, "
      "fontname=sans, fontsize=10];\n"
      "  edge [color=\"#57606a\"];\n";
  for (size_t s = 0; s < kStages; ++s) {
    auto stage = static_cast<Stage>(s);
    std::string boxes;
    for (size_t n = 0; n < d.boxes.size(); ++n)
      if (d.boxes[n].stage == stage) boxes += dot_box(d.boxes[n], n);
    if (!boxes.empty())
      out += std::string("  subgraph cluster_") + to_word(stage) +
             " {\n    label=" + quoted(to_title(stage)) +
             ";\n    style=filled; color=\"#eaeef2\"; fontname=sans;\n" + boxes + "  }\n";
  }
  for (const Arrow& a : d.arrows)
    out += "  n" + std::to_string(a.from) + " -> n" + std::to_string(a.to) +
           (a.order ? " [style=dashed]" : "") + ";\n";
  return out + "}\n";
}

}  // namespace mlpgen
