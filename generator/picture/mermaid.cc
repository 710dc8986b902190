// A diagram to the text that Mermaid draws in a Markdown page.
#include "picture/diagram.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Within quotes Mermaid reads HTML and its own #entities;.
std::string mermaid_text(std::string text) {
  text = replace_all(replace_all(std::move(text), "#", "#35;"), "&", "#amp;");
  text = replace_all(replace_all(std::move(text), "<", "#lt;"), ">", "#gt;");
  text = replace_all(replace_all(std::move(text), "\"", "#quot;"), "`", "#96;");
  return replace_all(std::move(text), "\n", " ");
}

}  // namespace

std::string to_mermaid(const Picture& picture, bool build_edges) {
  Diagram d = build_edges ? edge_diagram(picture) : instance_diagram(picture);
  std::string out = "flowchart LR\n", measures;
  for (size_t s = 0; s < kStages; ++s) {
    auto stage = static_cast<Stage>(s);
    std::string boxes;
    for (size_t n = 0; n < d.boxes.size(); ++n) {
      const Box& b = d.boxes[n];
      if (b.stage != stage) continue;
      std::string name = "n" + std::to_string(n);
      boxes += "    " + name + "[\"" + mermaid_text(b.name) +
               (b.detail.empty() ? "" : "<br/>" + mermaid_text(b.detail)) + "\"]\n";
      if (b.measure) measures += (measures.empty() ? "" : ",") + name;
    }
    if (!boxes.empty())
      out += std::string("  subgraph stage_") + to_word(stage) + "[\"" + to_title(stage) + "\"]\n" +
             boxes + "  end\n";
  }
  for (const Arrow& a : d.arrows)
    out += "  n" + std::to_string(a.from) + (a.order ? " -.-> n" : " --> n") +
           std::to_string(a.to) + "\n";
  if (!measures.empty())
    out += "  classDef measure stroke-width:3px\n  class " + measures + " measure\n";
  return out;
}

}  // namespace mlpgen
