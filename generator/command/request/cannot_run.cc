// From steps that always fail to the targets and the words that ask for them.
#include "command/request/cannot_run.h"

#include <algorithm>

#include "query/work.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool was_typed(const Sources& sources, Span span) {
  return span.known() && sources.name(span.source) == "command line";
}

bool has_step(const Variation& v, const RecipeStep* step) {
  return std::any_of(v.steps.begin(), v.steps.end(),
                     [&](const RecipeStep& s) { return &s == step; });
}

// The typed word that makes the step a part of the request: the one that set a key of its
// conditions, or one that chose its variation.
Span word_for(const Sources& sources, const StepUse& use) {
  const RecipeStep& step = *use.step->step;
  for (const auto* tests :
       {&step.when.enable_all, &step.when.enable_any, &step.when.skip_all, &step.when.skip_any})
    for (const KeyTest& t : *tests)
      if (auto b = use.instance->env.find(t.key.value);
          b != use.instance->env.end() && was_typed(sources, b->second.winner.span))
        return b->second.winner.span;
  for (const Variation& v : use.instance->recipe->variations) {
    if (!has_step(v, &step)) continue;
    for (size_t i = 0; i < use.instance->variations.size(); ++i) {
      const std::string& active = use.instance->variations[i];
      bool part =
          active == v.name.value || std::any_of(v.parts.begin(), v.parts.end(),
                                                [&](const Text& t) { return t.value == active; });
      if (part && was_typed(sources, use.instance->chosen_at[i])) return use.instance->chosen_at[i];
    }
  }
  return step.span;
}

void add_targets(const Plan& plan, size_t edge, CannotRun& one) {
  EdgeBits of(plan.edges.size(), false);
  of[edge] = true;
  EdgeBits up = closure(plan, std::move(of), true);
  for (const PlanTarget& t : plan.targets) {
    bool needs = std::any_of(t.edges.begin(), t.edges.end(),
                             [&](EdgeId e) { return up[static_cast<uint32_t>(e)]; });
    if (!needs || t.name.find('/') != std::string::npos)
      continue;  // performance/retinanet-Offline is a part of performance
    one.targets.push_back(t.name);
    one.by_default |= t.is_default;
  }
}

// Equal sentences are one: several implementations, or several combinations, may say the same.
void add(std::vector<CannotRun>& all, CannotRun one) {
  auto same = std::find_if(all.begin(), all.end(), [&](const CannotRun& o) {
    return o.reason == one.reason && o.help == one.help;
  });
  if (same == all.end()) return all.push_back(std::move(one));
  same->targets.insert(same->targets.end(), one.targets.begin(), one.targets.end());
  std::sort(same->targets.begin(), same->targets.end());
  same->targets.erase(std::unique(same->targets.begin(), same->targets.end()), same->targets.end());
  same->by_default |= one.by_default;
}

}  // namespace

std::vector<CannotRun> what_cannot_run(const Sources& sources, const Resolution& resolution,
                                       const Planned& planned) {
  std::vector<CannotRun> all;
  const Plan& plan = planned.plan;
  bool any = std::any_of(plan.edges.begin(), plan.edges.end(),
                         [](const Edge& e) { return e.kind == "refuse"; });
  if (any) {
    Work work(resolution, planned, std::vector<bool>(plan.edges.size(), false));
    for (size_t i = 0; i < work.count(); ++i) {
      if (work.edge(i).kind != "refuse" || work.uses(i).empty()) continue;
      const StepUse& use = work.uses(i).front();
      CannotRun one{work.edge(i).name,
                    param_of(*use.step, "reason"),
                    param_of(*use.step, "help"),
                    {},
                    false,
                    word_for(sources, use),
                    use.step->step->span};
      add_targets(plan, i, one);
      if (!one.targets.empty()) add(all, std::move(one));
    }
  }
  for (const PlanTarget& t : plan.targets)
    if (t.not_yet)
      all.push_back({"",
                     "this target is not implemented yet",
                     "leave it out",
                     {t.name},
                     t.is_default,
                     {},
                     {}});
  return all;
}

bool check_can_run(Session& s, const std::vector<CannotRun>& all) {
  size_t errors = s.sink.errors();
  for (const CannotRun& one : all) {
    if (!one.by_default) continue;
    Diagnostic& d = s.sink.error("cannot-run", one.word, "this cannot run: " + one.reason);
    if (one.declared.known() && one.declared != one.word)
      d.note(one.declared, "the recipe declares it here");
    d.with_help(one.help);
  }
  return s.sink.errors() == errors;
}

}  // namespace mlpgen
