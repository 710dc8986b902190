// explain "RECIPE -> DEP": why a dep or a step takes part or not, and what would change that.
#include <algorithm>

#include "command/explain/explain.h"
#include "recipe/condition.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// The condition's test as the resolver takes it: keys that are numbers are always compared.
KeyTest typed(const Recipe& recipe, KeyTest test) {
  KeyType type = KeyType::kString;
  for (const Flag& f : recipe.flags)
    if (f.key.value == test.key.value) type = f.type;
  for (const Key& k : recipe.keys)
    if (k.name.value == test.key.value) type = k.type;
  if (type == KeyType::kInt || type == KeyType::kNumber) test.kind = KeyTest::Kind::kEquals;
  return test;
}

std::optional<std::string> value_in(const Instance& i, const std::string& key) {
  auto it = i.env.find(key);
  if (it == i.env.end()) return std::nullopt;
  return readable(it->second.value);
}

std::string wanted_words(const KeyTest& t) {
  std::vector<std::string> words;
  for (const Text& w : t.words) words.push_back(w.value);
  if (t.kind == KeyTest::Kind::kOn) return "on (" + join(words, ", ") + ")";
  if (t.kind == KeyTest::Kind::kOff) return "off or unset (" + join(words, ", ") + ")";
  return (words.size() > 1 ? "one of " : "") + join(words, ", ");
}

Answer test_json(const Asked& asked, const Instance& i, const char* form, const KeyTest& test) {
  const Sources& sources = asked.session.sources;
  KeyTest t = typed(*i.recipe, test);
  std::optional<std::string> value = value_in(i, t.key.value);
  Answer j = {{"form", form},
              {"key", t.key.value},
              {"words", Answer::array()},
              {"wanted", wanted_words(t)},
              {"value", nullptr},
              {"holds", holds(t, value)},
              {"place", sources.describe(t.key.span)},
              {"set_by", nullptr},
              {"choose_with", word_that_sets(asked, i, t.key.value)}};
  for (const Text& w : t.words) j["words"].push_back(w.value);
  if (!value) return j;
  j["value"] = *value;
  j["set_by"] = setter_json(i.env.at(t.key.value).winner, sources);
  return j;
}

Answer tests_json(const Asked& asked, const Instance& i, const Conditions& when) {
  Answer all = Answer::array();
  auto add = [&](const char* form, const std::vector<KeyTest>& tests) {
    for (const KeyTest& t : tests) all.push_back(test_json(asked, i, form, t));
  };
  add("enable_if_env", when.enable_all);
  add("enable_if_any_env", when.enable_any);
  add("skip_if_env", when.skip_all);
  add("skip_if_any_env", when.skip_any);
  return all;
}

Answer handles_json(const Dep& d) {
  Answer names = Answer::array();
  for (const Text& n : d.names) names.push_back(n.value);
  return names;
}

Answer dep_json(const Asked& asked, const Instance& i, const ResolvedDep& d) {
  std::string callee;
  if (d.target != InstanceId::kNone) callee = asked.resolution.at(d.target).recipe->id.value;
  return {{"recipe", i.recipe->id.value},
          {"phase", kPhaseWords[static_cast<int>(d.dep->phase)]},
          {"dep", d.tags},
          {"handles", handles_json(*d.dep)},
          {"place", asked.session.sources.describe(d.dep->span)},
          {"on", d.enabled},
          {"calls", callee},
          {"variation", ""},
          {"choose_with", ""},
          {"conditions", tests_json(asked, i, d.dep->when)}};
}

// A dep of a variation that is not active here.
Answer inactive_json(const Asked& asked, const Instance& i, const Variation& v, const Dep& d) {
  std::string word;
  if (v.parts.empty() && !v.internal)
    word = word_that_selects(asked, i, v.group.value, {v.name.value});
  return {{"recipe", i.recipe->id.value},
          {"phase", kPhaseWords[static_cast<int>(d.phase)]},
          {"dep", d.tags_text.value},
          {"handles", handles_json(d)},
          {"place", asked.session.sources.describe(d.span)},
          {"on", false},
          {"calls", ""},
          {"variation", v.name.value},
          {"choose_with", word},
          {"conditions", tests_json(asked, i, d.when)}};
}

Answer step_json(const Asked& asked, const Instance& i, const RecipeStep& s) {
  bool on = std::any_of(i.steps.begin(), i.steps.end(),
                        [&](const ResolvedStep& r) { return r.step->span == s.span; });
  return {{"recipe", i.recipe->id.value},
          {"phase", "steps"},
          {"dep", s.id.value},
          {"handles", Answer::array()},
          {"place", asked.session.sources.describe(s.span)},
          {"on", on},
          {"calls", ""},
          {"variation", ""},
          {"choose_with", ""},
          {"conditions", tests_json(asked, i, s.when)}};
}

