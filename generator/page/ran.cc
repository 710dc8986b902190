// What the tests ran, read; and what follows from it for a recipe.
#include "page/ran.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "page/parts.h"
#include "text/text.h"

namespace mlpgen {
namespace {

bool reads_host(const EnvMap& env) {
  return std::any_of(env.begin(), env.end(), [](const EnvEntry& e) {
    return std::any_of(e.values.begin(), e.values.end(), [](const TemplateText& t) {
      std::vector<std::string> names = names_in(t.parts);
      return std::any_of(names.begin(), names.end(),
                         [](const std::string& n) { return n.starts_with("host."); });
    });
  });
}

// The reason of a step that refuses whatever is chosen, or "".
std::string refusal(const Recipe& r) {
  for (const RecipeStep& s : r.steps) {
    if (s.rule.value != kRefuseRule || !s.when.empty()) continue;
    for (const Param& p : s.params)
      if (p.name.value == "reason" && !p.items.empty()) return p.items.front().value;
  }
  return "";
}

std::string suites_text(const std::set<std::string>& suites) {
  return suites.empty() ? "" : ", in " + join({suites.begin(), suites.end()}, ", ");
}

}  // namespace

const StepRun* Ran::find(const std::string& recipe, const std::string& step) const {
  auto of = steps.find(recipe);
  if (of == steps.end()) return nullptr;
  auto it = of->second.find(step);
  return it == of->second.end() ? nullptr : &it->second;
}

Result<Ran> parse_ran(std::string_view json) {
  auto j = nlohmann::json::parse(json, nullptr, false);
  try {
    if (j.is_object() && j.value("format", 0) == 1) {
      Ran ran;
      j.at("rules").get_to(ran.rules);
      for (const auto& [recipe, steps] : j.at("steps").items())
        for (const auto& [step, suites] : steps.items()) {
          StepRun& run = ran.steps[recipe][step];
          run.stand_in = true;
          for (const auto& [suite, bytes] : suites.get<std::map<std::string, std::string>>()) {
            run.suites.push_back(suite);
            run.stand_in = run.stand_in && bytes == "stand-in";
          }
        }
      return ran;
    }
  } catch (const nlohmann::json::exception&) {
  }
  return Error{"it is no record of what tests ran", "`tests/docs/write` writes it again"};
}

const char* to_word(State state) {
  constexpr const char* kWords[] = {"real", "shaped", "missing", "probe", "dispatcher"};
  return kWords[static_cast<size_t>(state)];
}

RecipeState state_of(const Recipe& r, const Ran& ran) {
  RecipeState s;
  for (const OwnedStep& owned : steps_of(r)) {
    const RecipeStep* step = owned.step;
    if (step->rule.value == kRefuseRule) {
      s.refuses = true;
      continue;
    }
    ++s.steps;
    const StepRun* run = ran.find(r.id.value, step->id.value);
    if (!run) continue;
    ++(run->stand_in ? s.stand_ins : s.ran);
    s.suites.insert(run->suites.begin(), run->suites.end());
  }
  s.reason = r.missing ? r.missing->value : refusal(r);
  if (r.missing || (s.steps == 0 && !s.reason.empty()))
    s.state = State::kMissing;
  else if (s.steps > 0)
    s.state = s.ran == s.steps ? State::kReal : State::kShaped;
  else
    s.state = !r.probes.empty() || reads_host(r.exports) ? State::kProbe : State::kDispatcher;
  return s;
}

std::string sentence(const RecipeState& s) {
  std::string word = to_word(s.state);
  if (s.state == State::kMissing) return word + ": " + s.reason;
  if (s.state == State::kReal)
    return word + " (" + counted(s.steps, "step") + suites_text(s.suites) + ")";
  if (s.state != State::kShaped) return word + (s.refuses ? " (refuses some choices)" : "");
  size_t all = s.ran + s.stand_ins;
  if (all == 0) return word + " (no step of " + std::to_string(s.steps) + " ran)";
  std::string on = s.stand_ins ? ", " + std::to_string(s.stand_ins) + " on stand-ins" : "";
  return word + " (" + std::to_string(all) + " of " + counted(s.steps, "step") + " ran" + on +
         suites_text(s.suites) + ")";
}

std::string sentence(const StepRun* run) {
  return run ? join(run->suites, ", ") + (run->stand_in ? ", on a stand-in" : "") : "";
}

}  // namespace mlpgen
