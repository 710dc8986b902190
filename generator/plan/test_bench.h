// A small project planned: what the tests of plan ask about.
#pragma once

#include "plan/planner.h"
#include "resolve/test_bench.h"

namespace mlpgen {

class PlanBench : public Bench {
 public:
  // A rule that every test may use: one edge, a command with a parameter, one output.
  PlanBench() {
    rule("note",
         "params:\n  word: {type: text, about: w, default: hello}\n  from: {type: list, about: f, "
         "default: []}\n"
         "edges:\n  - {id: note, argv: [note, '${word}', '${from}', '${out}/note'], outputs: "
         "{note: note}}");
    settings.tool = "/opt/mlpgen/mlpgen-tool";
    settings.machine = "cpu_model=A; cpu_count=4";
  }

  bool plan(const std::string& words) {
    planned.reset();
    if (!resolve(words)) return false;
    digests = std::make_unique<SourceDigests>("");
    planned = make_plan(*result, *library, lock, *digests, settings, *sink);
    return planned.has_value();
  }
  // The edges with that name, or whose name begins with it and a '.', '/' or ':'.
  std::vector<const Edge*> edges(const std::string& name) const {
    REQUIRE_MESSAGE(planned.has_value(), diagnostics());
    std::vector<const Edge*> found;
    for (const Edge& e : planned->plan.edges) {
      bool below = e.name.starts_with(name) && e.name.size() > name.size() &&
                   std::string(".:/").find(e.name[name.size()]) != std::string::npos;
      if (e.name == name || below) found.push_back(&e);
    }
    return found;
  }
  const Edge& edge(const std::string& name) const {
    std::vector<const Edge*> found = edges(name);
    REQUIRE_MESSAGE(found.size() == 1, name);
    return *found.front();
  }
  std::string identity(const std::string& words, const std::string& name = "app/s") {
    REQUIRE_MESSAGE(plan(words), diagnostics());
    return edge(name).identity;
  }
  std::string names() const {
    std::vector<std::string> all;
    for (const Edge& e : planned->plan.edges) all.push_back(e.name);
    return join(all, " ");
  }

  PlanSettings settings;
  Lock lock;
  std::unique_ptr<SourceDigests> digests;
  std::optional<Planned> planned;
};

}  // namespace mlpgen
