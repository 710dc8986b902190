// References to steps, outputs, probes and facts that are not there, whether a request reaches them
// or not.
#include <algorithm>
#include <map>

#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/frame/check_step.h"
#include "resolve/frame/member_advice.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class References {
 public:
  References(const Recipe& recipe, Library& library, Sink& sink)
      : recipe_(recipe), sink_(sink), keys_(declared_keys(recipe, library)) {
    for (const RecipeStep* s : all_steps(recipe)) {
      const StepRule* rule = library.rule(s->rule);
      auto [known, first] = outputs_.try_emplace(s->id.value);
      if (!rule) unknown_.insert(s->id.value);
      for (std::string& name : rule ? outputs_of(*rule, *s) : std::vector<std::string>{})
        known->second.push_back(std::move(name));
    }
    for (const Dep* d : all_deps(recipe)) any_export_ |= d->plain_tags.tags.empty();
  }

  void check(const TemplateText& text) { check(text.parts, text.span); }

 private:
  void check(const Template& text, Span at) {
    for (const Part& part : text.parts()) {
      const auto* held = std::get_if<const TemplateName*>(&part);
      if (!held) continue;
      const TemplateName& name = **held;
      for (const TemplateName::Factor& f : name.factors)
        if (f.name.find_first_not_of("0123456789") != std::string::npos)
          check_name(f.name, at, false);
      if (name.kind == TemplateName::Kind::kValue && name.factors.empty())
        check_name(name.text, at, name.otherwise.has_value());
      check(name.file, at);
      if (name.otherwise) check(*name.otherwise, at);
    }
  }

  void check_name(const std::string& name, Span at, bool may_be_missing) {
    if (name.find('.') != std::string::npos) return check_member(name, at);
    static const std::set<std::string> kKnown = {"version", "recipe", "defaults", "home"};
    if (may_be_missing || any_export_ || kKnown.count(name) != 0 || keys_.has(name)) return;
    std::string near = did_you_mean(name, keys_.all());
    sink_.error("unset-key", at, "'" + name + "' has no value in " + recipe_.id.value)
        .with_help(near.empty() ? unset_help(name) : near);
  }

  void check_member(const std::string& name, Span at) {
    auto step = outputs_.find(name.substr(0, name.find('.')));
    if (step == outputs_.end()) {
      MemberFault fault = member_fault(recipe_, name);
      if (!fault.what.empty())
        sink_
            .error("unset-key", at,
                   "'" + name + "' has no value in " + recipe_.id.value + ": " + fault.what)
            .with_help(fault.help);
      return;
    }
    if (unknown_.count(step->first) != 0) return;
    std::string output = name.substr(step->first.size() + 1);
    const std::vector<std::string>& known = step->second;
    if (std::find(known.begin(), known.end(), output) != known.end()) return;
    std::string near = did_you_mean(output, known);
    sink_.error("unknown-output", at, "step " + step->first + " has no output '" + output + "'")
        .with_help(near.empty() ? "it has: " + join(known, ", ") : near);
  }

  const Recipe& recipe_;
  Sink& sink_;
  KeySet keys_;
  bool any_export_ = false;  // a key decides what a dep calls, so any key may come from it
  std::map<std::string, std::vector<std::string>>
      outputs_;                    // of each step; equal ids in several variations together
  std::set<std::string> unknown_;  // steps without a rule
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
