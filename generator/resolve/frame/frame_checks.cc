// What the env of an instance must keep: types and choices, and one value from variations of one
// strength.
#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "file/file.h"
#include "recipe/load/values.h"
#include "resolve/deps.h"
#include "resolve/frame/frame.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::string first_value(const EnvEntry& e) {
  return e.values.empty() ? "" : e.values.front().value;
}

// Which active variations are bases of each other, at any distance.
class Bases {
 public:
  explicit Bases(const std::vector<ActiveVariation>& active) {
    for (const ActiveVariation& a : active) {
      by_word_[a.name] = &a;
      for (const Text& alias : a.variation->aliases) by_word_[alias.value] = &a;
    }
  }

  bool related(const ActiveVariation& a, const ActiveVariation& b) const {
    return is_base(a, b) || is_base(b, a);
  }

 private:
  bool is_base(const ActiveVariation& base, const ActiveVariation& of) const {
    std::vector<const ActiveVariation*> todo = {&of};
    std::set<const ActiveVariation*> seen;
    while (!todo.empty()) {
      const ActiveVariation* at = todo.back();
      todo.pop_back();
      for (const Text& b : at->variation->bases) {
        auto found = by_word_.find(b.value);
        if (found == by_word_.end() || !seen.insert(found->second).second) continue;
        if (found->second == &base) return true;
        todo.push_back(found->second);
      }
    }
    return false;
  }

  std::map<std::string_view, const ActiveVariation*> by_word_;
};

// An active variation that sets a key.
struct Setting {
  const ActiveVariation* by;
  const EnvEntry* entry;
};

void report_two_values(const Setting& first, const Setting& second, Sink& sink) {
  const Variation &a = *first.by->variation, &b = *second.by->variation;
  bool plain = a.parts.empty() && b.parts.empty();
  auto both = [&](Choice choice) {
    return plain && first.by->choice == choice && second.by->choice == choice;
  };
  bool combined = !a.parts.empty() && a.parts.size() == b.parts.size(),
       defaults = both(Choice::kDefault);
  if (!combined && !defaults && !both(Choice::kAsked)) return;
  const std::string &key = first.entry->key.value, one = "_" + first.by->name,
                    other = "_" + second.by->name;
  std::string message = one + " and " + other + " give '" + key + "' different values: '" +
                        first_value(*first.entry) + "' and '" + first_value(*second.entry) + "'";
  Diagnostic& d =
      defaults ? sink.error("two-values", second.by->span,
                            message + "; both are defaults, so neither is stronger")
      : combined
          ? sink.error("two-values", second.by->span,
                       message + "; both have " + std::to_string(b.parts.size()) +
                           " parts, so neither is stronger")
          : sink.warning("two-values", second.by->span, message + "; the later one is taken");
  d.note(first.entry->key.span, one + " sets it here")
      .note(second.entry->key.span, other + " sets it here");
  d.with_help(combined
                  ? "set it in one of them, or add a combined variation that has all their parts"
                  : "drop one of them, or choose with --env." + key + "=VALUE");
}

}  // namespace

void report_undeclared(const Recipe& recipe, const Text& key, const std::vector<std::string>& known,
                       Sink& sink) {
  std::string near = did_you_mean(key.value, known);
  sink.error("undeclared-key", key.span, recipe.id.value + " has no key '" + key.value + "'")
      .note(recipe.id.span, "the recipe")
      .with_help(!near.empty() ? near : "`mlpgen show " + recipe.id.value + "` lists its keys");
}

bool Frame::report_missing() {
  auto report = [&](const std::string& what, const Text& why) {
    sink_.error("missing-recipe", call_.asked_at, what + " is not available: " + why.value)
        .note(why.span, "the recipe declares it here")
        .with_help("choose another one; `mlpgen show " + recipe().id.value +
                   "` lists what there is");
    return true;
  };
  if (recipe().missing) return report(recipe().id.value, *recipe().missing);
  for (const ActiveVariation& a : active_)
    if (a.variation->missing)
      return report(recipe().id.value + ",_" + a.name, *a.variation->missing);
  return false;
}

