// explain choices: every flag of the request with its words, and every group with its variations.
#include <algorithm>

#include "command/explain/explain.h"

namespace mlpgen {
namespace {

Answer flag_choice_json(const Asked& asked, const Instance& root, Flag f) {
  const Sources& sources = asked.session.sources;
  std::erase_if(f.choices, [&](const std::string& word) {
    return !missing_reason(asked, f.key.value, word).empty();
  });
  auto it = root.env.find(f.key.value);
  bool set = it != root.env.end();
  return {{"flag", flag_words(f)},
          {"key", f.key.value},
          {"value", set ? Answer(readable(it->second.value)) : Answer()},
          {"set_by", set ? setter_json(it->second.winner, sources) : Answer()},
          {"unit", f.unit},
          {"help", f.help}};
}

// The flags of the recipes that were asked for on the command line, each recipe once.
Answer flags_json(const Asked& asked) {
  Answer flags = Answer::array();
  std::set<const Recipe*> seen;
  for (const Instance& i : asked.resolution.instances)
    if (i.asked_by.empty() && seen.insert(i.recipe).second)
      for (const Flag& f : i.recipe->flags) flags.push_back(flag_choice_json(asked, i, f));
  return flags;
}

// Whether only a word of the user or a default chose the variation: what a dep asks for by name is
// its recipe's business, and a flag is listed among the flags.
bool is_open(const Instance& i, size_t n, const std::string& word) {
  bool of_flag = word.starts_with("--") && !word.starts_with("--adr.");
  bool of_dep = !i.asked_by.empty() && i.because[n] == "asked for";
  return !word.empty() && !of_flag && !of_dep && i.because[n] != "chosen by the target";
}

// Groups of which another variation can be chosen, each once.
Answer groups_json(const Asked& asked) {
  Answer groups = Answer::array();
  std::set<std::string> seen;
  for (const Instance& i : asked.resolution.instances)
    for (size_t n = 0; n < i.variations.size(); ++n) {
      const Variation* v = i.recipe->find_variation(i.variations[n]);
      if (!v || v->group.value.empty()) continue;
      std::vector<std::string> others = others_of_group(*i.recipe, *v);
      std::string word = word_that_selects(asked, i, v->group.value, others);
      if (!is_open(i, n, word)) continue;
      if (!seen.insert(i.recipe->id.value + " " + v->group.value + " " + i.variations[n]).second)
        continue;
      groups.push_back({{"recipe", i.recipe->id.value},
                        {"group", v->group.value},
                        {"active", i.variations[n]},
                        {"because", i.because[n]},
                        {"others", others},
                        {"choose_with", word}});
    }
  return groups;
}

}  // namespace

Answer explain_choices(const Asked& asked, const std::string& what) {
  if (what != "choices") return {};
  return {{"format", 1},
          {"kind", "choices"},
          {"flags", flags_json(asked)},
          {"groups", groups_json(asked)}};
}

std::string choices_text(const Answer& a) {
  std::string out = "Flags (`mlpgen explain --FLAG` says more)\n";
  for (const Answer& f : a["flags"]) {
    std::string unit = f["unit"];
    out += "  " + f["flag"].get<std::string>() + (unit.empty() ? "" : " in " + unit) +
           (f["value"].is_null() ? "" : "  now " + f["value"].get<std::string>()) + "\n";
  }
  out += "Variations\n";
  for (const Answer& g : a["groups"])
    out += "  " + g["recipe"].get<std::string>() + ", " + g["group"].get<std::string>() + ": _" +
           g["active"].get<std::string>() + " (" + g["because"].get<std::string>() + ")\n    or " +
           g["choose_with"].get<std::string>() + "\n";
  return out;
}

}  // namespace mlpgen
