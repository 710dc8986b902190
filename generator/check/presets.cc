// What presets name: recipes, flags, variations, keys, handles. And rules that no recipe names.
#include <algorithm>

#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/deps.h"
#include "resolve/request.h"
#include "resolve/root.h"
#include "text/closest.h"

namespace mlpgen {
namespace {

// The recipe that the preset or one that it inherits names, else the default root; nullptr after an
// error.
const Recipe* recipe_of(const Preset& p, Library& library, Sink& sink, int depth = 0) {
  if (p.recipe) return select_recipe({{*p.recipe}, {}, {}, {}}, p.recipe->span, "", library, sink);
  for (const Text& base : p.inherits)
    if (const Preset* b = depth < 16 ? library.preset(base) : nullptr)
      if (const Recipe* r = recipe_of(*b, library, sink, depth + 1)) return r;
  std::vector<std::string> ids = library.ids();
  bool there = std::find(ids.begin(), ids.end(), kDefaultRoot) != ids.end();
  return there ? library.recipe(kDefaultRoot) : nullptr;
}

void check_preset(const Preset& p, const std::set<std::string>& handles, Library& library,
                  Sink& sink) {
  for (const Text& base : p.inherits) library.preset(base);
  const Recipe* r = recipe_of(p, library, sink);
  if (!r) return;
  check_words(*r, p.variations, sink);
  for (const auto& [name, value] : p.flags) given_flag(*r, name, value, false, sink);
  for (const Override& o : p.overrides) {
    if (handles.count(o.handle.value)) continue;
    std::string near =
        did_you_mean(o.handle.value, std::vector<std::string>(handles.begin(), handles.end()));
    sink.error("unknown-handle", o.handle.span,
               "no dep of any recipe has the name '" + o.handle.value + "'")
        .with_help(near.empty() ? "`mlpgen show ID` lists the names of the deps of a recipe"
                                : near);
  }
}

}  // namespace

void check_presets(Library& library, Sink& sink) {
  std::set<std::string> handles;
  for (const std::string& id : library.ids())
    if (const Recipe* r = library.recipe(id))
      for (const Dep* d : all_deps(*r))
        for (const Text& n : d->names) handles.insert(n.value);
  for (const Preset* p : library.presets()) check_preset(*p, handles, library, sink);
}

size_t check_rules(Library& library, bool strict, Sink& sink) {
  size_t unused = 0;
  std::set<std::string> used;
  for (const std::string& id : library.ids())
    if (const Recipe* r = library.recipe(id))
      for (const RecipeStep* s : all_steps(*r)) used.insert(s->rule.value);
  for (const std::string& name : library.rule_names()) {
    const StepRule* rule = library.rule({name, {}});
    if (!rule || used.count(name) != 0) continue;
    ++unused;
    if (strict)
      sink.warning("unused-rule", rule->name.span, "no recipe uses the rule '" + name + "'")
          .with_help("name it in a step, or remove its file");
  }
  return unused;
}

}  // namespace mlpgen
