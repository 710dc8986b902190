// A wildcard variation `x.#` with its value in place of '#'.
#include "recipe/recipe.h"
#include "text/text.h"

namespace mlpgen {
namespace {

class Filler {
 public:
  explicit Filler(const std::string& value) : value_(value) {}

  void fill(std::string& s) const {
    if (s.find('#') != std::string::npos) s = replace_all(s, "#", value_);
  }
  void fill(Text& t) const { fill(t.value); }
  void fill(TemplateText& t) const {
    if (t.value.find('#') != std::string::npos) t = Text{replace_all(t.value, "#", value_), t.span};
  }
  void fill(std::optional<Text>& t) const {
    if (t) fill(*t);
  }
  template <typename A, typename B>
  void fill(std::pair<A, B>& p) const {
    fill(p.first);
    fill(p.second);
  }
  template <typename T>
  void fill(std::vector<T>& all) const {
    for (T& one : all) fill(one);
  }
  void fill(EnvEntry& e) const { fill(e.values); }
  void fill(TagQuery& q) const {
    for (auto* part : {&q.tags, &q.not_tags, &q.variations, &q.excluded}) fill(*part);
  }
  void fill(VersionRange& r) const {
    for (auto* part : {&r.exact, &r.min, &r.max, &r.max_usable}) fill(*part);
  }
  void fill(KeyTest& t) const { fill(t.words); }
  void fill(Conditions& c) const {
    for (auto* part : {&c.enable_all, &c.enable_any, &c.skip_all, &c.skip_any}) fill(*part);
  }
  void fill(Dep& d) const {
    fill(d.tags_text);
    fill(d.tags);
    fill(d.plain_tags);
    fill(d.when);
    fill(d.version);
    fill(d.env);
  }
  void fill(Override& o) const {
    fill(o.tags);
    fill(o.version);
    fill(o.name);
    fill(o.env);
  }
  void fill(Param& p) const {
    fill(p.items);
    fill(p.keys);
  }
  void fill(RecipeStep& s) const {
    fill(s.params);
    fill(s.when);
    fill(s.shards);
    fill(s.links);
    fill(s.own_copy);
  }

 private:
  const std::string& value_;
};

}  // namespace

const Variation& Recipe::specialise(const Variation& wildcard, const std::string& value) const {
  auto& slot = specialised_[wildcard.name.value + " " + value];
  if (slot) return *slot;
  slot = std::make_unique<Variation>(wildcard);
  Filler filler(value);
  filler.fill(slot->bases);
  filler.fill(slot->default_variations);
  for (EnvMap* map : {&slot->env, &slot->default_env, &slot->exports}) filler.fill(*map);
  filler.fill(slot->deps);
  filler.fill(slot->overrides);
  filler.fill(slot->steps);
  filler.fill(slot->missing);
  return *slot;
}

}  // namespace mlpgen
