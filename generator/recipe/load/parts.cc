// Deps, steps, probes and overrides from YAML.
#include "recipe/load/parts.h"

#include <algorithm>
#include <map>

#include "recipe/load/place_name.h"
#include "recipe/load/reader.h"
#include "recipe/tags.h"
#include "text/pattern.h"

namespace mlpgen {
namespace {

bool want_list(const Node& node, const std::string& what, Sink& sink) {
  if (node.is_list()) return true;
  sink.error("wrong-type", node.span, what + " is a list").with_help("begin each item with '- '");
  return false;
}

VersionRange read_range(MapReader& m) {
  return {m.text("version"), m.text("version_min"), m.text("version_max"),
          m.text("version_max_usable")};
}

Dep read_dep(const Node& node, Phase phase, Sink& sink) {
  Dep d;
  d.span = node.span;
  d.phase = phase;
  MapReader m(node, "a dep", sink);
  d.tags_text = m.required("tags");
  d.span = d.tags_text.span;
  d.tags = parse_tags(d.tags_text.value, d.tags_text.span, sink);
  d.plain_tags = d.tags;
  std::erase_if(d.plain_tags.tags,
                [](const Text& t) { return has_names(parse_template(t.value)); });
  d.names = m.texts("names");
  d.when = m.conditions();
  d.version = read_range(m);
  d.env = m.env("env");
  d.update_tags_from_env = m.texts("update_tags_from_env");
  if (const Node* n = m.map("update_tags_from_env_with_prefix"))
    for (const auto& [k, v] : n->entries)
      d.update_tags_with_prefix.push_back(
          {{k.text, k.span}, read_texts(v, "the keys of a prefix", sink)});
  std::sort(d.update_tags_with_prefix.begin(), d.update_tags_with_prefix.end(),
            [](const auto& a, const auto& b) { return a.first.value < b.first.value; });
  d.inherit_variation_tags = m.flag("inherit_variation_tags", false);
  d.skip_inherit_groups = m.texts("skip_inherit_variation_groups");
  d.foreach_keys = m.texts("foreach");
  if (auto t = m.text("note")) d.note = t->value;
  m.finish();
  return d;
}

Param read_param(const Node& key, const Node& value, Sink& sink) {
  Param p;
  p.name = {key.text, key.span};
  if (value.is_map()) {
    p.kind = Param::Kind::kMap;
    std::map<std::string, std::pair<Text, Text>> sorted;  // the order of a map says nothing
    for (const auto& [k, v] : value.entries)
      if (auto t = read_text(v, "a value of '" + key.text + "'", sink))
        sorted[k.text] = {Text{k.text, k.span}, *t};
    for (auto& [name, pair] : sorted) {
      p.keys.push_back(std::move(pair.first));
      p.items.push_back(std::move(pair.second));
    }
  } else if (value.is_list()) {
    p.kind = Param::Kind::kList;
    p.items = read_templates(value, "'" + key.text + "'", sink);
  } else if (auto t = read_text(value, "'" + key.text + "'", sink)) {
    p.items = {*t};
  }
  return p;
}

// A text is the path of the copy; a map has further parameters.
std::vector<Param> read_own_copy(const Node& node, Sink& sink) {
  std::vector<Param> params;
  if (!node.is_map()) {
    if (auto t = read_text(node, "'own_copy'", sink))
      params.push_back({{"path", node.span}, Param::Kind::kText, {*t}, {}});
    return params;
  }
  for (const auto& [k, v] : node.entries) params.push_back(read_param(k, v, sink));
  if (std::none_of(params.begin(), params.end(),
                   [](const Param& p) { return p.name.value == "path"; }))
    sink.error("missing-key", node.span, "'own_copy' needs 'path'")
        .with_help("name the local copy: `path: ...`");
  return params;
}

RecipeStep read_step(const Node& node, Sink& sink) {
  RecipeStep s;
  s.span = node.span;
  MapReader m(node, "a step", sink);
  s.id = m.required("id");
  check_name(s.id, "a step's id", sink);
  s.rule = m.required("rule");
  s.span = s.id.span;
  s.when = m.conditions();
  if (auto t = m.text("target")) s.target = *t;
  if (auto t = m.text("shards")) s.shards = *t;
  if (const Node* n = m.map("links"))
    for (const auto& [k, v] : n->entries)
      if (auto t = read_text(v, "a link", sink)) s.links.push_back({Text{k.text, k.span}, *t});
  for (const auto& [k, v] : node.entries)
    if (k.text == "own_copy") s.own_copy = read_own_copy(v, sink);
  for (const auto& [k, v] : node.entries)
    if (!is_step_word(k.text)) s.params.push_back(read_param(k, v, sink));
  return s;
}

void check_pattern(const Text& pattern, Sink& sink) {
  if (pattern.value.empty()) return;
  std::string fault = pattern_fault(pattern.value);
  if (fault.empty()) return;
  sink.error("wrong-value", pattern.span,
             "this regular expression cannot be searched with: " + fault)
      .with_help(
          "write RE2's syntax with a group for the version, e.g. 'version ([0-9.]+)'; it has no "
          "look-around and no back-references");
}

}  // namespace

bool is_step_word(std::string_view key) {
  static constexpr std::string_view kOwn[] = {
      "id",     "rule",   "enable_if_env", "enable_if_any_env", "skip_if_env", "skip_if_any_env",
      "target", "shards", "links",         "own_copy",          "with"};
  return std::find(std::begin(kOwn), std::end(kOwn), key) != std::end(kOwn);
}

std::vector<Dep> read_deps(const Node& node, Phase phase, Sink& sink) {
  std::vector<Dep> deps;
  if (want_list(node, std::string("'") + kPhaseWords[static_cast<int>(phase)] + "'", sink))
    for (const Node& item : node.items) deps.push_back(read_dep(item, phase, sink));
  return deps;
}

std::vector<RecipeStep> read_steps(const Node& node, SharedParts& shared, Sink& sink) {
  std::vector<RecipeStep> steps;
  if (!want_list(node, "'steps'", sink)) return steps;
  for (const Node& item : node.items) {
    steps.push_back(read_step(shared.complete(item), sink));
    for (size_t i = 0; i + 1 < steps.size(); ++i)
      if (steps[i].id.value == steps.back().id.value)
        sink.error("duplicate-step", steps.back().span,
                   "two steps have the id '" + steps.back().id.value + "'")
            .note(steps[i].span, "the first one")
            .with_help("give each step its own id");
  }
  return steps;
}

std::vector<Probe> read_probes(const Node& node, Sink& sink) {
  std::vector<Probe> probes;
  if (!want_list(node, "'probes'", sink)) return probes;
  for (const Node& item : node.items) {
    Probe p;
    MapReader m(item, "a probe", sink);
    p.id = m.required("id");
    p.span = p.id.span;
    p.names = m.templates("names");
    p.files = m.texts("files");
    p.version_args = m.texts("version_args");
    if (auto t = m.text("version_regex")) p.version_regex = *t;
    check_pattern(p.version_regex, sink);
    p.path_args = m.texts("path_args");
    p.watch = m.texts("watch");
    if (const Node* n = m.map("install"))
      for (const auto& [k, v] : n->entries)
        if (auto t = read_text(v, "a package", sink)) p.install.emplace_back(k.text, t->value);
    p.optional = m.flag("optional", false);
    m.finish();
    probes.push_back(std::move(p));
  }
  return probes;
}

std::vector<Override> read_overrides(const Node& node, Sink& sink) {
  std::vector<Override> all;
  for (const auto& [k, v] : node.entries) {
    Override o;
    o.handle = {k.text, k.span};
    MapReader m(v, "an override", sink);
    if (auto t = m.text("tags")) o.tags = parse_tags(t->value, t->span, sink);
    o.version = read_range(m);
    o.name = m.text("name");
    o.env = m.env("env");
    m.finish();
    all.push_back(std::move(o));
  }
  return all;
}

const EnvEntry* find_entry(const EnvMap& env, std::string_view key) {
  auto at =
      std::find_if(env.begin(), env.end(), [&](const EnvEntry& e) { return e.key.value == key; });
  return at == env.end() ? nullptr : &*at;
}

}  // namespace mlpgen