void Frame::check_values() {
  check_internal();
  auto check = [&](const std::string& key, const Values& allowed) {
    std::optional<Value> v = get(key);
    const Setter* w = winner(key);
    if (!v || (v->is_list && (key.starts_with('+') || allowed.type == KeyType::kList)) ||
        v->items.empty())
      return;
    for (const Template& item : v->items) check_value(key, item, *w, allowed);
  };
  for (const Key& k : call_.recipe->keys) check(k.name.value, k);
  for (const Flag& f : call_.recipe->flags) check(f.key.value, f);
}

void Frame::check_value(const std::string& key, const Template& value, const Setter& w,
                        const Values& allowed) {
  const std::string t = readable(value);
  bool typed = w.rank == Rank::kFlag || w.rank == Rank::kEnvWord;
  bool needs_text = allowed.type == KeyType::kInt || allowed.type == KeyType::kNumber ||
                    allowed.type == KeyType::kName;
  if (t.empty() && typed && needs_text)
    sink_.error("wrong-value", w.span, w.who + " gives '" + key + "' no value")
        .with_help("write a value behind `=`, or leave it out");
  if (t.empty()) return;
  if (allowed.type == KeyType::kSecret) report_secret(key, w.span, sink_);
  bool is_path = allowed.type == KeyType::kPath && !has_reference(value);
  Result<PathKind> there = is_path ? look_at(t) : PathKind::kOther;
  if (!there)
    sink_.error("unreadable-file", w.span, there.error().message).with_help(there.error().help);
  std::string missing = is_path && there ? input_fault(t, t) : "";
  if (!missing.empty())
    sink_.error("no-such-path", w.span, missing).with_help("check the spelling, or make it first");
  report_fault(key, allowed, t, w.span, sink_);
}

// A key that a user or a dep entry sets by name must be one that the recipe knows.
void Frame::check_handed() {
  for (const auto& [key, setter] : call_.handed) {
    if (is_refused(key, setter)) continue;
    bool by_name = setter.rank == Rank::kEnvWord || setter.rank == Rank::kDepEnv ||
                   setter.rank == Rank::kOverride || setter.rank == Rank::kPreset;
    if (!by_name || is_declared(key) || (by_deps_ && by_deps_(key))) continue;
    report_undeclared(*call_.recipe, {key, setter.span}, declared(), sink_);
  }
}

// Two requested variations of which neither is a base of the other: the later one wins, which
// nobody may have meant. Two combined ones with equally many parts: nothing says which of them
// should win. Where something stronger decides, all of them say the same.
void Frame::check_two_values() {
  std::map<std::string_view, std::vector<Setting>> by_key;
  for (const ActiveVariation& a : active_)
    for (const EnvEntry& e : a.variation->env)
      if (!e.is_list) by_key[e.key.value].push_back({&a, &e});
  const Bases bases(active_);
  for (const auto& [key, settings] : by_key) {
    if (settings.size() < 2) continue;
    Span decides = winner(std::string(key))->span;
    auto taken = std::find_if(settings.begin(), settings.end(),
                              [&](const Setting& s) { return s.entry->key.span == decides; });
    if (taken == settings.end()) continue;
    for (auto other = settings.begin(); other != settings.end(); ++other)
      if (other != taken && first_value(*other->entry) != first_value(*taken->entry) &&
          !bases.related(*other->by, *taken->by))
        report_two_values(*std::min(other, taken), *std::max(other, taken), sink_);
  }
}

void Frame::pass_warnings_on() {
  for (const ActiveVariation& a : active_)
    if (const std::optional<Text>& warning = a.variation->warning)
      sink_.warning("variation-warns", warning->span, warning->value)
          .note(a.variation->span, "_" + a.name + " of " + call_.recipe->id.value + " is active")
          .with_help("`mlpgen explain choices` shows where it was chosen");
}

}  // namespace mlpgen