// Whether `word` names the dep: a handle, its tags, or the recipe that they select.
bool names_dep(const Asked& asked, const Dep& d, const std::string& tags, const std::string& word) {
  if (word == tags || word == d.tags_text.value) return true;
  for (const Text& n : d.names)
    if (n.value == word) return true;
  if (d.tags.tags.empty() || has_names(d.tags_text.parts)) return false;
  std::vector<std::string> ids = asked.session.library->select(d.tags);
  return std::find(ids.begin(), ids.end(), word) != ids.end();
}

bool is_active(const Instance& i, const Variation& v) {
  for (const std::string& name : i.variations)
    if (i.recipe->find_variation(name) == &v || name == v.name.value) return true;
  return false;
}

void add_instance(const Asked& asked, const Instance& i, const std::string& word, bool steps,
                  Answer& found) {
  for (const ResolvedDep& d : i.deps)
    if (names_dep(asked, *d.dep, d.tags, word)) found.push_back(dep_json(asked, i, d));
  for (const Variation& v : i.recipe->variations)
    if (!is_active(i, v))
      for (const Dep& d : v.deps)
        if (names_dep(asked, d, "", word)) found.push_back(inactive_json(asked, i, v, d));
  if (!steps) return;
  for (const RecipeStep& s : i.recipe->steps)
    if (s.id.value == word) found.push_back(step_json(asked, i, s));
}

// Equal answers of several instances once, with their number.
Answer each_once(const Answer& found) {
  Answer once = Answer::array();
  for (const Answer& f : found) {
    auto same = std::find_if(once.begin(), once.end(), [&](Answer o) {
      o.erase("instances");
      return o == f;
    });
    if (same != once.end()) {
      (*same)["instances"] = (*same)["instances"].get<int>() + 1;
      continue;
    }
    once.push_back(f);
    once.back()["instances"] = 1;
  }
  return once;
}

std::string test_text(const Answer& t) {
  std::string choose = t["choose_with"];
  std::string out = "    " + t["form"].get<std::string>() + " asks for " +
                    t["key"].get<std::string>() + " " + t["wanted"].get<std::string>() + ": " +
                    (t["holds"] ? "holds" : "does not hold") + "\n";
  out += "      it is " +
         (t["value"].is_null() ? "not set" : "'" + t["value"].get<std::string>() + "'") +
         (t["set_by"].is_null() ? "" : ", set by " + setter_line(t["set_by"])) + "\n";
  if (!choose.empty()) out += "      choose with " + choose + "\n";
  return out;
}

std::string one_text(const Answer& d) {
  std::vector<std::string> handles = d["handles"];
  std::string callee = d["calls"], variation = d["variation"], choose = d["choose_with"];
  int count = d["instances"];
  std::string out = d["recipe"].get<std::string>() + " -> " + d["dep"].get<std::string>() + ": " +
                    (d["on"] ? "on" : "off") +
                    (count > 1 ? " (in " + std::to_string(count) + " instances)" : "") + "\n";
  out += "  " + d["phase"].get<std::string>() +
         (handles.empty() ? "" : ", handles " + join(handles, ", ")) + "  " +
         d["place"].get<std::string>() + "\n";
  if (!callee.empty()) out += "  calls " + callee + "\n";
  if (!variation.empty())
    out += "  belongs to variation _" + variation + ", which is not active" +
           (choose.empty() ? "" : "; choose it with " + choose) + "\n";
  if (d["conditions"].empty()) return out + (variation.empty() ? "  has no condition\n" : "");
  out += "  conditions:\n";
  for (const Answer& t : d["conditions"]) out += test_text(t);
  return out;
}

}  // namespace

Answer explain_dep(const Asked& asked, const std::string& what) {
  size_t arrow = what.find("->");
  std::string from, word = what;
  if (arrow != std::string::npos) {
    from = trim(std::string_view(what).substr(0, arrow));
    word = trim(std::string_view(what).substr(arrow + 2));
  }
  Answer found = Answer::array();
  for (const Instance& i : asked.resolution.instances)
    if (from.empty() || i.recipe->id.value == from)
      add_instance(asked, i, word, !from.empty(), found);
  if (found.empty()) return {};
  return {{"format", 1}, {"kind", "dep"}, {"dep", what}, {"deps", each_once(found)}};
}

std::string dep_text(const Answer& a) {
  std::string out;
  for (const Answer& d : a["deps"]) out += one_text(d);
  return out;
}

}  // namespace mlpgen
