// Variations, versions and values that a recipe names, against those that it has.
#include "recipe/load/check_recipe.h"

#include <algorithm>
#include <map>

#include "recipe/load/values.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

void check_groups(const Recipe& r, Sink& sink) {
  std::map<std::string, const Variation*> defaults;
  for (const Variation& v : r.variations) {
    if (!v.is_default) continue;
    auto [it, added] = defaults.emplace(v.group.value, &v);
    if (!added)
      sink.error("two-defaults", v.span,
                 "group '" + v.group.value + "' has two defaults: '" + it->second->name.value +
                     "' and '" + v.name.value + "'")
          .note(it->second->span, "the other default")
          .with_help("keep `default: true` at one of them");
  }
}

// Names of variations inside the recipe: parts of combined ones, bases, defaults for other groups,
// combinations.
void check_names(const Recipe& r, Sink& sink) {
  std::vector<std::string> known;
  for (const Variation& v : r.variations)
    if (v.parts.empty()) known.push_back(v.name.value);
  auto find = [&](const Text& name) -> const Variation* {
    const Variation* v = r.find_variation(name.value);
    if (v && v->parts.empty()) return v;
    if (name.value.find_first_of("#<$") != std::string::npos)
      return nullptr;  // filled in when it is chosen
    std::string near = did_you_mean(name.value, known);
    sink.error("unknown-variation", name.span,
               r.id.value + " has no variation '" + name.value + "'")
        .with_help(near.empty() ? "its variations: " + join(known, ", ") : near);
    return nullptr;
  };
  for (const Variation& v : r.variations) {
    for (const Text& part : v.parts) find(part);
    for (const Text& base : v.bases) find(base);
    for (const auto& [group, name] : v.default_variations)
      if (const Variation* d = find(name); d && d->group.value != group.value)
        sink.error("unknown-group", group.span,
                   "'" + name.value + "' is not of group '" + group.value + "'")
            .note(d->span, d->group.value.empty() ? "it has no group"
                                                  : "its group is '" + d->group.value + "'")
            .with_help("write the group of the variation that is to be the default");
  }
  for (const auto* combinations : {&r.valid_combinations, &r.invalid_combinations})
    for (const auto& names : *combinations)
      for (const Text& name : names) find(name);
}

void check_default_version(const Recipe& r, Sink& sink) {
  if (!r.default_version) return;
  std::vector<std::string> known;
  for (const Version& v : r.versions) known.push_back(v.name.value);
  const Text& asked = *r.default_version;
  if (std::find(known.begin(), known.end(), asked.value) != known.end()) return;
  std::string near = did_you_mean(asked.value, known);
  sink.error("unknown-version", asked.span, r.id.value + " has no version " + asked.value)
      .with_help(!near.empty()   ? near
                 : known.empty() ? "it has no `versions`: remove `default_version`"
                                 : "its versions: " + join(known, ", "));
}

// Values that the recipe itself gives its declared keys, where no other key decides them.
class ValueCheck {
 public:
  ValueCheck(const Recipe& recipe, Sink& sink) : sink_(sink) {
    for (const Key& k : recipe.keys) declared_.emplace(k.name.value, &k);
    for (const Flag& f : recipe.flags) declared_.emplace(f.key.value, &f);
  }

  void check(const EnvMap& env, bool is_wildcard = false) {
    for (const EnvEntry& e : env) {
      auto [first, last] = declared_.equal_range(e.key.value);
      for (auto it = first; it != last; ++it) {
        const Values& allowed = *it->second;
        if (e.is_list && allowed.type == KeyType::kList) continue;
        for (const TemplateText& t : e.values)
          if (!is_wildcard || t.value.find('#') == std::string::npos)
            check(e.key.value, allowed, t);
      }
    }
  }

  void check(const std::string& key, const Values& allowed, const TemplateText& text) {
    if (text.value.empty() || has_names(text.parts)) return;
    if (allowed.type == KeyType::kSecret)
      report_secret(key, text.span, sink_);
    else
      report_fault(key, allowed, readable(text.parts), text.span, sink_);
  }

 private:
  std::multimap<std::string, const Values*> declared_;
  Sink& sink_;
};

void check_values(const Recipe& r, Sink& sink) {
  ValueCheck values(r, sink);
  for (const Flag& f : r.flags)
    if (f.default_value) values.check(f.key.value, f, *f.default_value);
  values.check(r.default_env);
  values.check(r.env);
  for (const Variation& v : r.variations)
    for (const EnvMap* env : {&v.env, &v.default_env})
      values.check(*env, v.name.value.ends_with(".#"));
  for (const Version& v : r.versions) values.check(v.env);
}

}  // namespace

void check_recipe(const Recipe& recipe, Sink& sink) {
  check_groups(recipe, sink);
  check_names(recipe, sink);
  check_default_version(recipe, sink);
  check_values(recipe, sink);
}

}  // namespace mlpgen
