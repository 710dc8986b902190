// One step of one instance to edges.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "plan/planner.h"

namespace mlpgen {

class StepPlanner {
 public:
  StepPlanner(Library& library, const Lock& lock, SourceDigests& digests,
              const PlanSettings& settings, Planned& out, Sink& sink)
      : library_(library),
        lock_(lock),
        digests_(digests),
        settings_(settings),
        out_(out),
        sink_(sink) {}

  void plan(const Instance& instance, const ResolvedStep& step);
  // Once the instance's steps are planned. Reports unknown-output.
  void check_exports(const Instance& instance);
  // The edges of an instance's step, also when an equal step of another instance made them.
  const std::vector<EdgeId>& edges_of(const Instance& instance, const ResolvedStep& step) {
    return out_.edges(instance, step);
  }

 private:
  struct Scope {
    const Instance& instance;
    const ResolvedStep& step;
    const StepRule& rule;
    std::map<std::string, ResolvedParam> params;
    const LockEntry* lock = nullptr;
    int shard = StepOutput::kNoShard;
    std::map<std::string, std::vector<Template>>
        earlier;              // "edge.output" of this step's earlier edges
    Template item, item_key;  // of a foreach
    std::string item_text;
    bool in_item = false;

    // As StepOutput has it.
    std::string name() const { return instance.recipe->id.value + "/" + step.step->id.value; }
    StepOutput output(std::string_view output) const {
      return {instance.id, name(), output, shard};
    }
  };
  struct Settled {
    std::string real, identity;
  };

  bool bind_params(Scope& scope);
  ResolvedParam with_files(const Scope& scope, const ResolvedParam& globs);
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
  std::vector<Template> template_words(Scope& scope, const TemplateText& text);
  std::vector<Template> argv_words(Scope& scope, const RuleEdge& rule_edge);
  std::vector<Template> tool_words(Scope& scope, const RuleEdge& rule_edge);
  std::optional<Value> lookup(Scope& scope, const std::string& name);
  std::optional<Value> known_to_plan(Scope& scope, const std::string& name);
  std::vector<Template> items_of(Scope& scope, const ResolvedParam& param);
  std::optional<std::string> digest_of(const Scope& scope, const std::string& path);
  Settled settle(const Scope& scope, const Template& text, Edge& edge);
  void settle_source(const Scope& scope, const SourceFile& file, Edge& edge, Settled& out);
  void settle_edge(const EdgeOutput& output, Edge& edge, Settled& out);
  void settle_step(const Scope& scope, const StepOutput& output, Edge& edge, Settled& out);
  std::string edge_name(const Scope& scope, const RuleEdge& rule_edge) const;

  Library& library_;
  const Lock& lock_;
  SourceDigests& digests_;
  const PlanSettings& settings_;
  Planned& out_;
  Sink& sink_;
  std::map<StepOutput, std::vector<EdgeOutput>> outputs_;
  std::map<std::string, EdgeId> by_identity_;
  std::map<std::string, EdgeId> links_;
  std::set<std::pair<InstanceId, Interned>>
      unlocked_;  // RECIPE/STEP without a lock entry, so without edges
};

}  // namespace mlpgen
