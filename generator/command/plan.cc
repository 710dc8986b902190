// mlpgen plan: what a target takes before anything runs.
#include <iostream>

#include "command/options.h"
#include "command/request/session.h"
#include "command/run_directory/plan_state.h"
#include "query/plan_answer.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr const char* kUsualTarget = "submission";
constexpr const char* kAll = "all";  // of a request without targets

const PlanTarget* find_target(const Plan& plan, const std::string& name) {
  for (const PlanTarget& t : plan.targets)
    if (t.name == name) return &t;
  return nullptr;
}

// What plain `ninja` builds: the default targets, or all edges where there are none.
std::string usual_target(const Plan& plan, EdgeBits& edges) {
  std::vector<std::string> names;
  for (const PlanTarget& t : plan.targets) {
    if (!t.is_default) continue;
    names.push_back(t.name);
    for (EdgeId id : t.edges) edges[static_cast<uint32_t>(id)] = true;
  }
  if (names.empty()) edges.flip();
  return names.empty() ? kAll : join(names, ", ");
}

std::optional<PlanAnswer> answer_to(const Session& s, const Work& work, std::string target,
                                    Sink& sink) {
  EdgeBits edges(work.count());
  if (target.empty() && find_target(work.plan(), kUsualTarget)) target = kUsualTarget;
  const PlanTarget* named = find_target(work.plan(), target);
  if (target.empty())
    target = usual_target(work.plan(), edges);
  else
    edges = edges_named(work, target, {}, sink);
  if (!sink.ok()) return std::nullopt;
  PlanAnswer a =
      plan_answer(work, closure(work.plan(), edges), *s.library, s.lock, s.saved.mirrors);
  a.target = target;
  a.lock_command = s.lock_command();
  if (!named && target == kAll) a.about = work.resolution().instances.back().recipe->about;
  if (named) {
    a.about = named->about;
    a.nothing = named->nothing;
    a.not_yet = named->not_yet;
  }
  look_in_store(a.fetches);
  return a;
}

}  // namespace

static int run_plan(const CommandLine& line) {
  Session s(line);
  if (!s.open_recipes()) return s.finish();
  std::vector<std::string> request = line.words;
  std::string target;
  if (!request.empty() && names_target(request.front(), *s.library)) {
    target = request.front();
    request.erase(request.begin());
  }
  std::optional<RequestPlan> made = s.plan_of(request);
  if (!made) return s.finish();
  Work work(made->resolution, made->planned, done_edges(made->planned.plan));
  std::optional<PlanAnswer> answer = answer_to(s, work, target, s.sink);
  if (!answer) return s.finish();
  std::cout << (s.json ? plan_json(*answer).dump(2, ' ', false,
                                                 nlohmann::json::error_handler_t::replace) +
                             "\n"
                       : plan_text(*answer));
  return s.finish();
}

CommandEntry plan_entry() {
  return {
      "plan",
      "[TARGET] [REQUEST]",
      "Print the cost of a target before it runs: edges, bytes to fetch, disk space, least time, "
      "trust",
      R"(TARGET is a Ninja target, or an edge as `mlpgen query` names it; left out: submission, or
what plain `ninja` builds. Without a request: that of this run directory. A first word with
commas, or a recipe's id, begins the request.

Examples:
  mlpgen plan
  mlpgen plan performance --preset=demo
  mlpgen plan --model=retinanet --format=json
  mlpgen plan get,dataset,squad)",
      {kDirectoryOption, kLockFileOption, kTrustOption, kMirrorOption, kFormatOption, kHelpOption},
      true,
      run_plan};
}

}  // namespace mlpgen
