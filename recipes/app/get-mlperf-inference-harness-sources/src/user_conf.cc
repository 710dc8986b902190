// A user.conf -> what LoadGen would pass over or misread in it.
#include "user_conf.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

#include "failure.h"

namespace mlpgen {
namespace {

// A key that LoadGen reads from user.conf, whether its value is a whole number, and the scenarios
// for which it is read (empty: all).
struct KnownKey {
  std::string_view name;
  bool whole;
  std::string_view scenarios;
};

constexpr KnownKey kKeys[] = {
    {"target_qps", false, "Server Offline"},
    {"target_latency", false, "SingleStream MultiStream Server"},
    {"target_latency_percentile", false, "SingleStream MultiStream Server"},
    {"samples_per_query", true, "MultiStream"},
    {"coalesce_queries", true, "Server"},
    {"max_async_queries", true, "Server"},
    {"ttft_latency", true, "Server"},
    {"tpot_latency", true, "Server"},
    {"use_token_latencies", true, ""},
    {"infer_token_latencies", true, ""},
    {"token_latency_scaling_factor", true, ""},
    {"min_duration", true, ""},
    {"max_duration", true, ""},
    {"min_query_count", true, ""},
    {"max_query_count", true, ""},
    {"performance_sample_count_override", true, ""},
    {"accuracy_sample_count_override", true, ""},
    {"sample_concatenate_permutation", true, ""},
    {"performance_issue_unique", true, ""},
    {"performance_issue_same", true, ""},
    {"performance_issue_same_index", true, ""},
    {"print_timestamps", true, ""},
    {"accuracy_log_rng_seed", true, ""},
    {"accuracy_log_sampling_target", true, ""},
};

constexpr std::string_view kScenarios[] = {"SingleStream", "MultiStream", "Server", "Offline", "*"};

std::string quoted(std::string_view text) { return std::string("'").append(text).append("'"); }

std::vector<std::string> split(std::string_view line) {
  std::istringstream in{std::string(line)};
  return {std::istream_iterator<std::string>(in), {}};
}

const KnownKey* find_key(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kKeys), std::end(kKeys), [&](auto& key) { return key.name == name; });
  return found == std::end(kKeys) ? nullptr : found;
}

// What is wrong with a value; empty if LoadGen reads the number that is written.
std::string check_value(const std::string& value, bool whole) {
  const bool digits =
      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (whole) {
    if (!digits) return quoted(value) + " is not a whole number";
    // A leading 0 makes LoadGen read the number to the base 8.
    if (value.size() > 1 && value[0] == '0') return quoted(value) + " begins with 0";
    if (value.size() > 19) return quoted(value) + " is too large";
    return "";
  }
  char* end = nullptr;
  const double number = std::strtod(value.c_str(), &end);
  const bool plain = value.find_first_not_of("0123456789.eE+-") == std::string::npos;
  if (*end != '\0' || !plain) return quoted(value) + " is not a number";
  if (!std::isfinite(number) || number < 0) return quoted(value) + " is out of range";
  return "";
}

// The three parts of `model.scenario.key`; a model's name may hold dots.
struct Name {
  std::string model, scenario, key;
};

std::optional<Name> split_name(const std::string& name) {
  const size_t last = name.rfind('.');
  const size_t middle = last == std::string::npos || last == 0 ? last : name.rfind('.', last - 1);
  if (last == std::string::npos || middle == std::string::npos || middle == 0 || last == 0)
    return std::nullopt;
  return Name{name.substr(0, middle), name.substr(middle + 1, last - middle - 1),
              name.substr(last + 1)};
}

// One line's tokens -> its problem, or an empty message.
ConfProblem check_key(const Name& name) {
  if (std::find(std::begin(kScenarios), std::end(kScenarios), name.scenario) ==
      std::end(kScenarios))
    return {0, "LoadGen knows no scenario " + quoted(name.scenario),
            "write Offline, Server, SingleStream, MultiStream or *"};
  if (name.key == "mode") return {0, "the mode is not taken from user.conf", "give --mode"};
  if (name.key == "qsl_rng_seed" || name.key == "sample_index_rng_seed" ||
      name.key == "schedule_rng_seed")
    return {0, "LoadGen reads no seeds from user.conf", "give --seeds"};
  const KnownKey* key = find_key(name.key);
  if (!key)
    return {0, "LoadGen reads no key " + quoted(name.key) + " from user.conf",
            "look for a spelling mistake or take the line out"};
  if (name.scenario != "*" && !key->scenarios.empty() &&
      key->scenarios.find(name.scenario) == std::string_view::npos)
    return {0, "LoadGen does not read " + name.key + " for " + name.scenario,
            "it is read for " + std::string(key->scenarios)};
  return {};
}

