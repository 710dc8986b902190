// mlpgen explain: finds out what the word names, and answers.
#include "command/explain/explain.h"

#include <algorithm>
#include <filesystem>
#include <iostream>

#include "command/options.h"
#include "command/request/edges.h"
#include "resolve/root.h"
#include "step/step.h"
#include "text/closest.h"
#include "text/text.h"

namespace fs = std::filesystem;

namespace mlpgen {
namespace {

// "out/RECIPE/IDENTITY12" of a path that leads into an artifact, through links as well; else "".
std::string artifact_at(const std::string& word) {
  std::error_code why;
  if (word.find('/') == std::string::npos && !fs::exists(fs::symlink_status(word, why))) return "";
  fs::path real = fs::weakly_canonical(word, why), here = fs::canonical(".", why);
  if (std::string artifact = artifact_of(real.lexically_relative(here).string()); !artifact.empty())
    return artifact;
  return artifact_of(word);
}

std::vector<std::string> edge_names(const Plan& plan) {
  std::vector<std::string> names;
  for (const Edge& e : plan.edges) names.push_back(e.name);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> known_words(const Asked& a) {
  std::vector<std::string> known;
  for (const Instance& i : a.resolution.instances) {
    known.push_back(i.recipe->id.value);
    for (const auto& [key, b] : i.env) known.push_back(key);
  }
  for (const Instance& i : a.resolution.instances)
    for (const ResolvedDep& d : i.deps)
      for (const Text& n : d.dep->names) known.push_back(n.value);
  for (const PlanTarget& t : a.plan.targets) known.push_back(t.name);
  std::sort(known.begin(), known.end());
  known.erase(std::unique(known.begin(), known.end()), known.end());
  return known;
}

// CM_NUM_THREADS of the flag --num_threads, whichever recipe has it.
std::string key_of_flag(const std::string& word, const std::vector<std::string>& known) {
  std::string end = "_" + lower(flag_name(word));
  auto key = std::find_if(known.begin(), known.end(),
                          [&](const std::string& k) { return lower(k).ends_with(end); });
  return key == known.end() ? "" : "did you mean '" + *key + "'?";
}

const Edge* edge_of(const Asked& a, const std::string& what, Sink& sink) {
  std::string artifact = artifact_at(what);
  bool hex = what.size() >= 6 && what.find_first_not_of("0123456789abcdef") == std::string::npos;
  for (const Edge& e : a.plan.edges)
    if (e.directory == artifact || (hex && e.identity.starts_with(what))) return &e;
  if (!artifact.empty()) {
    sink.error("not-in-plan", {}, artifact + " belongs to no edge of this request")
        .with_help("another request made it; going back to that request uses it again");
    return nullptr;
  }
  std::vector<std::string> names = edge_names(a.plan);
  if (names_that_hold(what, names).empty()) {
    std::vector<std::string> known = known_words(a);
    std::string near = did_you_mean(what, known);
    if (near.empty()) near = key_of_flag(what, known);
    if (near.empty()) near = suggest_edge(what, names);
    sink.error(
            "unknown-word", {},
            "'" + what + "' is no key, recipe, dep, target, package, edge or file of this request")
        .with_help(near.empty() ? "`mlpgen log` lists the edges, `ninja help` the targets, `mlpgen "
                                  "find` the recipes"
                                : near);
    return nullptr;
  }
  std::string name = one_name(what, names, sink);
  for (const Edge& e : a.plan.edges)
    if (e.name == name) return &e;
  return nullptr;
}

void print(const Answer& answer, const std::string& text, bool json) {
  if (json)
    std::cout << answer.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  else
    std::cout << text;
}

bool is_edge_name(const Asked& a, const std::string& what) {
  return std::any_of(a.plan.edges.begin(), a.plan.edges.end(),
                     [&](const Edge& e) { return e.name == what; });
}

void answer(const Asked& a, const std::string& what, Sink& sink) {
  bool json = a.session.json;
  struct Kind {
    Answer (*ask)(const Asked&, const std::string&);
    std::string (*text)(const Answer&);
  };
  std::vector<Kind> kinds = {{explain_key, key_text},
                             {explain_recipe, recipe_text},
                             {explain_target, target_text},
                             {explain_choices, choices_text},
                             {explain_folder, folder_text}};
  if (!is_edge_name(a, what) && artifact_at(what).empty()) {  // a part of a name is an edge's last
    kinds.push_back({explain_package, package_text});
    kinds.push_back({explain_dep, dep_text});
  }
  for (const Kind& k : kinds)
    if (Answer found = k.ask(a, what); !found.is_null()) return print(found, k.text(found), json);
  if (const Edge* e = edge_of(a, what, sink)) {
    Answer edge = explain_edge(a, *e);
    print(edge, edge_text(edge), json);
  }
}

}  // namespace

static int run_explain(const CommandLine& line) {
  Session s(line);
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "explain what?")
        .with_help(
            "name a key, a --FLAG, a recipe, a dep, a target, a package, an edge or a file under "
            "out/; or `choices`");
    return s.finish_usage();
  }
  std::vector<std::string> request(line.words.begin() + 1, line.words.end());
  if (std::optional<RequestPlan> made = s.plan_of(request))
    answer({s, made->resolution, made->planned.plan, made->planned.wants}, line.words.front(),
           s.sink);
  return s.finish();
}

CommandEntry explain_entry() {
  return {
      "explain",
      "WHAT [REQUEST]",
      "Show where a key was set, which recipes ask for a recipe, why a dep is on or off, why a "
      "version, what must run again",
      R"(WHAT is a key or a --FLAG; a recipe's id; a target; `choices`; a dep, as "RECIPE -> DEP" or
DEP alone (its name, its tags, or the recipe that it calls); a package of a lock; an edge's name
(or a part of it that only one has), an identity, or a file under out/. Without a request: that
of this run directory.

Examples:
  mlpgen explain CM_MLPERF_MODEL
  mlpgen explain --model --preset=demo
  mlpgen explain choices --model=retinanet
  mlpgen explain "app-mlperf-inference -> mlperf-accuracy"
  mlpgen explain numpy
  mlpgen explain performance
  mlpgen explain results)",
      {kDirectoryOption, kLockFileOption, kTrustOption, kFormatOption, kHelpOption},
      true,
      run_explain};
}

}  // namespace mlpgen
