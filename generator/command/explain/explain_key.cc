// explain KEY: every instance that has the key, who set it, what that beat, and what can be chosen.
#include <algorithm>

#include "command/explain/explain.h"
#include "recipe/load/values.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool is_default(const Setter& s) {
  return s.rank == Rank::kDefaultEnv || s.rank == Rank::kDefaultVariation ||
         s.who.starts_with("default of ");
}

// The warnings about two requested variations of which one set this key.
Answer warnings_json(const Asked& asked, const Binding& b) {
  Answer all = Answer::array();
  auto sets = [&](Span at) {
    return b.winner.span == at || std::any_of(b.beaten.begin(), b.beaten.end(),
                                              [&](const Setter& s) { return s.span == at; });
  };
  for (const Diagnostic& d : asked.session.sink.all())
    if (d.id == "two-values" &&
        std::any_of(d.notes.begin(), d.notes.end(), [&](const Note& n) { return sets(n.span); }))
      all.push_back(d.message);
  return all;
}

Answer binding_json(const Asked& asked, const Instance& i, const Binding& b) {
  const Sources& sources = asked.session.sources;
  Answer j = {{"recipe", i.recipe->id.value},
              {"variations", i.variations},
              {"value", readable(b.value)},
              {"set_by", setter_json(b.winner, sources)},
              {"beat", Answer::array()}};
  for (const Setter& s : b.beaten) j["beat"].push_back(setter_json(s, sources));
  j["default"] = is_default(b.winner);
  j["choose_with"] = word_that_sets(asked, i, b.key);
  j["warnings"] = warnings_json(asked, b);
  return j;
}

Answer flag_json(const Asked& asked, const Flag& f) {
  Answer j = {{"flag", "--" + f.name.value},
              {"help", f.help},
              {"type", to_word(f.type)},
              {"unit", f.unit},
              {"bounds", bounds_phrase(f)},
              {"choices", Answer::array()},
              {"place", asked.session.sources.describe(f.name.span)}};
  for (const std::string& c : f.choices)
    j["choices"].push_back({{"word", c}, {"missing", missing_reason(asked, f.key.value, c)}});
  return j;
}

// Flags of the recipe that the request asks for, and what other recipes of the graph say of the
// key.
void add_declarations(const Asked& asked, const std::string& key, Answer& j) {
  j["about"] = "";
  j["flags"] = Answer::array();
  std::set<const Recipe*> seen;
  for (const Instance& i : asked.resolution.instances) {
    if (!seen.insert(i.recipe).second) continue;
    for (const Key& k : i.recipe->keys)
      if (k.name.value == key && !k.about.empty()) j["about"] = k.about;
    if (!i.asked_by.empty()) continue;
    for (const Flag& f : i.recipe->flags)
      if (f.key.value == key) j["flags"].push_back(flag_json(asked, f));
  }
}

std::string flag_text(const Answer& f) {
  std::vector<std::string> words;
  std::vector<std::pair<std::string, std::vector<std::string>>> missing;  // reason, words
  for (const Answer& c : f["choices"]) {
    std::string word = c["word"], why = c["missing"];
    if (why.empty()) {
      words.push_back(word);
      continue;
    }
    auto same =
        std::find_if(missing.begin(), missing.end(), [&](const auto& m) { return m.first == why; });
    if (same == missing.end()) same = missing.insert(missing.end(), {why, {}});
    same->second.push_back(word);
  }
  std::string unit = f["unit"];
  std::string out = "  " + f["flag"].get<std::string>() + "=" +
                    (words.empty() ? f["type"].get<std::string>() : join(words, "|")) +
                    (unit.empty() ? "" : "  in " + unit) + "  " + f["place"].get<std::string>() +
                    "\n    " + f["help"].get<std::string>() + "\n";
  for (const auto& [why, names] : missing)
    out += "    not available: " + join(names, ", ") + ": " + why + "\n";
  return out;
}

std::string instance_text(const Answer& i, bool is_list) {
  int count = i["instances"];
  std::string value = i["value"], written = i["set_by"]["value"], choose = i["choose_with"];
  std::string out = "  " + i["recipe"].get<std::string>() +
                    (count > 1 ? "  (" + std::to_string(count) + " instances)" : "") + "\n";
  out += "    = " + (value.empty() ? "(empty)" : value) + "\n";
  out += "      set by " + setter_line(i["set_by"]) + "\n";
  if (written != value && !is_list) out += "      written as " + written + "\n";
  if (choose.find('|') != std::string::npos)
    choose.replace(choose.find('=') + 1, choose.npos, "WORD");
  if (i["default"] && !choose.empty()) out += "      choose with " + choose + "\n";
  for (const Answer& b : i["beat"]) {
    std::string lost = b["value"];
    out += "      " + std::string(is_list ? "joined with " : "overrides ") +
           (lost.empty() ? "(empty)" : lost) + " of " + setter_line(b) + "\n";
  }
  for (const std::string warning : i["warnings"]) out += "      warning: " + warning + "\n";
  return out;
}

}  // namespace

Answer setter_json(const Setter& s, const Sources& sources) {
  return {{"value", readable(s.value)},
          {"rank", to_word(s.rank)},
          {"set_by", s.who},
          {"place", sources.describe(s.span)}};
}

std::string setter_line(const Answer& s) {
  std::string place = s.value("place", ""), rank = s.value("rank", ""), who = s.value("set_by", "");
  std::string by = who.find(rank) != std::string::npos || who.starts_with("--") ||
                           who.starts_with("preset") || who.starts_with("default of")
                       ? who
                       : who + " (" + rank + ")";
  return by + (place.empty() ? "" : "  " + place);
}

Answer explain_key(const Asked& asked, const std::string& what) {
  std::string key = what;
  if (what.starts_with("--"))
    for (const Instance& i : asked.resolution.instances)
      if (const Flag* f = i.recipe->find_flag(replace_all(what.substr(2), "-", "_")))
        key = f->key.value;
  Answer answer = {{"format", 1}, {"kind", "key"}, {"key", key}};
  add_declarations(asked, key, answer);
  Answer instances = Answer::array();
  for (const Instance& i : asked.resolution.instances) {
    auto it = i.env.find(key);
    if (it == i.env.end()) continue;
    Answer one = binding_json(asked, i, it->second);
    auto same = std::find_if(instances.begin(), instances.end(), [&](const Answer& o) {
      return o["recipe"] == one["recipe"] && o["value"] == one["value"] &&
             o["set_by"] == one["set_by"] && o["beat"] == one["beat"];
    });
    if (same == instances.end()) {
      one["instances"] = 1;
      instances.push_back(std::move(one));
    } else {
      (*same)["instances"] = (*same)["instances"].get<int>() + 1;
    }
  }
  bool known = !instances.empty() || !answer["flags"].empty() || answer["about"] != "";
  if (!known) return {};
  answer["instances"] = instances;
  return answer;
}

std::string key_text(const Answer& a) {
  std::string key = a["key"], about = a["about"];
  std::string out = key + (about.empty() ? "" : ": " + about) + "\n";
  for (const Answer& f : a["flags"]) out += flag_text(f);
  for (const Answer& i : a["instances"]) out += instance_text(i, key.starts_with('+'));
  if (a["instances"].empty()) out += "  nothing sets it in this request\n";
  return out;
}

}  // namespace mlpgen
