// A walk over recipes.
#include "check/parts.h"

#include "resolve/run_settings.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void add_names(const TemplateText& t, KeySet& names) {
  for (const std::string& n : names_in(t.parts)) {
    bool item = n.starts_with('+');
    names.insert(n);
    if (item) names.insert(n.substr(1));
  }
}

void add_env(const EnvMap& env, KeySet& names) {
  for (const EnvEntry& e : env)
    for (const TemplateText& t : e.values) add_names(t, names);
}

void add_tests(const Conditions& when, KeySet& names) {
  each_test(when, [&](const KeyTest& t, bool) { names.insert(t.key.value); });
}

void add_dep(const Dep& d, KeySet& names) {
  add_tests(d.when, names);
  add_names(d.tags_text, names);
  add_env(d.env, names);
  for (const Text& t : d.update_tags_from_env) names.insert(t.value);
  for (const Text& t : d.foreach_keys) names.insert(t.value);
  for (const auto& [prefix, keys] : d.update_tags_with_prefix)
    for (const Text& k : keys) names.insert(k.value);
}

void add_step(const RecipeStep& s, KeySet& names) {
  add_tests(s.when, names);
  add_names(s.shards, names);
  for (const auto& [name, output] : s.links) add_names(name, names);
  for (const auto* params : {&s.params, &s.own_copy})
    for (const Param& p : *params) {
      for (const TemplateText& t : p.items) add_names(t, names);
      for (const TemplateText& t : p.keys) add_names(t, names);
    }
}

}  // namespace

std::string example_name(const Variation& v) {
  return replace_all(v.name.value, "#", v.example.value.empty() ? "1" : v.example.value);
}

const Variation& example_of(const Recipe& recipe, const Variation& v) {
  if (!v.name.value.ends_with(".#")) return v;
  return recipe.specialise(v, v.example.value.empty() ? "1" : v.example.value);
}

std::vector<RecipePart> parts_of(const Recipe& r) {
  std::vector<RecipePart> parts = {
      {{&r.env, &r.default_env, &r.exports}, &r.exports, &r.deps, &r.steps, nullptr}};
  for (const Variation& written : r.variations) {
    const Variation& v = example_of(r, written);
    parts.push_back(
        {{&v.env, &v.default_env, &v.exports}, &v.exports, &v.deps, &v.steps, &v.overrides});
  }
  for (const Version& v : r.versions)
    parts.push_back({{&v.env}, nullptr, &v.deps, nullptr, nullptr});
  return parts;
}

std::vector<const Dep*> all_deps(const Recipe& recipe) {
  std::vector<const Dep*> deps;
  for (const RecipePart& p : parts_of(recipe))
    for (const Dep& d : *p.deps) deps.push_back(&d);
  return deps;
}

std::vector<const RecipeStep*> all_steps(const Recipe& recipe) {
  std::vector<const RecipeStep*> steps;
  for (const RecipePart& p : parts_of(recipe))
    if (p.steps)
      for (const RecipeStep& s : *p.steps) steps.push_back(&s);
  return steps;
}

bool adds_tags(const Dep& dep) {
  return !dep.update_tags_from_env.empty() || !dep.update_tags_with_prefix.empty() ||
         dep.inherit_variation_tags || has_names(dep.tags_text.parts);
}

std::vector<std::string> callees(const Dep& dep, const Library& library) {
  return dep.plain_tags.tags.empty() ? std::vector<std::string>{} : library.select(dep.plain_tags);
}

KeySet declared_keys(const Recipe& r, Library& library) {
  KeySet keys;
  for (const Key& k : r.keys) {
    keys.insert(k.name.value);
    for (const auto& [entry, key] : k.sets) keys.insert(key.value);
  }
  for (const Flag& f : r.flags) keys.insert(f.key.value);
  for (const Text& t : r.inherits) keys.insert(t.value);
  if (r.round) keys.insert("CM_MLPERF_ROUND*");  // what the round's file says
  for (const RecipePart& p : parts_of(r)) {
    for (const EnvMap* env : p.env)
      if (env != p.exports)
        for (const EnvEntry& e : *env) keys.insert(e.key.value);
    for (const Dep& d : *p.deps)
      for (const std::string& id : callees(d, library))
        if (const Recipe* callee = library.recipe(id)) add_exported(*callee, keys);
  }
  return keys;
}

void each_test(const Conditions& when, const std::function<void(const KeyTest&, bool)>& visit) {
  for (const auto* list : {&when.enable_all, &when.enable_any})
    for (const KeyTest& t : *list) visit(t, false);
  for (const auto* list : {&when.skip_all, &when.skip_any})
    for (const KeyTest& t : *list) visit(t, true);
}

KeySet keys_read(const Recipe& r) {
  KeySet names;
  for (const RecipePart& p : parts_of(r)) {
    for (const EnvMap* env : p.env) add_env(*env, names);
    for (const Dep& d : *p.deps) add_dep(d, names);
    if (p.steps)
      for (const RecipeStep& s : *p.steps) add_step(s, names);
    if (p.overrides)
      for (const Override& o : *p.overrides) add_env(o.env, names);
  }
  for (const Flag& f : r.flags)
    if (!f.selects.value.empty()) names.insert(f.key.value);
  for (const Key& k : r.keys)
    if (!k.sets.empty()) names.insert(k.name.value);
  for (const Probe& p : r.probes)
    for (const TemplateText& t : p.names) add_names(t, names);
  for (const Target& t : r.targets) add_tests(t.default_if, names);
  if (r.round)
    for (const std::string& key : run_settings_keys()) names.insert(key);
  if (r.round)
    for (const Text* t : {&r.round->round, &r.round->model, &r.round->category, &r.round->division,
                          &r.round->scenario})
      names.insert(t->value);
  return names;
}

}  // namespace mlpgen
