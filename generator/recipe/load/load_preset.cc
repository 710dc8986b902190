// presets.yaml to Presets.
#include "recipe/load/load.h"
#include "recipe/load/parts.h"
#include "recipe/load/reader.h"
#include "recipe/tags.h"

namespace mlpgen {

std::optional<std::vector<Preset>> load_presets(const Sources& sources, SourceId source,
                                                Sink& sink) {
  size_t before = sink.errors();
  auto root = parse_yaml(sources, source, sink);
  if (!root) return std::nullopt;
  MapReader m(*root, "a presets file", sink);
  check_format(m);
  std::vector<Preset> presets;
  if (const Node* n = m.map("presets"))
    for (const auto& [k, v] : n->entries) {
      Preset p;
      p.name = {k.text, k.span};
      MapReader r(v, "a preset", sink);
      p.about = r.required("about").value;
      p.inherits = r.texts("inherits");
      p.recipe = r.text("recipe");
      if (auto t = r.text("variations"))
        p.variations = parse_tags(t->value, t->span, sink).variations;
      if (const Node* f = r.map("flags"))
        for (const auto& [fk, fv] : f->entries)
          if (auto t = read_text(fv, "a flag", sink)) p.flags.push_back({{fk.text, fk.span}, *t});
      p.env = r.env("env");
      if (const Node* a = r.map("adr")) p.overrides = read_overrides(*a, sink);
      r.finish();
      presets.push_back(std::move(p));
    }
  m.finish();
  if (sink.errors() != before) return std::nullopt;
  return presets;
}

}  // namespace mlpgen
