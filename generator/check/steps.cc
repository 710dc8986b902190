// Steps against their rules, and targets against the steps that belong to them, whether a request
// reaches them or not.
#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/frame/check_step.h"
#include "resolve/frame/step.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void check_step(const RecipeStep& step, Library& library, Sink& sink) {
  if (!step.shards.value.empty() && !has_names(step.shards.parts))
    check_shards(readable(step.shards.parts), step.shards.span, &sink);
  const StepRule* rule = library.rule(step.rule);
  if (!rule) return;
  std::vector<ResolvedParam> given = as_written(step.params);
  check_params(*rule, step, given, sink);
  check_links(*rule, step, sink);
  if (step.own_copy.empty()) return;
  if (const StepRule* copy = library.rule({kLocalCopy, step.rule.span}))
    check_params(*copy, step, copy_params(step, as_written(step.own_copy), given, *copy), sink);
}

// The targets that a step names, or its recipe for it.
const Text& targets_of(const RecipeStep& step, const Recipe& recipe) {
  return step.target.value.empty() ? recipe.target : step.target;
}

}  // namespace

void check_steps(const Recipe& recipe, Library& library, Sink& sink) {
  for (const RecipeStep* s : all_steps(recipe)) check_step(*s, library, sink);
}

void check_targets(Library& library, Sink& sink) {
  std::set<std::string> named;
  std::vector<const Recipe*> recipes;
  for (const std::string& id : library.ids())
    if (const Recipe* r = library.recipe(id)) recipes.push_back(r);
  for (const Recipe* r : recipes)
    for (const RecipeStep* s : all_steps(*r))
      for (std::string& name : split(targets_of(*s, *r).value, ',')) named.insert(std::move(name));
  std::vector<std::string> known = {named.begin(), named.end()};
  for (const Recipe* r : recipes)
    for (const Target& t : r->targets) {
      if (t.not_yet || t.name.value == kAllTarget || named.count(t.name.value) != 0) continue;
      std::string near = did_you_mean(t.name.value, known);
      sink.warning("empty-target", t.name.span,
                   "no step belongs to the target '" + t.name.value + "' of " + r->id.value)
          .with_help(!near.empty() ? near
                                   : "write `target: " + t.name.value +
                                         "` at the steps that it is to make, or take it out");
    }
}

}  // namespace mlpgen
