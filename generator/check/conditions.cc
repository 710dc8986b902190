// Conditions that can never hold, and those on keys that nothing can set.
#include <algorithm>
#include <map>

#include "base/closest.h"
#include "base/text.h"
#include "check/parts.h"
#include "check/pieces.h"
#include "resolve/deps.h"

namespace mlpgen {
namespace {

struct Declared {
  std::set<std::string> keys;                               // and globs of them
  std::map<std::string, std::vector<std::string>> choices;  // where they are declared
  std::map<std::string, Span> place;                    // of the choices
};

void add_choices(Declared& d, const Text& key, const std::vector<std::string>& choices, Span at) {
  d.keys.insert(key.value);
  if (choices.empty()) return;
  std::vector<std::string>& all = d.choices[key.value];
  all.insert(all.end(), choices.begin(), choices.end());
  d.place[key.value] = at;
}

// Values that the recipe itself gives a key count as its choices, too.
void add_set(Declared& d, const EnvMap& env) {
  for (const EnvEntry& e : env) {
    d.keys.insert(e.key.value);
    auto it = d.choices.find(e.key.value);
    if (it == d.choices.end()) continue;
    for (const TemplateText& t : e.values) {
      if (has_names(t.parts)) it->second.push_back("");  // any value
      it->second.push_back(t.value);
    }
  }
}

Declared declared_in(const Recipe& r, Library& library) {
  Declared d;
  for (const Key& k : r.keys) add_choices(d, k.name, k.choices, k.name.span);
  for (const Flag& f : r.flags) add_choices(d, f.key, f.choices, f.name.span);
  for (const Text& t : r.inherits) d.keys.insert(t.value);
  if (r.round) d.keys.insert("CM_MLPERF_ROUND*");  // what the round's file says
  for (const RecipePart& p : parts_of(r))
    for (const EnvMap* env : p.env) add_set(d, *env);
  for (const Dep* dep : all_deps(r))
    for (const std::string& id : callees(*dep, library))
      if (const Recipe* callee = library.recipe(id)) add_exported(*callee, d.keys);
  return d;
}

void check_test(const Recipe& r, const Declared& d, const KeyTest& t, bool skips, Sink& sink) {
  if (!has_key(d.keys, t.key.value)) {
    std::string near = did_you_mean(t.key.value, std::vector<std::string>(d.keys.begin(), d.keys.end()));
    sink.error("undeclared-key", t.key.span,
               "nothing in " + r.id.value + " can set '" + t.key.value + "'")
        .with_help(!near.empty() ? near
                                 : "declare it: a flag, a default_env, `inherits`, or under `keys:`");
    return;
  }
  auto choices = d.choices.find(t.key.value);
  if (choices == d.choices.end() || t.kind != KeyTest::Kind::kEquals) return;
  const std::vector<std::string>& known = choices->second;
  auto possible = [&](const std::string& word) {
    return std::find(known.begin(), known.end(), word) != known.end();
  };
  if (possible("") || std::any_of(t.words.begin(), t.words.end(),
                                  [&](const Text& w) { return possible(w.value); }))
    return;
  std::vector<std::string> words;
  for (const Text& w : t.words) words.push_back(w.value);
  std::string near = did_you_mean(words.front(), known);
  sink.warning("impossible-condition", t.words.front().span,
               "'" + t.key.value + "' can never be " + join(words, " or ") + ", so this " +
                   (skips ? "skips nothing" : "is always off"))
      .note(d.place.at(t.key.value), "its choices are declared here")
      .with_help(near.empty() ? "write one of its choices, or take the condition out" : near);
}

}  // namespace

void check_conditions(const Recipe& r, Library& library, Sink& sink) {
  Declared d = declared_in(r, library);
  auto check = [&](const Conditions& when) {
    each_test(when, [&](const KeyTest& t, bool skips) { check_test(r, d, t, skips, sink); });
  };
  for (const Dep* dep : all_deps(r)) check(dep->when);
  for (const RecipeStep* s : all_steps(r)) check(s->when);
  for (const Target& t : r.targets) check(t.default_if);
}

}  // namespace mlpgen
