// attr(KEY, VALUE): what an edge is made of.
#include <algorithm>

#include "query/evaluate.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool fits(const std::string& pattern, const std::string& text) {
  return pattern == text || matches_glob(pattern, text);
}

bool some_fits(const std::string& pattern, const std::vector<std::string>& texts) {
  return std::any_of(texts.begin(), texts.end(),
                     [&](const std::string& t) { return fits(pattern, t); });
}

// The texts of what every edge has; nothing for any other key.
std::optional<std::vector<std::string>> own_texts(const Work& work, size_t i,
                                                  const std::string& key) {
  const Edge& e = work.edge(i);
  if (key == "rule") return std::vector<std::string>{e.rule};
  if (key == "kind") return std::vector<std::string>{e.kind};
  if (key == "mode") return std::vector<std::string>{e.mode};
  if (key == "recipe") return std::vector<std::string>{recipe_of(e)};
  if (key == "target") return split(e.target.text(), ',');
  if (key == "state") return std::vector<std::string>{work.done(i) ? "done" : "missing"};
  return std::nullopt;
}

}  // namespace

bool has_attribute(const Work& work, size_t edge, const std::string& key, const std::string& value,
                   bool& known) {
  if (auto own = own_texts(work, edge, key)) {
    known = true;
    return some_fits(value, *own);
  }
  bool found = false;
  for (const StepUse& use : work.uses(edge)) {
    bool given = std::any_of(use.step->params.begin(), use.step->params.end(),
                             [&](const ResolvedParam& p) { return p.name.value == key; });
    if (given) found = found || some_fits(value, param_items(*use.step, key));
    auto binding = use.instance->env.find(key);
    known = known || given || binding != use.instance->env.end();
    if (binding == use.instance->env.end()) continue;
    found = found || some_fits(value, readable(binding->second.value.items));
  }
  return found;
}

}  // namespace mlpgen
