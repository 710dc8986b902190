// Which word on the command line gives a key another value or a group another variation.
#include <algorithm>

#include "command/explain/explain.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool inherits(const Recipe& recipe, const std::string& key) {
  return std::any_of(recipe.inherits.begin(), recipe.inherits.end(),
                     [&](const Text& t) { return t.value == key; });
}

const Flag* flag_for(const Recipe& recipe, const std::string& key) {
  const Flag* found = nullptr;
  for (const Flag& f : recipe.flags)
    if (f.key.value == key && (!found || (f.default_value && !found->default_value))) found = &f;
  return found;
}

// Whether a value that is handed down would beat what set the key here.
bool gives_way(const Instance& i, const std::string& key) {
  auto it = i.env.find(key);
  if (it == i.env.end() || it->second.winner.rank <= Rank::kInherited) return true;
  const Flag* f = flag_for(*i.recipe, key);
  return f && !f->selects.value.empty() && it->second.winner.rank == Rank::kVariation;
}

bool declares(const Recipe& recipe, const std::string& key) {
  auto has = [&](const EnvMap& env) { return find_entry(env, key) != nullptr; };
  return inherits(recipe, key) || has(recipe.default_env) || has(recipe.env) ||
         std::any_of(recipe.keys.begin(), recipe.keys.end(),
                     [&](const Key& k) { return k.name.value == key; }) ||
         std::any_of(recipe.variations.begin(), recipe.variations.end(),
                     [&](const Variation& v) { return has(v.env) || has(v.default_env); });
}

// What sets the key at the root and reaches this instance, since all on the way inherit it: a flag,
// or (nullptr) an --env word; nothing where there is no such way.
std::optional<const Flag*> way_from_root(const Asked& asked, const Instance& i,
                                         const std::string& key) {
  if (i.asked_by.empty()) {
    auto it = i.env.find(key);
    const Flag* f = flag_for(*i.recipe, key);
    if (f && (it == i.env.end() || it->second.winner.rank <= Rank::kFlag)) return f;
    return f || declares(*i.recipe, key) ? std::optional<const Flag*>(nullptr) : std::nullopt;
  }
  if (!inherits(*i.recipe, key) || !gives_way(i, key)) return std::nullopt;
  for (InstanceId up : i.asked_by)
    if (auto way = way_from_root(asked, asked.resolution.at(up), key)) return way;
  return std::nullopt;
}

// The first handle of a dep that calls the instance, or "".
std::string handle_of(const Asked& asked, const Instance& i) {
  for (InstanceId up : i.asked_by)
    if (const ResolvedDep* d = dep_to(asked.resolution.at(up), i.id); d && !d->dep->names.empty())
      return d->dep->names.front().value;
  return "";
}

// The word of the flag that chooses the variation: its name, or an alias that is among the flag's
// choices; or "".
std::string choice_for(const Flag& flag, const Recipe& recipe, const std::string& name) {
  auto offers = [&](const std::string& word) {
    return flag.choices.empty() ||
           std::find(flag.choices.begin(), flag.choices.end(), word) != flag.choices.end();
  };
  if (offers(name)) return name;
  if (const Variation* v = recipe.find_variation(name))
    for (const Text& alias : v->aliases)
      if (offers(alias.value)) return alias.value;
  return "";
}

// The word that chooses another variation than the default one that set the key, or "".
std::string word_of_group(const Asked& asked, const Instance& i, const Setter& winner) {
  const std::string kBefore = "variation _";
  if (winner.rank != Rank::kDefaultVariation || !winner.who.starts_with(kBefore)) return "";
  const Variation* v = i.recipe->find_variation(winner.who.substr(kBefore.size()));
  if (!v || v->group.value.empty()) return "";
  return word_that_selects(asked, i, v->group.value, others_of_group(*i.recipe, *v));
}

}  // namespace

std::string in_installation(const Asked& asked, const std::string& path) {
  const std::string root = asked.session.installation.root + "/";
  return path.starts_with(root) ? path.substr(root.size()) : path;
}

const ResolvedDep* dep_to(const Instance& from, InstanceId to) {
  for (const ResolvedDep& d : from.deps)
    if (d.target == to) return &d;
  return nullptr;
}

std::string flag_words(const Flag& f) {
  return "--" + f.name.value + "=" + (f.choices.empty() ? to_word(f.type) : join(f.choices, "|"));
}

std::string missing_reason(const Asked& asked, const std::string& key, const std::string& word) {
  for (const Instance& i : asked.resolution.instances)
    for (const Flag& f : i.recipe->flags) {
      if (f.key.value != key || f.selects.value.empty()) continue;
      const Variation* v = i.recipe->find_variation(word);
      if (v && v->missing) return v->missing->value;
    }
  return "";
}

std::string word_that_sets(const Asked& asked, const Instance& i, const std::string& key) {
  auto it = i.env.find(key);
  bool exported = it != i.env.end() && it->second.winner.rank == Rank::kDepExport;
  if (exported || key.starts_with('+')) return "";
  if (it != i.env.end())
    if (std::string word = word_of_group(asked, i, it->second.winner); !word.empty()) return word;
  if (auto way = way_from_root(asked, i, key))
    return *way ? flag_words(**way) : "--env." + key + "=VALUE";
  std::string handle = handle_of(asked, i);
  return handle.empty() ? "" : "--adr." + handle + ".env." + key + "=VALUE";
}

std::vector<std::string> others_of_group(const Recipe& recipe, const Variation& chosen) {
  std::vector<std::string> others;
  for (const Variation& v : recipe.variations)
    if (v.group.value == chosen.group.value && v.name.value != chosen.name.value &&
        v.parts.empty() && !v.internal && !v.missing)
      others.push_back(v.name.value);
  return others;
}

std::string word_that_selects(const Asked& asked, const Instance& i, const std::string& group,
                              const std::vector<std::string>& names) {
  if (names.empty()) return "";
  if (i.asked_by.empty()) return "_" + join(names, "|");
  for (const Flag& f : i.recipe->flags) {
    bool selects = !group.empty() && f.selects.value == group;
    auto way = selects ? way_from_root(asked, i, f.key.value) : std::nullopt;
    if (!way || !*way) continue;
    std::vector<std::string> words;
    for (const std::string& name : names)
      if (std::string word = choice_for(**way, *i.recipe, name); !word.empty())
        words.push_back(word);
    if (!words.empty()) return "--" + (*way)->name.value + "=" + join(words, "|");
  }
  std::string handle = handle_of(asked, i);
  return handle.empty() ? "" : "--adr." + handle + ".tags=_" + join(names, "|");
}

}  // namespace mlpgen
