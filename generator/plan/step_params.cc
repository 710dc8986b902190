// A step's parameters, checked against its rule, and the lock entry that it needs.
#include <algorithm>
#include <filesystem>

#include "base/closest.h"
#include "base/text.h"
#include "plan/lock_keys.h"
#include "plan/step_edges.h"

namespace mlpgen {

bool StepPlanner::bind_params(Scope& s) {
  size_t errors = sink_.errors();
  std::vector<std::string> known;
  for (const RuleParam& p : s.rule.params) known.push_back(p.name.value);
  for (const ResolvedParam& p : s.step.params) {
    auto declared = std::find_if(s.rule.params.begin(), s.rule.params.end(), [&](const RuleParam& r) { return r.name.value == p.name.value; });
    if (declared == s.rule.params.end()) {
      std::string near = did_you_mean(p.name.value, known);
      sink_.error("unknown-parameter", p.name.span, "rule " + s.rule.name.value + " has no parameter '" + p.name.value + "'")
          .note(s.rule.name.span, "the rule")
          .with_help(near.empty() ? "its parameters: " + join(known, ", ") : near);
      continue;
    }
    if (declared->kind == Param::Kind::kText && p.items.size() != 1)
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + " is one text, and here are " + std::to_string(p.items.size()))
          .with_help("give one value");
    if ((declared->kind == Param::Kind::kMap) != (p.kind == Param::Kind::kMap))
      sink_.error("wrong-type", p.name.span, "'" + p.name.value + "' of rule " + s.rule.name.value + (declared->kind == Param::Kind::kMap ? " is a map" : " is no map"))
          .with_help("docs/language.md lists the kinds of parameters");
    ResolvedParam bound = p;
    if (declared->glob) {
      bound.items.clear();
      for (const std::string& pattern : p.items) {
        Edge ignored;
        std::vector<std::string> files = digests_.glob(settle(s, pattern, ignored).real);
        for (const std::string& f : files) {
          std::string where = s.instance.recipe->directory;
          bool own = f.starts_with(where + "/");
          bound.items.push_back(own ? encode({Reference::Kind::kSource, {where, s.instance.recipe->id.value}}) + f.substr(where.size())
                                    : encode({Reference::Kind::kSource, {f, std::filesystem::path(f).filename()}}));
        }
        if (files.empty()) sink_.error("missing-source", p.name.span, "no file matches " + readable(pattern)).with_help("check the pattern");
      }
    }
    s.params[p.name.value] = std::move(bound);
  }
  for (const RuleParam& p : s.rule.params) {
    if (s.params.count(p.name.value)) continue;
    if (p.required)
      sink_.error("missing-parameter", s.step.step->span, "step '" + s.step.step->id.value + "' needs '" + p.name.value + "': " + p.about)
          .note(p.name.span, "rule " + s.rule.name.value + " asks for it")
          .with_help("add `" + p.name.value + ": ...`");
    s.params[p.name.value] = {p.name, p.kind, p.default_items, {}};
  }
  return sink_.errors() == errors;
}

bool StepPlanner::bind_lock(Scope& s) {
  if (s.rule.lock.value.empty()) return true;
  std::optional<LockWant> want = lock_want(s.rule.lock, s.params, sink_);
  if (!want) return false;
  s.lock = lock_.find(want->key);
  want->found = s.lock != nullptr;
  want->at = s.step.step->span;
  out_.wants.push_back(*want);
  if (s.lock) return true;
  if (!settings_.require_lock) unlocked_.insert({std::to_string(static_cast<uint32_t>(s.instance.id)), s.step.step->id.value});
  if (settings_.require_lock)
    sink_.error("not-locked", s.step.step->span, "the lock has no entry for: " + want->key)
        .note({}, "locks that were looked in: " + (lock_.files().empty() ? "none" : join(lock_.files(), ", ")))
        .with_help("run `mlpgen lock` in this directory once: it asks the package client and writes mlpgen.lock");
  return false;
}

}  // namespace mlpgen
