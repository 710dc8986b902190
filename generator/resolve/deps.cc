// From dep entries to calls.
#include "resolve/deps.h"

#include <algorithm>

#include "recipe/tags.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::vector<std::string> sorted_names(const Dep& d) {
  std::vector<std::string> n;
  for (const Text& t : d.names) n.push_back(t.value);
  std::sort(n.begin(), n.end());
  return n;
}

void merge(std::vector<DepEntry>& entries, const Dep& dep) {
  for (DepEntry& e : entries) {
    bool same_names = !dep.names.empty() && sorted_names(*e.dep) == sorted_names(dep);
    if (same_names && e.dep->phase == dep.phase) {
      e.dep = &dep;
      return;
    }
  }
  entries.push_back({&dep, {}, {}, {}});
}

void add_tests(const Conditions& when, std::vector<std::string>& names) {
  for (const auto* list : {&when.enable_all, &when.enable_any, &when.skip_all, &when.skip_any})
    for (const KeyTest& t : *list) names.push_back(t.key.value);
}

// Tags without what the env adds to them: enough to know which recipe is meant.
TagQuery plain_query(const DepEntry& e) {
  TagQuery q = e.dep->plain_tags;
  for (const Override* o : e.overrides) {
    q.tags.insert(q.tags.end(), o->tags.tags.begin(), o->tags.tags.end());
    for (const Text& t : o->tags.not_tags)
      std::erase_if(q.tags, [&](const Text& x) { return x.value == t.value; });
  }
  return q;
}

// Keys whose values decide whether a dep is called or, once that is decided, how.
std::vector<std::string> needed_names(const DepEntry& e, Library& library) {
  std::vector<std::string> names;
  add_tests(e.dep->when, names);
  if (!e.verdict) return names;  // one that is off needs no recipe
  for (const Text& t : e.dep->update_tags_from_env) names.push_back(t.value);
  for (const auto& [prefix, keys] : e.dep->update_tags_with_prefix)
    for (const Text& k : keys) names.push_back(k.value);
  for (std::string& n : names_in(e.dep->tags_text.parts)) names.push_back(std::move(n));
  for (const EnvEntry& entry : e.dep->env)
    for (const TemplateText& t : entry.values)
      for (std::string& n : names_in(t.parts)) names.push_back(std::move(n));
  for (const std::string& id : library.select(plain_query(e)))
    if (const Recipe* r = library.recipe(id))
      for (const Text& t : r->inherits) names.push_back(t.value);
  return names;
}

bool may_export_key(DepEntry& entry, const std::string& key, Library& library) {
  if (!entry.gives) {
    entry.gives.emplace();
    for (const std::string& id : library.select(plain_query(entry)))
      if (const Recipe* r = library.recipe(id)) add_exported(*r, *entry.gives);
  }
  return entry.gives->has(key);
}

// The index of a dep that must come before entry `i`, or entries.size().
size_t blocker(size_t i, std::vector<DepEntry>& entries, const std::vector<bool>& done,
               const Frame& frame, Library& library) {
  if (!entries[i].asks) entries[i].asks = needed_names(entries[i], library);
  std::set<std::string> needs = frame.external_needs(*entries[i].asks);
  if (needs.empty()) return entries.size();
  for (size_t j = 0; j < entries.size(); ++j) {
    if (j == i || done[j]) continue;
    if (std::any_of(needs.begin(), needs.end(), [&](const std::string& need) {
          return may_export_key(entries[j], need, library);
        }))
      return j;
  }
  return entries.size();
}

void expect(const TagQuery& tags, Library& library) {
  if (tags.tags.empty()) return;  // only the env tells which recipe is meant
  for (const std::string& id : library.select(tags)) library.expect(id);
}

