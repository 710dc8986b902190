// Steps against their rules, and targets against the steps that belong to them, whether a request
// reaches them or not.
#include <algorithm>
#include <filesystem>
#include <map>

#include "check/parts.h"
#include "check/pieces.h"
#include "recipe/load/place_name.h"
#include "resolve/frame/check_step.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The outputs of an edge, as far as the step's own texts and the rule's defaults tell them.
OutputPlaces written_places(const StepRule& rule, const RuleEdge& edge, const Recipe& recipe,
                            const RecipeStep& step, const std::vector<ResolvedParam>& given) {
  OutputPlaces places;
  for (const auto& [output, path] : edge.outputs) {
    bool known = true;
    auto unknown = [&](const TemplateName&) { known = false; };
    auto find = [&](const TemplateName& key) -> std::optional<Value> {
      if (key.text == "recipe.id") return Value::text(recipe.id.value);
      if (key.text == "step.id") return Value::text(step.id.value);
      const RuleParam* declared = rule.find_param(key.text);
      auto param = std::find_if(given.begin(), given.end(),
                                [&](const ResolvedParam& p) { return p.name.value == key.text; });
      Value value{true, param != given.end() ? param->items
                        : declared           ? templates_of(declared->default_items)
                                             : std::vector<Template>{}};
      known = known && (declared || param != given.end()) &&
              std::none_of(value.items.begin(), value.items.end(), has_names);
      return value;
    };
    std::vector<Template> words = expand(path.parts, find, unknown);
    places.push_back(known && !words.empty() ? std::optional(readable(words.front()))
                                             : std::nullopt);
  }
  return places;
}

bool names_step(const Recipe& recipe, const TemplateText& text) {
  std::vector<const RecipeStep*> steps = all_steps(recipe);
  std::vector<std::string> names = names_in(text.parts);
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return std::any_of(steps.begin(), steps.end(),
                       [&](const RecipeStep* s) { return name.starts_with(s->id.value + "."); });
  });
}

void check_step(const Recipe& recipe, const RecipeStep& step, Library& library, Sink& sink) {
  if (!step.shards.value.empty() &&
      (!has_names(step.shards.parts) || names_step(recipe, step.shards)))
    check_shards(step.shards.value, step.shards.span, &sink);
  const StepRule* rule = library.rule(step.rule);
  if (!rule) return;
  std::vector<ResolvedParam> given = as_written(step.params);
  check_params(*rule, step, given, sink);
  check_links(*rule, step, sink);
  for (const auto& [name, output] : step.links)
    if (!has_names(name.parts)) check_place({readable(name.parts), name.span}, "a link", sink);
  check_own_copy(step, library, sink);
  for (const RuleEdge& e : rule->edges)
    check_outputs(*rule, e, written_places(*rule, e, recipe, step, given), step.span, sink);
}

std::string as_text(const RecipeStep& step) {
  std::string all = step.rule.value + "\n" + step.shards.value + "\n";
  for (const auto* params : {&step.params, &step.own_copy})
    for (const Param& p : *params) {
      all += p.name.value + "\n";
      for (const auto* texts : {&p.keys, &p.items})
        for (const TemplateText& t : *texts) all += t.value + "\n";
    }
  return all;
}

// Links that two steps make whenever both are there; equal steps are one edge.
void check_same_links(const Recipe& recipe, Sink& sink) {
  std::map<std::string, std::pair<const RecipeStep*, Span>> own;
  for (const RecipePart& p : parts_of(recipe)) {
    if (!p.steps) continue;
    std::map<std::string, std::pair<const RecipeStep*, Span>> links = own;
    for (const RecipeStep& s : *p.steps)
      for (const auto& [name, output] : s.links) {
        if (has_names(name.parts) || !s.when.empty()) continue;
        std::string place = std::filesystem::path(readable(name.parts)).lexically_normal();
        auto [it, first] = links.emplace(place, std::pair(&s, s.span));
        if (!first && as_text(*it->second.first) != as_text(s))
          report_same_link(place, s.span, it->second.second, sink);
      }
    if (p.steps == &recipe.steps) own = std::move(links);
  }
}

// The targets that a step names, or its recipe for it.
const Text& targets_of(const RecipeStep& step, const Recipe& recipe) {
  return step.target.value.empty() ? recipe.target : step.target;
}

}  // namespace

void check_steps(const Recipe& recipe, Library& library, Sink& sink) {
  for (const RecipeStep* s : all_steps(recipe)) check_step(recipe, *s, library, sink);
  check_same_links(recipe, sink);
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
    for (const Target& t : r->targets)
      if (!t.variation.value.empty()) check_exact_words(*r, {t.variation}, sink);
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
