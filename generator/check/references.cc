// References to steps, outputs, probes and facts that are not there, whether a request reaches them or not.
#include <algorithm>
#include <map>

#include "base/closest.h"
#include "base/text.h"
#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/member_advice.h"
#include "resolve/step.h"

namespace mlpgen {
namespace {

// Outputs that a step of the recipe has: those of its rule, and of the rule that takes a local copy.
std::vector<std::string> outputs_of(const RecipeStep& step, Library& library) {
  std::vector<std::string> names = {"dir"};
  if (!step.own_copy.empty()) names.push_back(kCopyOutput);
  if (const StepRule* rule = library.rule(step.rule))
    for (const RuleEdge& e : rule->edges)
      for (const auto& [name, path] : e.outputs) names.push_back(name.value);
  return names;
}

class References {
 public:
  References(const Recipe& recipe, Library& library, Sink& sink) : recipe_(recipe), sink_(sink) {
    for (const RecipeStep* s : all_steps(recipe))
      for (const std::string& name : outputs_of(*s, library)) outputs_[s->id.value].push_back(name);
  }

  void check(const TemplateText& text) {
    for (const std::string& name : names_in(text.parts))
      if (name.find('.') != std::string::npos) check_member(name, text.span);
  }

 private:
  void check_member(const std::string& name, Span at) {
    MemberFault fault = member_fault(recipe_, name);
    if (!fault.what.empty()) {
      sink_.error("unset-key", at, "'" + name + "' has no value: " + fault.what).with_help(fault.help);
      return;
    }
    auto step = outputs_.find(name.substr(0, name.find('.')));
    if (step == outputs_.end()) return;
    std::string output = name.substr(step->first.size() + 1);
    const std::vector<std::string>& known = step->second;
    if (std::find(known.begin(), known.end(), output) != known.end()) return;
    std::string near = did_you_mean(output, known);
    sink_.error("unknown-output", at, "step " + step->first + " has no output '" + output + "'")
        .with_help(near.empty() ? "it has: " + join(known, ", ") : near);
  }

  const Recipe& recipe_;
  Sink& sink_;
  std::map<std::string, std::vector<std::string>> outputs_;  // of each step; equal ids in several variations together
};

void check_step(const RecipeStep& step, References& references) {
  references.check(step.shards);
  for (const auto& [name, output] : step.links) references.check(name);
  for (const auto* params : {&step.params, &step.own_copy})
    for (const Param& p : *params) {
      for (const TemplateText& t : p.items) references.check(t);
      for (const TemplateText& t : p.keys) references.check(t);
    }
}

}  // namespace

void check_references(const Recipe& recipe, Library& library, Sink& sink) {
  References references(recipe, library, sink);
  for (const RecipePart& p : parts_of(recipe)) {
    for (const EnvMap* env : p.env)
      for (const EnvEntry& e : *env)
        for (const TemplateText& t : e.values) references.check(t);
    for (const Dep& d : *p.deps) {
      references.check(d.tags_text);
      for (const EnvEntry& e : d.env)
        for (const TemplateText& t : e.values) references.check(t);
    }
    if (p.steps)
      for (const RecipeStep& s : *p.steps) check_step(s, references);
  }
}

}  // namespace mlpgen
