// recipes/ran.json: which steps of which recipes the tests ran, and so the state of each recipe.
//
// tests/docs/write makes the file from what the suites left behind, and fails where the two differ.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "recipe/recipe.h"

namespace mlpgen {

struct StepRun {
  std::vector<std::string> suites;  // of tests/run
  bool stand_in = false;  // it fetched, and in every suite other bytes stood in for the real ones
};

struct Ran {
  std::map<std::string, std::map<std::string, StepRun>> steps;  // by recipe, by the step's id
  std::map<std::string, std::vector<std::string>> rules;  // rule -> suites that ran an edge of it

  const StepRun* find(const std::string& recipe, const std::string& step) const;
};

// {"format": 1, "rules": {RULE: [SUITE]}, "steps": {RECIPE: {STEP: {SUITE: "real" | "stand-in"}}}}
Result<Ran> parse_ran(std::string_view json);

enum class State {
  kReal,        // a test ran each of its steps here
  kShaped,      // steps, URLs and digests come from the record; not every step could be run here
  kMissing,     // choosing it is an error with the reason
  kProbe,       // looks for something on this machine; has no steps
  kDispatcher,  // chooses among others, or tells what others install; has no steps
};
const char* to_word(State state);

struct RecipeState {
  State state = State::kDispatcher;
  size_t steps = 0;      // all but those that only refuse
  size_t ran = 0;        // with the real bytes, where the step fetches
  size_t stand_ins = 0;  // ran as well, but on stand-ins for what it fetches
  bool refuses = false;  // it has steps that only say why something cannot be had
  std::set<std::string> suites;
  std::string reason;  // of kMissing
};
RecipeState state_of(const Recipe& recipe, const Ran& ran);

// "real (3 steps, in e2e)", "shaped (2 of 5 steps ran, 1 on stand-ins, in e2e, fetch)", "missing:
// ...", "probe".
std::string sentence(const RecipeState& state);
// "" | "e2e" | "fetch, on a stand-in": where one step ran.
std::string sentence(const StepRun* run);

inline constexpr std::string_view kRefuseRule =
    "refuse";  // its steps only say why something cannot be had

}  // namespace mlpgen
