// A Recipe as JSON: what `mlpgen show ID --format=json` prints.
#include "command/text/questions.h"
#include "recipe/library.h"
#include "recipe/load/values.h"

namespace mlpgen {
namespace {

using OrderedJson = nlohmann::ordered_json;

template <class T>
OrderedJson words(const std::vector<T>& texts) {
  return values_of(texts);
}

// A key that the object does not have yet: looking for it takes a time that grows with the object.
void append(OrderedJson& object, const std::string& key, OrderedJson value) {
  object.get_ref<OrderedJson::object_t&>().emplace_back(key, std::move(value));
}

OrderedJson env_json(const EnvMap& env) {
  OrderedJson j = OrderedJson::object();
  for (const EnvEntry& e : env) {
    if (e.is_list)
      append(j, e.key.value, words(e.values));
    else
      append(j, e.key.value, e.values.empty() ? "" : e.values.front().value);
  }
  return j;
}

void add_tests(OrderedJson& j, const char* name, const std::vector<KeyTest>& tests) {
  if (tests.empty()) return;
  for (const KeyTest& t : tests) j[name][t.key.value] = words(t.words);
}

OrderedJson deps_json(const std::vector<Dep>& deps, Phase phase, Library& library) {
  OrderedJson list = OrderedJson::array();
  for (const Dep& d : deps) {
    if (d.phase != phase) continue;
    OrderedJson j = {{"tags", d.tags_text.value}, {"names", words(d.names)}};
    add_tests(j, "enable_if_env", d.when.enable_all);
    add_tests(j, "enable_if_any_env", d.when.enable_any);
    add_tests(j, "skip_if_env", d.when.skip_all);
    add_tests(j, "skip_if_any_env", d.when.skip_any);
    std::vector<std::string> ids = library.select(d.tags);
    if (ids.size() == 1) j["recipe"] = ids.front();
    if (!d.foreach_keys.empty()) j["foreach"] = words(d.foreach_keys);
    if (!d.note.empty()) j["note"] = d.note;
    list.push_back(std::move(j));
  }
  return list;
}

OrderedJson variation_json(const Variation& v, Library& library) {
  OrderedJson j;
  j["group"] = v.internal              ? OrderedJson("<internal>")
               : v.group.value.empty() ? OrderedJson()
                                       : OrderedJson(v.group.value);
  j["default"] = v.is_default;
  j["aliases"] = words(v.aliases);
  if (!v.about.empty()) j["about"] = v.about;
  if (!v.bases.empty()) j["base"] = words(v.bases);
  if (!v.note.empty()) j["note"] = v.note;
  if (v.missing) j["missing"] = v.missing->value;
  if (v.warning) j["warning"] = v.warning->value;
  j["env"] = env_json(v.env);
  if (!v.default_env.empty()) j["default_env"] = env_json(v.default_env);
  for (Phase p : {Phase::kDeps, Phase::kPrehook, Phase::kPosthook, Phase::kPost})
    j[kPhaseWords[static_cast<int>(p)]] = deps_json(v.deps, p, library);
  return j;
}

}  // namespace

OrderedJson recipe_json(const Recipe& r, Library& library) {
  OrderedJson j;
  j["format"] = 1;
  j["recipe"] = r.id.value;
  j["about"] = r.about;
  j["category"] = r.category;
  j["tags"] = words(r.tags);
  j["tag_aliases"] = r.tag_aliases;
  if (r.missing) j["missing"] = r.missing->value;
  j["default_variations"] = OrderedJson::array();
  for (const Variation& v : r.variations)
    if (v.is_default) j["default_variations"].push_back(v.name.value);
  j["flags"] = OrderedJson::object();
  j["flag_details"] = OrderedJson::object();
  for (const Flag& f : r.flags) {
    j["flags"][f.name.value] = f.key.value;
    OrderedJson aliases = OrderedJson::object();
    for (const auto& [word, choice] : f.aliases) aliases[word.value] = choice.value;
    j["flag_details"][f.name.value] = {{"type", to_word(f.type)},    {"choices", f.choices},
                                       {"aliases", aliases},         {"unit", f.unit},
                                       {"bounds", bounds_phrase(f)}, {"help", f.help}};
  }
  j["default_env"] = env_json(r.default_env);
  j["env"] = env_json(r.env);
  j["inherits"] = words(r.inherits);
  j["variations"] = OrderedJson::object();
  for (const Variation& v : r.variations)
    j["variations"][v.name.value] = variation_json(v, library);
  for (const auto& [key, all] :
       {std::pair("valid_variation_combinations", &r.valid_combinations),
        std::pair("invalid_variation_combinations", &r.invalid_combinations)})
    for (const std::vector<Text>& names : *all) j[key].push_back(words(names));
  j["versions"] = OrderedJson::array();
  for (const Version& v : r.versions) j["versions"].push_back(v.name.value);
  for (Phase p : {Phase::kDeps, Phase::kPrehook, Phase::kPosthook, Phase::kPost})
    j[kPhaseWords[static_cast<int>(p)]] = deps_json(r.deps, p, library);
  j["internal_keys"] = words(r.internal_keys);
  j["new_env_keys"] = words(r.new_env_keys);
  for (const EnvEntry& e : r.exports) j["new_env_keys"].push_back(e.key.value);
  j["steps"] = OrderedJson::array();
  for (const RecipeStep& s : r.steps)
    j["steps"].push_back({{"id", s.id.value}, {"rule", s.rule.value}});
  return j;
}

OrderedJson resolution_json(const Resolution& r, const Sources& sources) {
  OrderedJson j;
  j["format"] = 1;
  j["instances"] = OrderedJson::array();
  for (const Instance& i : r.instances) {
    OrderedJson one = {{"number", static_cast<uint32_t>(i.id)},
                       {"recipe", i.recipe->id.value},
                       {"variations", i.variations},
                       {"version", i.version}};
    one["env"] = OrderedJson::object();
    for (const auto& [key, b] : i.env)
      append(one["env"], key,
             {{"value", readable(b.value)},
              {"rank", to_word(b.winner.rank)},
              {"set_by", b.winner.who},
              {"place", sources.describe(b.winner.span)}});
    one["deps"] = OrderedJson::array();
    for (const ResolvedDep& d : i.deps) {
      OrderedJson dep = {{"tags", d.tags},
                         {"phase", kPhaseWords[static_cast<int>(d.dep->phase)]},
                         {"enabled", d.enabled},
                         {"why", d.why}};
      if (d.target != InstanceId::kNone) dep["instance"] = static_cast<uint32_t>(d.target);
      one["deps"].push_back(std::move(dep));
    }
    one["steps"] = OrderedJson::array();
    for (const ResolvedStep& s : i.steps) one["steps"].push_back(s.step->id.value);
    j["instances"].push_back(std::move(one));
  }
  for (const RootTarget& t : r.targets)
    j["targets"].push_back(
        {{"name", t.name}, {"root", static_cast<uint32_t>(t.root)}, {"default", t.is_default}});
  return j;
}

}  // namespace mlpgen