ConfProblem check_line(const std::vector<std::string>& tokens, std::optional<Name>& name) {
  const std::string form = "write `model.scenario.key = value` with blanks around =";
  if (tokens.size() < 3 || tokens[1] != "=")
    return {0, quoted(tokens[0]) + " is not followed by ` = value`", form};
  if (tokens.size() > 3)
    return {0, "there is more than one value",
            "write a comment on a line of its own, beginning with `# `"};
  name = split_name(tokens[0]);
  if (!name) return {0, quoted(tokens[0]) + " has not the form model.scenario.key", form};
  if (ConfProblem problem = check_key(*name); !problem.message.empty()) return problem;
  // Server's target_latency is kept in whole milliseconds, the others' is not.
  const bool whole =
      find_key(name->key)->whole || (name->key == "target_latency" && name->scenario == "Server");
  return {0, check_value(tokens[2], whole), ""};
}

}  // namespace

std::vector<ConfProblem> check_user_conf(std::string_view text, std::string_view model) {
  std::vector<ConfProblem> problems;
  std::string other;  // a model named in the file that is not ours
  bool ours = false;
  std::istringstream in{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::vector<std::string> tokens = split(line);
    if (tokens.empty() || tokens[0] == "#") continue;
    std::optional<Name> name;
    if (tokens[0][0] == '#') {
      problems.push_back(
          {number, "LoadGen takes " + quoted(tokens[0]) + " for a key", "put a blank after #"});
      continue;
    }
    ConfProblem problem = check_line(tokens, name);
    problem.line = number;
    if (!problem.message.empty()) problems.push_back(problem);
    if (!name) continue;
    if (name->model == "*" || name->model == model)
      ours = true;
    else
      other = name->model;
  }
  if (!ours && !other.empty())
    problems.push_back({0, "it has lines for " + quoted(other) + " and none for " + quoted(model),
                        "the model's name is the one given with --model-name"});
  return problems;
}

std::vector<ConfSetting> settings_of_run(std::string_view text, std::string_view model,
                                         std::string_view scenario) {
  // In LoadGen's order: the first that has the key counts.
  const std::pair<std::string_view, std::string_view> order[] = {
      {model, scenario}, {"*", scenario}, {model, "*"}, {"*", "*"}};
  std::vector<ConfSetting> settings;
  for (const auto& [of_model, of_scenario] : order) {
    const size_t known = settings.size();  // of an entry that says more
    std::istringstream in{std::string(text)};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
      const std::vector<std::string> tokens = split(line);
      const std::optional<Name> name = tokens.size() < 3 ? std::nullopt : split_name(tokens[0]);
      if (!name || name->model != of_model || name->scenario != of_scenario) continue;
      auto at = std::find_if(settings.begin(), settings.end(),
                             [&](const ConfSetting& s) { return s.key == name->key; });
      if (at == settings.end())
        settings.push_back({name->key, tokens[2], number});
      else if (static_cast<size_t>(at - settings.begin()) >= known)
        *at = {name->key, tokens[2], number};
    }
  }
  return settings;
}

void require_user_conf(const std::string& path, std::string_view model) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure("cannot open user.conf " + path, "look at --user-conf");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::string message;
  for (const ConfProblem& problem : check_user_conf(text, model)) {
    if (!message.empty()) message += "\n       ";
    message += path + (problem.line ? ":" + std::to_string(problem.line) : "") + ": " +
               problem.message + (problem.help.empty() ? "" : "; " + problem.help);
  }
  if (!message.empty()) throw Failure(message, "LoadGen would pass over these without a word");
}

void require_audit_mode(const std::string& path, std::string_view scenario, bool accuracy) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure("cannot open the audit file " + path, "look at --audit-config");
  const std::string wanted = accuracy ? "1" : "2";  // LoadGen's TestMode
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const std::vector<std::string> tokens = split(line);
    const std::optional<Name> name = tokens.size() < 3 ? std::nullopt : split_name(tokens[0]);
    const bool sets =
        name && name->key == "mode" && (name->scenario == "*" || name->scenario == scenario);
    if (!sets || tokens[2] == wanted) continue;
    throw Failure(path + ":" + std::to_string(number) + ": `" + tokens[0] + " = " + tokens[2] +
                      "` turns the run that --mode asks for into another one",
                  accuracy ? "give --mode performance: this test is a performance run"
                           : "give --mode accuracy, or take the line out");
  }
}

}  // namespace mlpgen
