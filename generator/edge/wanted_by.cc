// From an artifact up through the inputs of other steps.
#include "edge/wanted_by.h"

#include <map>
#include <set>
#include <vector>

#include "step/plan_file.h"
#include "text/text.h"

namespace mlpgen {
namespace {

struct User {
  std::string name, directory;
};

// Who reads from each artifact; the plan is read once, when something has failed.
std::multimap<std::string, User> users_of(std::string_view plan) {
  std::multimap<std::string, User> users;
  for (const std::string& line : split(plan, '\n')) {
    Result<Step> step = parse_step(line);
    if (!step) continue;
    std::set<std::string> read;
    for (const StepInput& input : step->inputs)
      if (std::string artifact = artifact_of(input.path); !artifact.empty()) read.insert(artifact);
    for (const std::string& artifact : read)
      users.insert({artifact, {step->name, step->directory}});
  }
  return users;
}

}  // namespace

std::string wanted_by(const Step& step) {
  Result<PlanFile> plan = PlanFile::open(".mlpgen/plan");
  if (!plan) return "";
  std::multimap<std::string, User> users = users_of(plan->text());
  std::string first, last, at = step.directory;
  std::set<std::string> seen = {at};
  for (auto user = users.find(at); user != users.end(); user = users.find(at)) {
    if (!seen.insert(user->second.directory).second) break;
    if (first.empty()) first = user->second.name;
    last = user->second.name;
    at = user->second.directory;
  }
  return first == last ? first : first + ", for " + last;
}

}  // namespace mlpgen
