// A picture to JSON; docs/graph.md lists the keys.
#include <nlohmann/json.hpp>
#include <set>

#include "picture/picture.h"

namespace mlpgen {
namespace {

using Json = nlohmann::ordered_json;

Json setter_json(const Setter& s, const Sources& sources) {
  return {{"value", readable(s.value)},
          {"rank", to_word(s.rank)},
          {"set_by", s.who},
          {"place", sources.describe(s.span)}};
}

// Its value is in the environment of whoever runs the edge; here it is known by its name alone.
Json secret_json(const Key& key, const Sources& sources) {
  return {{"key", key.name.value}, {"secret", true}, {"place", sources.describe(key.name.span)}};
}

Json binding_json(const std::string& key, const Binding& b, const Sources& sources) {
  Json j = {{"key", key},
            {"value", readable(b.value)},
            {"rank", to_word(b.winner.rank)},
            {"set_by", b.winner.who},
            {"place", sources.describe(b.winner.span)}};
  if (b.beaten.empty()) return j;
  Json beat = Json::array();
  for (const Setter& s : b.beaten) beat.push_back(setter_json(s, sources));
  j["beat"] = std::move(beat);
  return j;
}

Json env_json(const Instance& i, const Sources& sources) {
  Json all = Json::array();
  std::set<std::string> secrets;
  for (const Key& k : i.recipe->keys)
    if (k.type == KeyType::kSecret) {
      secrets.insert(k.name.value);
      all.push_back(secret_json(k, sources));
    }
  for (const auto& [key, binding] : i.env)
    if (!secrets.count(key)) all.push_back(binding_json(key, binding, sources));
  return all;
}

Json dep_json(const ResolvedDep& d, const Sources& sources) {
  Json j = {{"tags", d.tags},
            {"phase", kPhaseWords[static_cast<int>(d.dep->phase)]},
            {"enabled", d.enabled},
            {"why", d.why},
            {"place", sources.describe(d.dep->span)}};
  Json handles = Json::array();
  for (const Text& n : d.dep->names) handles.push_back(n.value);
  j["handles"] = std::move(handles);
  if (!d.label.empty()) j["label"] = d.label;
  if (d.target != InstanceId::kNone) j["instance"] = static_cast<uint32_t>(d.target);
  return j;
}

Json steps_json(const Instance& i, const Picture& p, const Sources& sources) {
  Json all = Json::array();
  for (const ResolvedStep& s : i.steps) {
    Json edges = Json::array();
    for (EdgeId e : p.input.planned.edges(i, s)) edges.push_back(static_cast<uint32_t>(e));
    Json step = {{"id", s.step->id.value},
                 {"rule", s.rule.value},
                 {"place", sources.describe(s.step->span)},
                 {"edges", std::move(edges)}};
    all.push_back(std::move(step));
  }
  return all;
}

Json instance_json(const DrawnInstance& n, const Picture& p, const Sources& sources) {
  const Instance& i = *n.instance;
  Json j = {{"name", n.name},
            {"label", n.label},
            {"recipe", i.recipe->id.value},
            {"about", i.recipe->about},
            {"place", sources.describe(i.recipe->id.span)},
            {"stage", to_word(n.stage)},
            {"state", to_word(n.state)},
            {"helper", n.helper},
            {"version", i.version},
            {"targets", n.targets}};
  Json tags = Json::array(), variations = Json::array(), deps = Json::array(),
       exports = Json::object();
  for (const Text& t : i.recipe->tags) tags.push_back(t.value);
  for (size_t v = 0; v < i.variations.size(); ++v)
    variations.push_back({{"name", i.variations[v]},
                          {"because", i.because[v]},
                          {"place", sources.describe(i.chosen_at[v])}});
  for (const ResolvedDep& d : i.deps) deps.push_back(dep_json(d, sources));
  for (const auto& [key, value] : i.exports) exports[key] = readable(value);
  j["tags"] = std::move(tags);
  j["variations"] = std::move(variations);
  j["deps"] = std::move(deps);
  j["uses"] = n.uses;
  j["steps"] = steps_json(i, p, sources);
  j["env"] = env_json(i, sources);
  j["exports"] = std::move(exports);
  return j;
}

Json numbers(const std::vector<EdgeId>& edges) {
  Json all = Json::array();
  for (EdgeId e : edges) all.push_back(static_cast<uint32_t>(e));
  return all;
}

Json texts(const std::vector<Interned>& list) {
  Json all = Json::array();
  for (Interned t : list) all.push_back(t.text());
  return all;
}

Json edge_json(const Edge& e, RunState state, const Sources& sources) {
  Json inputs = Json::array(), env = Json::object(), links = Json::object();
  for (const EdgeInput& i : e.inputs) inputs.push_back(i.path.text());
  for (const auto& [key, value] : e.env) env[key.text()] = value.text();
  for (const auto& [name, output] : e.links) links[name.text()] = output.text();
  return {{"name", e.name},
          {"about", e.about.text()},
          {"rule", e.rule.text()},
          {"kind", e.kind.text()},
          {"mode", e.mode.text()},
          {"state", to_word(state)},
          {"directory", e.directory},
          {"identity", e.identity},
          {"place", sources.describe(e.step)},
          {"command", texts(e.argv)},
          {"env", std::move(env)},
          {"pass_env", texts(e.pass_env)},
          {"secrets", texts(e.secrets)},
          {"inputs", std::move(inputs)},
          {"outputs", texts(e.outputs)},
          {"links", std::move(links)},
          {"needs", numbers(e.needs)},
          {"after", numbers(e.after)}};
}

}  // namespace

Json to_json(const Picture& p) {
  const Plan& plan = p.input.planned.plan;
  const Sources& sources = p.input.sources;
  Json stages = Json::array(), instances = Json::array(), edges = Json::array(),
       targets = Json::array();
  for (size_t s = 0; s < kStages; ++s)
    stages.push_back(
        {{"stage", to_word(static_cast<Stage>(s))}, {"title", to_title(static_cast<Stage>(s))}});
  for (const DrawnInstance& n : p.nodes) instances.push_back(instance_json(n, p, sources));
  for (size_t n = 0; n < plan.edges.size(); ++n)
    edges.push_back(edge_json(plan.edges[n], p.edges[n], sources));
  for (const PlanTarget& t : plan.targets)
    targets.push_back({{"name", t.name},
                       {"about", t.about},
                       {"default", t.is_default},
                       {"edges", numbers(t.edges)},
                       {"nothing", t.nothing},
                       {"not_yet", t.not_yet}});
  return {{"format", 1},
          {"request", p.input.request},
          {"stages", std::move(stages)},
          {"instances", std::move(instances)},
          {"edges", std::move(edges)},
          {"targets", std::move(targets)}};
}

}  // namespace mlpgen
