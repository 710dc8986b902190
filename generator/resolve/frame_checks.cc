// What the env of an instance must keep: types and choices, and one value from variations of one strength.
#include <algorithm>

#include "base/closest.h"
#include "base/file.h"
#include "base/text.h"
#include "recipe/values.h"
#include "resolve/frame.h"

namespace mlpgen {
namespace {

const EnvEntry* find_entry(const EnvMap& env, const std::string& key) {
  for (const EnvEntry& e : env)
    if (e.key.value == key) return &e;
  return nullptr;
}

std::string first_value(const EnvEntry& e) { return e.values.empty() ? "" : e.values.front().value; }

// Whether `name` is a base of `of`, at any distance.
bool is_base(const std::string& name, const ActiveVariation& of, const std::vector<ActiveVariation>& active, size_t depth = 0) {
  for (const Text& b : of.variation->bases) {
    for (const ActiveVariation& a : active) {
      bool meant = a.name == b.value || std::any_of(a.variation->aliases.begin(), a.variation->aliases.end(), [&](const Text& t) { return t.value == b.value; });
      if (meant && (a.name == name || (depth < active.size() && is_base(name, a, active, depth + 1)))) return true;
    }
  }
  return false;
}

}  // namespace

bool Frame::report_missing() {
  auto report = [&](const std::string& what, const Text& why) {
    sink_.error("missing-recipe", call_.asked_at, what + " cannot be had: " + why.value)
        .note(why.span, "the recipe says so here")
        .with_help("choose another one; `mlpgen show " + recipe().id.value + "` lists what there is");
    return true;
  };
  if (recipe().missing) return report(recipe().id.value, *recipe().missing);
  for (const ActiveVariation& a : active_)
    if (a.variation->missing) return report(recipe().id.value + ",_" + a.name, *a.variation->missing);
  return false;
}

void Frame::check_values() {
  check_internal();
  auto check = [&](const std::string& key, const Values& allowed) {
    std::optional<Value> v = get(key);
    const Setter* w = winner(key);
    if (!v || (v->is_list && (key.starts_with('+') || allowed.type == KeyType::kList)) || v->items.empty()) return;
    for (const Template& item : v->items) check_value(key, item, *w, allowed);
  };
  for (const Key& k : call_.recipe->keys) check(k.name.value, k);
  for (const Flag& f : call_.recipe->flags) check(f.key.value, f);
}

void Frame::check_value(const std::string& key, const Template& value, const Setter& w, const Values& allowed) {
  const std::string t = readable(value);
  bool typed = w.rank == Rank::kFlag || w.rank == Rank::kEnvWord;
  bool needs_text = allowed.type == KeyType::kInt || allowed.type == KeyType::kNumber || allowed.type == KeyType::kName;
  if (t.empty() && typed && needs_text)
    sink_.error("wrong-value", w.span, w.who + " gives '" + key + "' no value").with_help("write a value behind `=`, or leave it out");
  if (t.empty()) return;
  if (allowed.type == KeyType::kSecret)
    sink_.error("secret-given", w.span, "'" + key + "' is a secret: a value given here would be written to files")
        .with_help("leave it out here and set it in the environment of ninja: " + key + "=... ninja");
  bool is_path = allowed.type == KeyType::kPath && !has_reference(value);
  Result<PathKind> there = is_path ? look_at(t) : PathKind::kOther;
  if (!there) sink_.error("unreadable-file", w.span, there.error().message).with_help(there.error().help);
  std::string missing = is_path && there ? input_fault(t, t) : "";
  if (!missing.empty()) sink_.error("no-such-path", w.span, missing).with_help("check the spelling, or make it first");
  if (std::optional<ValueFault> fault = fault_of(allowed, t))
    sink_.error("wrong-value", w.span, "'" + key + "' is " + fault->wanted + ", and '" + t + "' is not").with_help(fault->help);
}

// A key that a user or a dep entry sets by name must be one that the recipe knows.
void Frame::check_handed() {
  for (const auto& [key, setter] : call_.handed) {
    if (is_refused(key, setter)) continue;
    bool by_name = setter.rank == Rank::kEnvWord || setter.rank == Rank::kDepEnv || setter.rank == Rank::kOverride || setter.rank == Rank::kPreset;
    if (!by_name || is_declared(key) || (by_deps_ && by_deps_(key))) continue;
    std::string near = did_you_mean(key, declared());
    sink_.error("undeclared-key", setter.span, call_.recipe->id.value + " has no key '" + key + "'")
        .note(call_.recipe->id.span, "the recipe")
        .with_help(!near.empty() ? near : "`mlpgen show " + call_.recipe->id.value + "` lists its keys");
  }
}

// Two requested variations of which neither is a base of the other: the later one wins, which nobody may have meant.
// Two combined ones with equally many parts: nothing says which of them should win.
void Frame::check_two_values() {
  for (size_t i = 0; i < active_.size(); ++i)
    for (size_t j = i + 1; j < active_.size(); ++j) {
      const ActiveVariation &a = active_[i], &b = active_[j];
      bool combined = !a.variation->parts.empty() && a.variation->parts.size() == b.variation->parts.size();
      bool asked = a.variation->parts.empty() && b.variation->parts.empty() && a.choice == Choice::kAsked && b.choice == Choice::kAsked;
      bool defaults = a.variation->parts.empty() && b.variation->parts.empty() && a.choice == Choice::kDefault && b.choice == Choice::kDefault;
      if ((combined || asked || defaults) && !is_base(a.name, b, active_) && !is_base(b.name, a, active_)) check_pair(a, b, combined, defaults);
    }
}

void Frame::pass_warnings_on() {
  for (const ActiveVariation& a : active_)
    if (const std::optional<Text>& warning = a.variation->warning)
      sink_.warning("variation-warns", warning->span, warning->value)
          .note(a.variation->span, "_" + a.name + " of " + call_.recipe->id.value + " is active")
          .with_help("`mlpgen explain choices` says who chose it");
}

void Frame::check_pair(const ActiveVariation& a, const ActiveVariation& b, bool combined, bool defaults) {
  for (const EnvEntry& second : b.variation->env) {
    const std::string& key = second.key.value;
    const EnvEntry* first = find_entry(a.variation->env, key);
    if (!first || second.is_list || first_value(*first) == first_value(second)) continue;
    if (winner(key)->span != first->key.span && winner(key)->span != second.key.span) continue;  // something stronger decides
    std::string message = "_" + a.name + " and _" + b.name + " give '" + key + "' different values: '" + first_value(*first) + "' and '" + first_value(second) + "'";
    Diagnostic& d = defaults ? sink_.error("two-values", b.span, message + "; both are defaults, so neither is stronger")
                    : combined ? sink_.error("two-values", b.span, message + "; both have " + std::to_string(b.variation->parts.size()) + " parts, so neither is stronger")
                             : sink_.warning("two-values", b.span, message + "; the later one is taken");
    d.note(first->key.span, "_" + a.name + " sets it here").note(second.key.span, "_" + b.name + " sets it here");
    d.with_help(combined ? "set it in one of them, or add a combined variation that has all their parts" : "drop one of them, or say what you want with --env." + key + "=VALUE");
  }
}

}  // namespace mlpgen