// The tests of a condition that no dep can still change. Where they say off, the whole condition
// does.
Conditions known_part(const DepEntry& entry, const Frame& frame) {
  auto may_change = [&](const KeyTest& t) { return !frame.external_needs({t.key.value}).empty(); };
  Conditions known = entry.dep->when;
  std::erase_if(known.enable_all, may_change);
  std::erase_if(known.skip_any, may_change);
  for (auto* list :
       {&known.enable_any, &known.skip_all})  // these say off by all of their tests together
    if (std::any_of(list->begin(), list->end(), may_change)) list->clear();
  return known;
}

Setter handed(Rank rank, Span at, std::string who, Value v) {
  return {rank, 0, at, std::move(who), std::move(v)};
}

void add_env(Call& call, const EnvMap& env, Rank rank, const std::string& who, Frame& frame) {
  for (const EnvEntry& e : env) {
    Value v{e.is_list, {}};
    Frame::Reading reading(frame, "given " + e.key.value);
    for (const TemplateText& t : e.values)
      for (Template& item : frame.expand_text(t, InstanceId::kNone))
        v.items.push_back(std::move(item));
    call.handed[e.key.value] = handed(rank, e.key.span, who, std::move(v));
  }
}

}  // namespace

std::string Call::key() const {
  std::string k = recipe->id.value;
  for (const VariationWord& w : words)
    k += "|_" + w.name.value + std::to_string(static_cast<int>(w.choice)) + "!" +
         std::to_string(w.strength);
  for (const Text& t : excluded) k += "|-" + t.value;
  for (const auto* v : {&version.exact, &version.min, &version.max})
    k += "|" + (*v ? (*v)->value : "");
  for (const auto& [name, s] : handed)
    k += "|" + name + "=" + std::to_string(static_cast<int>(s.rank)) + exact(s.value);
  for (const Override* o : overrides) k += "|" + std::to_string(reinterpret_cast<uintptr_t>(o));
  return k;
}

std::vector<DepEntry> dep_entries(const Frame& frame, const Call& call,
                                  std::map<std::string, bool>& handles) {
  std::vector<DepEntry> entries;
  for (const Dep& d : frame.recipe().deps) entries.push_back({&d, {}, {}, {}});
  for (const Version& v : frame.recipe().versions)
    if (v.name.value == frame.version())
      for (const Dep& d : v.deps) merge(entries, d);
  for (const ActiveVariation& a : frame.active())
    for (const Dep& d : a.variation->deps) merge(entries, d);
  std::vector<const Override*> overrides;
  for (const ActiveVariation& a : frame.active())
    for (const Override& o : a.variation->overrides) overrides.push_back(&o);
  overrides.insert(overrides.end(), call.overrides.begin(), call.overrides.end());
  for (DepEntry& e : entries) {
    for (const Text& n : e.dep->names) handles[n.value] = true;
    for (const Override* o : overrides)
      if (std::any_of(e.dep->names.begin(), e.dep->names.end(),
                      [&](const Text& n) { return n.value == o->handle.value; }))
        e.overrides.push_back(o);
  }
  return entries;
}

void decide_early(std::vector<DepEntry>& entries, Frame& frame, Sink& sink, bool& failed) {
  for (DepEntry& e : entries) {
    Decision verdict = evaluate_strict(known_part(e, frame), frame, sink, failed);
    if (failed) return;
    if (verdict.enabled) continue;
    check_condition(e.dep->when, frame, sink);
    e.verdict = verdict;
  }
}

void expect_recipes(const Recipe& recipe, Library& library) {
  for (const Dep& d : recipe.deps)
    if (d.when.empty()) expect(d.tags, library);
}

void expect_recipes(const std::vector<DepEntry>& entries, Library& library) {
  for (const DepEntry& e : entries)
    if (!e.verdict) expect(plain_query(e), library);
}

size_t next_ready(std::vector<DepEntry>& entries, const std::vector<bool>& done, Frame& frame,
                  Library& library) {
  for (size_t i = 0; i < entries.size(); ++i)
    if (!done[i] && blocker(i, entries, done, frame, library) == entries.size()) return i;
  return entries.size();
}

