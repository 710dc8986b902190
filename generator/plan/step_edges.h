// One step of one instance to edges.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "plan/planner.h"

namespace mlpgen {

// Where the outputs of a planned step are: by (instance, step, shard, output name).
struct OutputPlace {
  EdgeId edge{};
  std::string path;  // below the edge's directory
};
using OutputKey = std::tuple<std::string, std::string, std::string, std::string>;  // instance, step, shard, output
using OutputTable = std::map<OutputKey, std::vector<OutputPlace>>;

class StepPlanner {
 public:
  StepPlanner(Library& library, const Lock& lock, SourceDigests& digests, const PlanSettings& settings, Planned& out, Sink& sink)
      : library_(library), lock_(lock), digests_(digests), settings_(settings), out_(out), sink_(sink) {}

  void plan(const Instance& instance, const ResolvedStep& step);
  // The edges of an instance's step, also when an equal step of another instance made them.
  const std::vector<EdgeId>& edges_of(const Instance& instance, const ResolvedStep& step) { return out_.edges(instance, step); }

 private:
  struct Scope {
    const Instance& instance;
    const ResolvedStep& step;
    const StepRule& rule;
    std::map<std::string, ResolvedParam> params;
    const LockEntry* lock = nullptr;
    std::string shard;                                       // "" or the number
    std::map<std::string, std::vector<OutputPlace>> earlier;  // "edge.output" of this step's earlier edges
    std::string item, item_key, item_text;                    // of a foreach
    bool in_item = false;
  };
  struct Expanded {
    std::string real, identity;
  };

  bool bind_params(Scope& scope);
  bool bind_lock(Scope& scope);
  bool bind_commit(Scope& scope);
  bool bind_local(Scope& scope);
  bool bind_checkout(Scope& scope);
  bool bind_file(Scope& scope, const LockWant& want);
  bool take_digest(Scope& scope, const LockWant& want);
  void plan_shard(Scope scope);
  void plan_edge(Scope& scope, const RuleEdge& rule_edge);
  void name_own_copy(const Scope& scope);
  void number_attempt(Edge& edge) const;
  EdgeId add_edge(Edge edge, const std::string& identity);
  std::vector<std::string> template_words(Scope& scope, const Text& text);
  std::vector<std::string> argv_words(Scope& scope, const RuleEdge& rule_edge);
  std::optional<Value> lookup(Scope& scope, const std::string& name);
  std::optional<std::string> digest_of(const Scope& scope, const std::string& path);
  Expanded settle(Scope& scope, const std::string& text, Edge& edge);
  void add_input(Edge& edge, const OutputPlace& place);
  std::string edge_name(const Scope& scope, const RuleEdge& rule_edge) const;

  Library& library_;
  const Lock& lock_;
  SourceDigests& digests_;
  const PlanSettings& settings_;
  Planned& out_;
  Sink& sink_;
  OutputTable outputs_;
  std::map<std::string, EdgeId> by_identity_;
  std::map<std::string, int> names_;
  std::map<std::string, EdgeId> links_;
  std::set<std::pair<std::string, std::string>> unlocked_;  // instance, step: without a lock entry, so without edges
};

}  // namespace mlpgen
