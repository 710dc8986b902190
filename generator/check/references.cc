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
    for (const RecipeStep& s : recipe.steps) own_.push_back(s.id.value);
    for (const RecipeStep* s : all_steps(recipe)) {
      const StepRule* rule = library.rule(s->rule);
      auto [known, first] = outputs_.try_emplace(s->id.value);
      if (!first) several_.insert(s->id.value);
      if (!rule) unknown_.insert(s->id.value);
      for (std::string& name : rule ? outputs_of(*rule, *s) : std::vector<std::string>{})
        known->second.push_back(std::move(name));
    }
    for (const Dep* d : all_deps(recipe)) any_export_ |= d->plain_tags.tags.empty();
  }

  // Where the texts stand that are checked next.
  void in_env() { place_ = Place::kEnv; }
  void in_exports() { place_ = Place::kExports; }
  // `steps`: those of the recipe or of one variation, `step` among them.
  void in_step(const std::vector<RecipeStep>& steps, const RecipeStep& step) {
    place_ = Place::kStep;
    step_ = &step;
    steps_ = &steps;
  }

  void check(const TemplateText& text) { check(text.parts, text.span); }

 private:
  enum class Place { kEnv, kExports, kStep };

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
    if (name.find('.') != std::string::npos) return check_member(name, at, may_be_missing);
    static const std::set<std::string> kKnown = {"version", "recipe", "defaults", "home"};
    if (may_be_missing || any_export_ || kKnown.count(name) != 0 || keys_.has(name)) return;
    std::string near = did_you_mean(name, keys_.all());
    sink_.error("unset-key", at, "'" + name + "' has no value in " + recipe_.id.value)
        .with_help(near.empty() ? unset_help(name) : near);
  }

  void report_unset(const std::string& name, Span at, const MemberFault& fault) {
    sink_
        .error("unset-key", at,
               "'" + name + "' has no value in " + recipe_.id.value + ": " + fault.what)
        .with_help(fault.help);
  }

  // Whether no request makes the step before the one whose texts are checked.
  bool comes_later(const std::string& id) const {
    if (place_ != Place::kStep) return false;
    bool own = steps_ == &recipe_.steps;
    auto stands_before = [&](const std::string& known) { return known == id; };
    if (!own && std::any_of(own_.begin(), own_.end(), stands_before)) return false;
    auto after = std::find_if(steps_->begin(), steps_->end(),
                              [&](const RecipeStep& s) { return s.id.value == id; });
    if (after == steps_->end()) return own;  // of a variation, whose steps come last
    bool elsewhere = !own && several_.count(id) != 0;
    return &*after >= step_ && !elsewhere;
  }

  void check_member(const std::string& name, Span at, bool may_be_missing) {
    auto step = outputs_.find(name.substr(0, name.find('.')));
    if (step == outputs_.end()) {
      MemberFault fault = member_fault(recipe_, name);
      if (!fault.what.empty()) report_unset(name, at, fault);
      return;
    }
    if (place_ == Place::kEnv) {
      if (!may_be_missing) report_unset(name, at, env_before_steps());
      return;
    }
    if (comes_later(step->first)) return report_later_step(step_->id.value, step->first, at, sink_);
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
  std::set<std::string> several_;  // ids that steps of several variations have
  std::vector<std::string> own_;   // steps of no variation
  Place place_ = Place::kEnv;
  const RecipeStep* step_ = nullptr;
  const std::vector<RecipeStep>* steps_ = nullptr;
};

void check_texts(const RecipeStep& step, References& references) {
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
  for (const Flag& f : recipe.flags)
    if (f.default_value) references.check(*f.default_value);
  for (const Probe& p : recipe.probes)
    for (const TemplateText& t : p.names) references.check(t);
  for (const RecipePart& p : parts_of(recipe)) {
    for (const EnvMap* env : p.env) {
      env == p.exports ? references.in_exports() : references.in_env();
      for (const EnvEntry& e : *env)
        for (const TemplateText& t : e.values) references.check(t);
    }
    references.in_env();
    for (const Dep& d : *p.deps) {
      references.check(d.tags_text);
      for (const EnvEntry& e : d.env)
        for (const TemplateText& t : e.values) references.check(t);
    }
    if (p.steps)
      for (const RecipeStep& s : *p.steps) {
        references.in_step(*p.steps, s);
        check_texts(s, references);
      }
  }
}

}  // namespace mlpgen