void add_exported(const Recipe& recipe, KeySet& keys) {
  for (const Text& key : recipe.new_env_keys) keys.insert(key.value);
  for (const EnvEntry& e : recipe.exports) keys.insert(e.key.value);
  for (const Variation& v : recipe.variations)
    for (const EnvEntry& e : v.exports) keys.insert(e.key.value);
}

bool KeySet::has(const std::string& key) const {
  return keys_.count(key) != 0 ||
         std::any_of(globs_.begin(), globs_.end(),
                     [&](const std::string& glob) { return matches_glob(glob, key); });
}

std::vector<std::string> KeySet::all() const {
  std::vector<std::string> all(keys_.begin(), keys_.end());
  all.insert(all.end(), globs_.begin(), globs_.end());
  return all;
}

bool may_be_exported(const std::string& key, std::vector<DepEntry>& entries, Library& library) {
  return std::any_of(entries.begin(), entries.end(),
                     [&](DepEntry& e) { return may_export_key(e, key, library); });
}

void report_order_cycle(std::vector<DepEntry>& entries, const std::vector<bool>& done, Frame& frame,
                        Library& library, Sink& sink) {
  size_t first = 0;
  while (done[first]) ++first;
  auto& d = sink.error("order-cycle", entries[first].dep->span,
                       "the deps of " + frame.recipe().id.value + " wait for each other's exports");
  for (size_t i = 0; i < entries.size(); ++i)
    if (!done[i])
      d.note(entries[i].dep->span,
             "needs an export of " +
                 entries[blocker(i, entries, done, frame, library)].dep->tags_text.value);
  d.with_help("a condition or an inherited key of one must not come from the other");
}

void add_selected(const Recipe& recipe, std::map<std::string, Setter>& handed,
                  std::vector<VariationWord>& words) {
  for (const Flag& f : recipe.flags) {
    if (f.selects.value.empty()) continue;
    auto it = handed.find(f.key.value);
    if (it == handed.end() || it->second.value.is_list || it->second.value.as_text().empty())
      continue;
    Setter& setter = it->second;
    // A key that is set by its own name may have a value of which there is no variation.
    const Variation* named = recipe.find_variation(setter.value.as_text());
    bool by_key = (setter.rank == Rank::kEnvWord || setter.rank == Rank::kOverride) && named &&
                  named->group.value == f.selects.value;
    if (!by_key && setter.rank != Rank::kInherited && setter.rank != Rank::kPreset &&
        setter.rank != Rank::kFlag)
      continue;
    bool asked = by_key || setter.rank == Rank::kFlag;
    words.push_back({{setter.value.as_text(), setter.span},
                     asked ? Choice::kAsked : Choice::kInherited,
                     0,
                     {},
                     f.selects.value});
    // The word chose; what the key then holds is the variation's to say: its env, or its own name
    // where an alias was used.
    if (!named || named->group.value != f.selects.value) continue;
    const EnvEntry* own = find_entry(named->env, f.key.value);
    if (own && !own->is_list && !has_names(own->values.front().parts))
      setter.value = Value::text(own->values.front().parts);
    else if (!named->name.value.ends_with(".#"))
      setter.value = Value::text(named->name.value);
  }
}

