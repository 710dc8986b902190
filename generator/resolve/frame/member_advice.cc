// References with a '.' against what a recipe has.
#include "resolve/frame/member_advice.h"

#include <algorithm>

#include "host/host.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kFacts = "host";

std::string one_of(const std::string& word, const std::vector<std::string>& known,
                   const std::string& kind) {
  std::string near = did_you_mean(word, known);
  return !near.empty()   ? near
         : known.empty() ? "it has no " + kind
                         : kind + ": " + join(known, ", ");
}

}  // namespace

std::string unset_help(const std::string& key) {
  return "set it by a flag, a default_env, or an export of a dep; or write ${" + key +
         ":-text} for a value that may be missing";
}

MemberFault env_before_steps() {
  return {"an env is known before the steps are",
          "name the output of a step in a step's parameter or in `exports`"};
}

MemberFault member_fault(const Recipe& recipe, const std::string& reference) {
  size_t dot = reference.find('.');
  std::string first = reference.substr(0, dot), part = reference.substr(dot + 1);
  const std::vector<std::string>& facts = fact_names();
  if (first == kFacts) {
    if (std::find(facts.begin(), facts.end(), part) != facts.end()) return {};
    return {"configure knows no fact '" + part + "' of this machine", one_of(part, facts, "facts")};
  }
  std::vector<std::string> known;
  for (const Probe& p : recipe.probes) {
    known.push_back(p.id.value);
    if (first != p.id.value) continue;
    if (part == "version" || part == "path") return {};
    return {"probe '" + first + "' has no '" + part + "'", "a probe has a path and a version"};
  }
  for (const RecipeStep& s : recipe.steps) known.push_back(s.id.value);
  for (const Variation& v : recipe.variations)
    for (const RecipeStep& s : v.steps) known.push_back(s.id.value);
  if (std::find(known.begin(), known.end(), first) != known.end()) return {};
  return {recipe.id.value + " has no step or probe '" + first + "'",
          one_of(first, known, "steps and probes")};
}

}  // namespace mlpgen
