// mlpgen rerun: counts one more attempt for the measurements of a target or an edge; earlier ones
// keep their directories.
#include "command/request/rerun.h"

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>

#include "command/options.h"
#include "command/request/edges.h"
#include "command/run_directory/attempts.h"
#include "command/run_directory/state_lock.h"
#include "file/file.h"
#include "recipe/condition.h"
#include "text/closest.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using RerunJson = nlohmann::ordered_json;

using EdgeSet = std::set<EdgeId>;

EdgeSet measurements(const Plan& plan, const EdgeSet& of) {
  EdgeSet measured;
  for (EdgeId id : of)
    if (plan.at(id).mode == "measure") measured.insert(id);
  return measured;
}

// The target's own measurements; where it has none, those that it needs.
EdgeSet of_target(const Plan& plan, const PlanTarget& t) {
  EdgeSet own(t.edges.begin(), t.edges.end());
  if (EdgeSet measured = measurements(plan, own); !measured.empty()) return measured;
  return measurements(plan, with_needs(plan, t.edges));
}

EdgeSet asked_edges(const Plan& plan, const std::string& word, Sink& sink) {
  for (const PlanTarget& t : plan.targets)
    if (t.name == word) return of_target(plan, t);
  std::vector<std::string> names, targets;
  for (const Edge& e : plan.edges) names.push_back(e.name);
  for (const PlanTarget& t : plan.targets) targets.push_back(t.name);
  if (std::string near = did_you_mean(word, targets);
      !near.empty() && names_that_hold(word, names).empty()) {
    sink.error("unknown-edge", {}, "there is no target and no edge '" + word + "'").with_help(near);
    return {};
  }
  std::string name = one_name(word, names, sink);
  for (size_t i = 0; i < plan.edges.size(); ++i)
    if (plan.edges[i].name == name) return measurements(plan, {static_cast<EdgeId>(i)});
  return {};
}

void say(const Plan& plan, const EdgeSet& again, const std::map<std::string, int>& attempts,
         bool json) {
  RerunJson j = {{"format", 1}, {"attempts", RerunJson::array()}};
  for (EdgeId id : again) {
    const Edge& e = plan.at(id);
    int attempt = attempts.at(e.attempt_key);
    j["attempts"].push_back({{"edge", e.name}, {"attempt", attempt}, {"earlier", e.directory}});
    if (!json)
      std::cout << e.name << ": attempt " << attempt << "; the earlier one stays in " << e.directory
                << "\n";
  }
  EdgeSet after = again;
  for (size_t i = 0; i < plan.edges.size(); ++i)  // what an edge needs stands before it
    for (EdgeId n : plan.edges[i].needs)
      if (after.count(n)) after.insert(static_cast<EdgeId>(i));
  std::vector<std::string> names;
  for (EdgeId id : after)
    if (!again.count(id)) names.push_back(plan.at(id).name);
  j["after"] = names;
  if (json)
    std::cout << j.dump(2, ' ', false, RerunJson::error_handler_t::replace) << "\n";
  else if (!names.empty())
    std::cout << "after it also: " << join(names, ", ") << "\n";
}

// The attempts by their keys; nothing after an error.
std::optional<std::map<std::string, int>> count_attempts(Session& s, const Plan& plan,
                                                         const EdgeSet& again) {
  std::map<std::string, int> attempts = read_attempts(s.sink);
  if (!s.sink.ok()) return std::nullopt;
  for (EdgeId id : again) ++attempts[plan.at(id).attempt_key];
  if (Result<bool> written = write_attempts(attempts); !written) {
    s.sink.error("unwritable-directory", {}, written.error().message)
        .with_help(written.error().help);
    return std::nullopt;
  }
  return attempts;
}

}  // namespace

int configure_again(const CommandLine& line) {
  CommandLine again{find_command("configure"), {}, {{"--again", ""}}};
  for (const auto& [name, value] : line.options)
    if (name == "--format" || name == "--trust") again.options.emplace_back(name, value);
  return again.entry->run(again);
}

bool asks_rerun(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& w) {
    return w == "--rerun" || (w.starts_with("--rerun=") && is_true_word(w.substr(8)));
  });
}

bool measure_again(Session& s, const Plan& plan) {
  EdgeSet again;
  for (const PlanTarget& t : plan.targets)
    if (t.is_default)
      for (EdgeId id : of_target(plan, t))
        if (exists(plan.at(id).directory + "/.done")) again.insert(id);
  if (again.empty()) return false;
  std::optional<std::map<std::string, int>> attempts = count_attempts(s, plan, again);
  if (attempts && !s.json && !s.quiet) say(plan, again, *attempts, false);
  return attempts.has_value();
}

static int run_rerun(const CommandLine& line) {
  Session s(line);
  if (!s.open_configured()) return s.finish();
  LockFile alone = lock_state();
  if (line.words.empty()) {
    s.sink.error("missing-word", {}, "run which target again?")
        .with_help("name a target or an edge; `mlpgen log` lists the edges");
    return s.finish_usage();
  }
  if (!s.open({})) return s.finish();
  std::optional<Resolution> resolution = s.resolve_request();
  if (!resolution) return s.finish();
  std::optional<Planned> planned = s.plan(*resolution, true);
  if (!planned) return s.finish();
  EdgeSet again = asked_edges(planned->plan, line.words.front(), s.sink);
  if (again.empty() && s.sink.ok())
    s.sink
        .error("nothing-measured", {},
               "'" + line.words.front() + "' measures nothing, so there is nothing to run again")
        .with_help("other work runs again when its inputs change");
  if (!s.sink.ok()) return s.finish();
  if (auto attempts = count_attempts(s, planned->plan, again))
    say(planned->plan, again, *attempts, s.json);
  int code = s.finish();
  alone = LockFile();  // configure takes it itself
  return code == kDone ? configure_again(line) : code;
}

CommandEntry rerun_entry() {
  return {
      "rerun",
      "TARGET|EDGE",
      "Ask for one more attempt of measurements",
      R"(Only measurements are run again; other work runs again when its inputs change. The earlier
attempt keeps its directory.)",
      {kDirectoryOption, kTrustOption, kFormatOption, kHelpOption},
      false,
      run_rerun};
}

}  // namespace mlpgen