std::optional<Call> make_call(Frame& frame, const Call& caller, const DepEntry& e, Library& library,
                              Sink& sink, std::string& tags) {
  const Dep& dep = *e.dep;
  TagQuery q = dep.tags;
  auto add_words = [&](const std::string& text, Span at) { append(q, parse_tags(text, at, sink)); };
  auto add_value = [&](const std::string& prefix, const Text& key) {
    if (!check_declared(key, frame, sink)) return;
    if (auto v = frame.text_of(key.value); v && !v->empty()) add_words(prefix + *v, key.span);
  };
  if (has_names(dep.tags_text.parts)) {
    q = {};
    add_words(readable(Value{true, frame.expand_text(dep.tags_text, InstanceId::kNone)}),
              dep.tags_text.span);
    q.excluded = dep.tags.excluded;
    q.not_tags = dep.tags.not_tags;
  }
  for (const Text& key : dep.update_tags_from_env) add_value("", key);
  for (const auto& [prefix, keys] : dep.update_tags_with_prefix)
    for (const Text& key : keys) add_value(prefix.value, key);
  if (dep.inherit_variation_tags)
    for (const ActiveVariation& a : frame.active()) {
      bool skip = std::any_of(dep.skip_inherit_groups.begin(), dep.skip_inherit_groups.end(),
                              [&](const Text& g) { return g.value == a.variation->group.value; });
      bool excluded = std::any_of(dep.tags.excluded.begin(), dep.tags.excluded.end(),
                                  [&](const Text& x) { return x.value == a.name; });
      if (!skip && !excluded && a.variation->parts.empty() && !a.variation->internal)
        q.variations.push_back({a.name, a.span});
    }
  std::string added;
  Call call;
  call.version = dep.version;
  std::vector<VariationWord> replacing;
  int strength = 0;
  for (const Override* o : e.overrides) {
    ++strength;
    for (const Text& t : o->tags.tags) added += (added.empty() ? "" : ",") + t.value;
    q.tags.insert(q.tags.end(), o->tags.tags.begin(), o->tags.tags.end());
    for (const Text& t : o->tags.not_tags)
      std::erase_if(q.tags, [&](const Text& x) { return x.value == t.value; });
    for (const Text& t : o->tags.variations) replacing.push_back({t, Choice::kAsked, strength});
    for (const Text& t : o->tags.excluded)
      std::erase_if(q.variations, [&](const Text& x) { return x.value == t.value; });
    if (o->version.exact) call.version.exact = o->version.exact;
    if (o->version.min) call.version.min = o->version.min;
    if (o->version.max) call.version.max = o->version.max;
  }
  std::vector<std::string> words;
  for (const Text& t : q.tags) words.push_back(t.value);
  for (const Text& t : q.variations) words.push_back("_" + t.value);
  for (const VariationWord& w : replacing) words.push_back("_" + w.name.value);
  tags = join(words, ",");
  call.recipe = select_recipe(q, dep.span, added, library, sink);
  if (!call.recipe) return std::nullopt;
  for (const Text& t : q.variations) call.words.push_back({t, Choice::kAsked, 0});
  call.words.insert(call.words.end(), replacing.begin(), replacing.end());
  call.excluded = q.excluded;
  for (const Override* o : e.overrides)  // it may have named what another recipe than this one has
    for (const Text& t : o->tags.excluded)
      if (call.recipe->find_variation(t.value)) call.excluded.push_back(t);
  call.asked_at = dep.span;
  for (const ActiveVariation& a : frame.active())
    for (const Override& o : a.variation->overrides) call.overrides.push_back(&o);
  call.overrides.insert(call.overrides.end(), caller.overrides.begin(), caller.overrides.end());
  for (const Text& key : call.recipe->inherits)
    if (auto v = frame.get(key.value)) {
      const Setter* w = frame.winner(key.value);
      call.handed[key.value] =
          handed(Rank::kInherited, w ? w->span : dep.span,
                 (w ? w->who : "label of the combination") + " of " + frame.recipe().id.value, *v);
    }
  add_env(call, dep.env, Rank::kDepEnv, "dep entry in " + frame.recipe().id.value, frame);
  for (const Override* o : e.overrides) {
    add_env(call, o->env, Rank::kOverride, "--adr." + o->handle.value + ".env", frame);
    if (o->name)
      call.handed["CM_NAME"] =
          handed(Rank::kOverride, o->name->span, "--adr." + o->handle.value + ".name",
                 Value::text(o->name->value));
  }
  add_selected(*call.recipe, call.handed, call.words);
  return call;
}

}  // namespace mlpgen
