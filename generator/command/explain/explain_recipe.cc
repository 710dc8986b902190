// explain RECIPE: who asked for each of its instances, by which deps, and why each variation is
// active.
#include "command/explain/explain.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// From the instance up to a root, by the first that asked at each step.
Answer chain_json(const Asked& asked, const Instance& start) {
  Answer chain = Answer::array();
  const Instance* i = &start;
  while (!i->asked_by.empty()) {
    const Instance& up = asked.resolution.at(i->asked_by.front());
    const ResolvedDep* d = dep_to(up, i->id);
    Answer names = Answer::array();
    if (d)
      for (const Text& n : d->dep->names) names.push_back(n.value);
    chain.push_back({{"recipe", up.recipe->id.value},
                     {"tags", d ? d->tags : ""},
                     {"handles", names},
                     {"phase", d ? kPhaseWords[static_cast<int>(d->dep->phase)] : ""},
                     {"why", d ? d->why : ""},
                     {"place", d ? asked.session.sources.describe(d->dep->span) : ""},
                     {"also_asked_by", i->asked_by.size() - 1}});
    i = &up;
  }
  return chain;
}

// Why the instance has its version, and what other versions the recipe has.
Answer version_json(const Asked& asked, const Instance& i, const Answer& chain) {
  Answer others = Answer::array();
  for (const Version& v : i.recipe->versions)
    if (v.name.value != i.version) others.push_back(v.name.value);
  std::string word = chain.empty() ? "--version=" : "";
  if (!chain.empty() && !chain[0]["handles"].empty())
    word = "--adr." + chain[0]["handles"][0].get<std::string>() + ".version=";
  return {{"because", i.version_because},
          {"place", asked.session.sources.describe(i.version_at)},
          {"others", others},
          {"choose_with", others.empty() ? "" : word}};
}

// What the steps of the instance take from a lock.
Answer locked_json(const Asked& asked, const Instance& i) {
  Answer all = Answer::array();
  for (const LockWant& w : asked.wants) {
    const LockEntry* entry = asked.session.lock.find(w.key);
    for (const ResolvedStep& s : i.steps)
      if (entry && s.step->span == w.at)
        all.push_back({{"entry", w.key}, {"lock", in_installation(asked, entry->from)}});
  }
  return all;
}

Answer instance_json(const Asked& asked, const Instance& i) {
  const Sources& sources = asked.session.sources;
  Answer j = {{"recipe", i.recipe->id.value},
              {"place", sources.describe(i.recipe->id.span)},
              {"version", i.version},
              {"variations", Answer::array()}};
  for (size_t n = 0; n < i.variations.size(); ++n)
    j["variations"].push_back({{"name", i.variations[n]},
                               {"because", i.because[n]},
                               {"place", sources.describe(i.chosen_at[n])}});
  j["asked_by"] = chain_json(asked, i);
  j["version_choice"] = version_json(asked, i, j["asked_by"]);
  j["locked"] = locked_json(asked, i);
  j["skipped_deps"] = Answer::array();
  for (const ResolvedDep& d : i.deps)
    if (!d.enabled)
      j["skipped_deps"].push_back(
          {{"tags", d.tags}, {"why", d.why}, {"place", sources.describe(d.dep->span)}});
  j["edges"] = Answer::array();
  for (const Edge& e : asked.plan.edges)
    for (const ResolvedStep& s : i.steps)
      if (e.step == s.step->span) j["edges"].push_back(e.name);
  return j;
}

std::string text_of(const Answer& j, const char* key) { return j.value(key, std::string()); }

std::string asked_text(const Answer& chain) {
  if (chain.empty()) return "    asked for on the command line\n";
  std::string out;
  for (const Answer& c : chain) {
    std::vector<std::string> names = c["handles"];
    size_t others = c["also_asked_by"];
    out += "    asked for by " + text_of(c, "recipe") + ": " + text_of(c, "phase") + " '" +
           text_of(c, "tags") + "'";
    if (!names.empty()) out += ", handles " + join(names, ", ");
    out += "  " + text_of(c, "place") + "\n";
    if (!text_of(c, "why").empty()) out += "      since " + text_of(c, "why") + "\n";
    if (others > 0) out += "      and by " + std::to_string(others) + " more\n";
  }
  return out;
}

std::string version_text(const Answer& i) {
  if (text_of(i, "version").empty()) return "";
  const Answer& choice = i["version_choice"];
  std::vector<std::string> others = choice["others"];
  std::string out = "    version " + text_of(i, "version") + ": " + text_of(choice, "because") +
                    "  " + text_of(choice, "place") + "\n";
  if (!others.empty())
    out += "      others: " + join(others, ", ") +
           (text_of(choice, "choose_with").empty()
                ? ""
                : "; choose with " + text_of(choice, "choose_with")) +
           "\n";
  return out;
}

}  // namespace

Answer explain_recipe(const Asked& asked, const std::string& what) {
  Answer instances = Answer::array();
  for (const Instance& i : asked.resolution.instances)
    if (i.recipe->id.value == what) instances.push_back(instance_json(asked, i));
  if (instances.empty()) return {};
  return {{"format", 1}, {"kind", "recipe"}, {"recipe", what}, {"instances", instances}};
}

std::string recipe_text(const Answer& a) {
  std::string out = text_of(a, "recipe") + ": " + counted(a["instances"].size(), "instance") + "\n";
  int number = 0;
  for (const Answer& i : a["instances"]) {
    out += "  instance " + std::to_string(++number) + "\n";
    out += asked_text(i["asked_by"]) + version_text(i);
    for (const Answer& v : i["variations"])
      out += "    _" + text_of(v, "name") + ": " + text_of(v, "because") + "  " +
             text_of(v, "place") + "\n";
    for (const Answer& l : i["locked"])
      out += "    locked in " + text_of(l, "lock") + ": " + text_of(l, "entry") + "\n";
    for (const Answer& d : i["skipped_deps"])
      out += "    without " + text_of(d, "tags") + ": " + text_of(d, "why") + "  " +
             text_of(d, "place") + "\n";
    for (const std::string edge : i["edges"]) out += "    edge " + edge + "\n";
  }
  return out;
}

}  // namespace mlpgen
