// A rule applied to a step: its edges with their commands, identities and outputs.
#include "plan/step_edges.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "file/digest.h"
#include "recipe/load/place_name.h"
#include "resolve/frame/check_step.h"
#include "resolve/frame/step.h"
#include "text/text.h"

namespace mlpgen {
namespace {

// "a/b" of "./a//b": Ninja takes both for one file.
std::string one_spelling(const std::string& path) {
  return std::filesystem::path(path).lexically_normal();
}

// Where the recipe, or one of its active variations, exports the key.
Span export_span(const Instance& instance, const std::string& key) {
  Span at = instance.recipe->id.span;
  if (const EnvEntry* e = find_entry(instance.recipe->exports, key)) at = e->key.span;
  for (const std::string& name : instance.variations)
    if (const Variation* v = instance.recipe->find_variation(name))
      if (const EnvEntry* e = find_entry(v->exports, key)) at = e->key.span;
  return at;
}

}  // namespace

void StepPlanner::plan(const Instance& instance, const ResolvedStep& step) {
  const StepRule* rule = rule_of(step, library_);
  if (!rule) return;
  Scope scope{instance, step, *rule, {}, nullptr, StepOutput::kNoShard, {}, {}, {}, "", false};
  size_t errors = sink_.errors();
  if (const StepRule* written = step.step->links.empty() ? nullptr : library_.rule(step.step->rule))
    check_links(*written, *step.step, sink_);
  check_own_copy(*step.step, library_, sink_);
  if (!bind_params(scope) || sink_.errors() != errors || !bind_lock(scope)) return;
  if (step.shards == 0) {
    plan_shard(scope);
    return name_own_copy(scope);
  }
  for (int i = 0; i < step.shards; ++i) {
    Scope one = scope;
    one.shard = i;
    plan_shard(std::move(one));
  }
}

void StepPlanner::plan_shard(Scope scope) {
  for (const RuleEdge& e : scope.rule.edges) {
    if (e.foreach_param.value.empty()) {
      plan_edge(scope, e);
      continue;
    }
    const ResolvedParam& each = scope.params.at(e.foreach_param.value);
    scope.in_item = true;
    for (size_t i = 0; i < each.items.size(); ++i) {
      scope.item = each.items[i];
      scope.item_key = i < each.keys.size() ? each.keys[i] : Template();
      Edge ignored;
      scope.item_text = settle(scope, scope.item, ignored).real;
      plan_edge(scope, e);
    }
    scope.in_item = false;
  }
}

// What others call `${file.file}` is the copy, where a person's own one takes the place of that
// step.
void StepPlanner::name_own_copy(const Scope& s) {
  const RecipeStep& written = *s.step.step;
  if (s.step.rule.value == written.rule.value) return;
  const StepRule* rule = library_.rule(written.rule);
  auto copy = outputs_.find(s.output(kCopyOutput));
  if (!rule || copy == outputs_.end()) return;
  for (const RuleEdge& e : rule->edges)
    for (const auto& [name, path] : e.outputs) outputs_.emplace(s.output(name.value), copy->second);
}

std::string StepPlanner::edge_name(const Scope& s, const RuleEdge& e) const {
  std::string name = s.name();
  if (s.rule.edges.size() > 1) name += "/" + e.id.value;
  if (s.in_item) name += "." + std::filesystem::path(s.item_text).stem().string();
  if (s.shard != StepOutput::kNoShard) name += "." + std::to_string(s.shard);
  return name;
}

EdgeId StepPlanner::add_edge(Edge edge, const std::string& identity) {
  if (auto it = by_identity_.find(identity); it != by_identity_.end()) return it->second;
  auto id = static_cast<EdgeId>(out_.plan.edges.size());
  out_.plan.edges.push_back(std::move(edge));
  return by_identity_[identity] = id;
}

// Reruns are counted for exactly this measurement, so a changed flag begins anew and going back
// finds its count.
void StepPlanner::number_attempt(Edge& edge) const {
  edge.attempt_key = edge.name + "@" + edge.identity.substr(0, 12);
  auto attempt = settings_.attempts.find(edge.attempt_key);
  if (attempt == settings_.attempts.end() || attempt->second == 0) return;
  std::string number = std::to_string(attempt->second);
  edge.identity = sha256(edge.identity + " attempt " + number);
  edge.parts.emplace_back("attempt", number);
}

void StepPlanner::plan_edge(Scope& s, const RuleEdge& e) {
  Edge edge;
  edge.name = edge_name(s, e);
  edge.about = e.about.empty() ? s.rule.about : e.about;
  edge.mode = s.rule.mode;
  edge.rule = s.rule.name.value;
  edge.kind = s.rule.kind;
  edge.target = s.step.target;
  edge.step = s.step.step->span;
  Sha256 identity;
  identity.field("mlpgen identity 1");
  auto add = [&](const char* what, std::string text) {
    identity.field(text);
    edge.parts.emplace_back(what, std::move(text));
  };
  add("rule", s.rule.digest);
  add("edge", e.id.value);
  for (const Template& w : argv_words(s, e)) {
    Settled x = settle(s, w, edge);
    edge.argv.push_back(x.real);
    add("word", x.identity);
  }
  identity.field("env");
  for (const EnvEntry& entry : e.env) {
    std::vector<Template> words;
    for (const TemplateText& t : entry.values)
      for (Template& w : template_words(s, t)) words.push_back(std::move(w));
    Settled x = settle(s, joined(words, ":"), edge);
    edge.env.emplace_back(entry.key.value, x.real);
    add("env", entry.key.value + "=" + x.identity);
  }
  identity.field("after");
  for (const Text& t : e.after)
    for (const Template& item : s.params.at(t.value).items)
      identity.field(settle(s, item, edge).identity);
  for (const Key& k : s.instance.recipe->keys)
    if (k.type == KeyType::kSecret) edge.secrets.push_back(k.name.value);
  for (const Text& t : e.pass_env) edge.pass_env.push_back(t.value);
  identity.field("outputs");
  OutputPlaces places;
  for (const auto& [name, path] : e.outputs)
    places.push_back(settle(s, template_words(s, path).front(), edge).real);
  if (!check_outputs(s.rule, e, places, edge.step, sink_)) return;
  for (const std::optional<std::string>& where : places) {
    edge.outputs.push_back(*where);
    add("output", *where);
  }
  if (edge.mode == "measure") add("machine", settings_.machine);
  edge.identity = identity.hex();
  if (edge.mode == "measure") number_attempt(edge);
  edge.directory = "out/" + s.instance.recipe->id.value + "/" + edge.identity.substr(0, 12);
  for (size_t i = 0; i < s.step.links.size(); ++i)
    if (!check_place({s.step.links[i].first, s.step.step->links[i].first.span}, "a link", sink_))
      return;
  for (const auto& [name, output] : s.step.links) {
    if (output == "dir" && &e == &s.rule.edges.back()) edge.links.emplace_back(name, "");
    for (size_t i = 0; i < e.outputs.size(); ++i)
      if (e.outputs[i].first.value == output) edge.links.emplace_back(name, edge.outputs[i]);
  }
  auto links = edge.links;
  std::string key = edge.identity, target = edge.target;
  Span at = edge.step;
  std::vector<std::string> outputs(edge.outputs.begin(), edge.outputs.end());
  EdgeId id = add_edge(std::move(edge), key);
  if (out_.plan.edges[static_cast<uint32_t>(id)].target.empty())
    out_.plan.edges[static_cast<uint32_t>(id)].target = target;
  for (const auto& [name, to] : links) {
    auto [it, first] = links_.emplace(one_spelling(name), id);
    if (!first && it->second != id)
      report_same_link(name, at, out_.plan.at(it->second).step, sink_);
  }
  out_.edges_of[{s.instance.id, s.step.step->id.value}].push_back(id);
  for (size_t i = 0; i < outputs.size(); ++i) {
    EdgeOutput p{id, outputs[i]};
    s.earlier[e.id.value + "." + e.outputs[i].first.value].emplace_back(Part(p));
    outputs_[s.output(e.outputs[i].first.value)].push_back(p);
  }
  outputs_[s.output("")] = {{id, {}}};
}

// What no step of the request uses is looked at here: others read it as an answer.
void StepPlanner::check_exports(const Instance& instance) {
  for (const auto& [key, value] : instance.exports)
    for (const Template& item : value.items)
      for (const Part& part : item.parts()) {
        const auto* output = std::get_if<StepOutput>(&part);
        bool made = !output || output->instance != instance.id || outputs_.count(*output) != 0 ||
                    unlocked_.count({output->instance, output->step}) != 0;
        if (made) continue;
        sink_
            .error("unknown-output", export_span(instance, key),
                   "step " + output->step + " has no output '" + output->output + "'")
            .with_help("its rule lists its outputs");
      }
}

}  // namespace mlpgen
