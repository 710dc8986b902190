// What questions about a plan are asked of: the resolution, the plan, and what is there already.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "plan/planner.h"

namespace mlpgen {

// An instance's step that became an edge; equal steps of several instances are one edge.
struct StepUse {
  const Instance* instance = nullptr;
  const ResolvedStep* step = nullptr;
};

class Work {
 public:
  // `done`: of each edge whether its artifact is there.
  Work(const Resolution& resolution, const Planned& planned, std::vector<bool> done);

  const Resolution& resolution() const { return resolution_; }
  const Plan& plan() const { return planned_.plan; }
  const Planned& planned() const { return planned_; }
  size_t count() const { return plan().edges.size(); }
  const Edge& edge(size_t i) const { return plan().edges[i]; }
  bool done(size_t i) const { return done_[i]; }
  const std::vector<StepUse>& uses(size_t i) const { return uses_[i]; }

 private:
  const Resolution& resolution_;
  const Planned& planned_;
  std::vector<bool> done_;
  std::vector<std::vector<StepUse>> uses_;  // by edge
};

// A set of edges, by their numbers; numbers follow the order in which edges can run.
using EdgeBits = std::vector<bool>;

// What edges need (or, `up`, what needs them), themselves included; -1: at every depth. Needed is
// what an edge reads and what the phases of the deps put before it.
EdgeBits closure(const Plan& plan, EdgeBits of, bool up = false, int depth = -1);
// A shortest way from an edge of `from` down to one of `to`; empty where there is none.
EdgeBits some_path(const Plan& plan, const EdgeBits& from, const EdgeBits& to);

size_t count(const EdgeBits& edges);
std::string recipe_of(const Edge& edge);  // "get-data" of get-data/fetch

// "app", "app/step" -> edges: an edge, a target, a recipe used by the plan, a pattern with * or ?,
// the first digits of an identity (at least 6), or a part of a name that only one edge has. Reports
// unknown-word and ambiguous-edge at `at`.
EdgeBits edges_named(const Work& work, const std::string& word, Span at, Sink& sink);

// The text of a step's parameter as a person reads it; "" where it is not given.
std::string param_of(const ResolvedStep& step, const std::string& name);
std::vector<std::string> param_items(const ResolvedStep& step, const std::string& name);

}  // namespace mlpgen
