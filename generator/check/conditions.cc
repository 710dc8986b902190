// Conditions that can never hold, and those on keys that nothing can set.
#include <algorithm>
#include <map>

#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/deps.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// Words that keys may have, where they are declared.
struct Choices {
  std::set<std::string> words;
  Span declared;
};
using ChoicesOf = std::map<std::string, Choices>;

void add_choices(ChoicesOf& all, const Text& key, const std::vector<std::string>& choices,
                 Span at) {
  if (choices.empty()) return;
  Choices& of_key = all[key.value];
  of_key.words.insert(choices.begin(), choices.end());
  of_key.declared = at;
}

// Values that the recipe itself gives a key count as its choices, too.
void add_set(ChoicesOf& all, const EnvMap& env) {
  for (const EnvEntry& e : env) {
    auto it = all.find(e.key.value);
    if (it == all.end()) continue;
    for (const TemplateText& t : e.values) {
      if (has_names(t.parts)) it->second.words.insert("");  // any value
      it->second.words.insert(t.value);
    }
  }
}

ChoicesOf choices_in(const Recipe& r) {
  ChoicesOf all;
  for (const Key& k : r.keys) add_choices(all, k.name, k.choices, k.name.span);
  for (const Flag& f : r.flags) add_choices(all, f.key, f.choices, f.name.span);
  for (const RecipePart& p : parts_of(r))
    for (const EnvMap* env : p.env) add_set(all, *env);
  return all;
}

void check_test(const Recipe& r, const KeySet& keys, const ChoicesOf& all, const KeyTest& t,
                bool skips, Sink& sink) {
  if (!keys.has(t.key.value)) {
    std::string near = did_you_mean(t.key.value, keys.all());
    sink.error("undeclared-key", t.key.span,
               "nothing in " + r.id.value + " can set '" + t.key.value + "'")
        .with_help(!near.empty()
                       ? near
                       : "declare it: a flag, a default_env, `inherits`, or under `keys:`");
    return;
  }
  auto choices = all.find(t.key.value);
  if (choices == all.end() || t.kind != KeyTest::Kind::kEquals) return;
  const std::set<std::string>& known = choices->second.words;
  auto possible = [&](const std::string& word) { return known.count(word) != 0; };
  if (possible("") ||
      std::any_of(t.words.begin(), t.words.end(), [&](const Text& w) { return possible(w.value); }))
    return;
  std::vector<std::string> words;
  for (const Text& w : t.words) words.push_back(w.value);
  std::string near =
      did_you_mean(words.front(), std::vector<std::string>(known.begin(), known.end()));
  sink.warning("impossible-condition", t.words.front().span,
               "'" + t.key.value + "' can never be " + join(words, " or ") + ", so this " +
                   (skips ? "skips nothing" : "is always off"))
      .note(choices->second.declared, "its choices are declared here")
      .with_help(near.empty() ? "write one of its choices, or take the condition out" : near);
}

}  // namespace

void check_conditions(const Recipe& r, Library& library, Sink& sink) {
  KeySet keys = declared_keys(r, library);
  ChoicesOf choices = choices_in(r);
  auto check = [&](const Conditions& when) {
    each_test(when,
              [&](const KeyTest& t, bool skips) { check_test(r, keys, choices, t, skips, sink); });
  };
  for (const Dep* dep : all_deps(r)) check(dep->when);
  for (const RecipeStep* s : all_steps(r)) check(s->when);
  for (const Target& t : r.targets) check(t.default_if);
}

}  // namespace mlpgen
