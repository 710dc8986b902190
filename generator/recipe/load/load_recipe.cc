// recipe.yaml to a Recipe.
#include <algorithm>
#include <filesystem>

#include "recipe/load/check_recipe.h"
#include "recipe/load/load.h"
#include "recipe/load/parts.h"
#include "recipe/load/place_name.h"
#include "recipe/load/reader.h"
#include "recipe/load/values.h"
#include "recipe/tags.h"
#include "text/text.h"

namespace mlpgen {
namespace {

std::vector<Key> read_keys(const Node* node, Sink& sink) {
  std::vector<Key> keys;
  if (!node) return keys;
  for (const auto& [k, v] : node->entries) {
    Key key;
    key.name = {k.text, k.span};
    MapReader m(v, "a key", sink);
    read_values(m, key);
    if (auto t = m.text("about")) key.about = t->value;
    if (const Node* sets = m.map("sets"))
      for (const auto& [entry, of] : sets->entries)
        if (auto t = read_text(of, "a key", sink))
          key.sets.push_back({{entry.text, entry.span}, *t});
    m.finish();
    keys.push_back(std::move(key));
  }
  return keys;
}

// Each names one of the choices.
std::vector<std::pair<Text, Text>> read_aliases(MapReader& m,
                                                const std::vector<std::string>& choices) {
  std::vector<std::pair<Text, Text>> aliases;
  const Node* n = m.map("aliases");
  if (!n) return aliases;
  for (const auto& [k, v] : n->entries) {
    std::optional<Text> choice = read_text(v, "an alias", m.sink());
    if (!choice) continue;
    if (std::find(choices.begin(), choices.end(), choice->value) == choices.end())
      m.sink()
          .error("wrong-value", choice->span, "'" + choice->value + "' is no choice of this flag")
          .with_help("choices: " + join(choices, ", "));
    aliases.push_back({{k.text, k.span}, *choice});
  }
  return aliases;
}

std::vector<Flag> read_flags(const Node* node, Sink& sink) {
  std::vector<Flag> flags;
  if (!node) return flags;
  for (const auto& [k, v] : node->entries) {
    Flag f;
    f.name = {k.text, k.span};
    MapReader m(v, "a flag", sink);
    f.key = m.required("env");
    read_values(m, f);
    f.aliases = read_aliases(m, f.choices);
    f.help = m.required("help").value;
    f.default_value = m.text("default");
    if (auto t = m.text("selects")) f.selects = *t;
    if (auto t = m.text("stem")) f.stem = *t;
    m.finish();
    flags.push_back(std::move(f));
  }
  return flags;
}

std::vector<Dep> read_all_deps(MapReader& m) {
  std::vector<Dep> all;
  for (Phase phase : {Phase::kDeps, Phase::kPrehook, Phase::kPosthook, Phase::kPost})
    if (const Node* n = m.take(kPhaseWords[static_cast<int>(phase)]))
      for (Dep& d : read_deps(*n, phase, m.sink())) all.push_back(std::move(d));
  return all;
}

Variation read_variation(const Node& key, const Node& node, SharedParts& shared, Sink& sink) {
  Variation v;
  v.name = {key.text, key.span};
  v.span = key.span;
  for (const std::string& part : split(key.text, ','))
    if (key.text.find(',') != std::string::npos) v.parts.push_back({part, key.span});
  if (node.is_null()) return v;
  MapReader m(node, "a variation", sink);
  if (auto t = m.text("about")) v.about = t->value;
  if (auto t = m.text("group")) v.group = *t;
  v.is_default = m.flag("default", false);
  v.internal = m.flag("internal", false);
  v.aliases = m.texts("aliases");
  v.bases = m.texts("base");
  if (auto t = m.text("example")) v.example = *t;
  if (const Node* n = m.map("default_variations"))
    for (const auto& [g, x] : n->entries)
      if (auto t = read_text(x, "a variation", sink))
        v.default_variations.push_back({{g.text, g.span}, *t});
  v.env = m.env("env");
  v.default_env = m.env("default_env");
  v.exports = m.env("exports");
  v.deps = read_all_deps(m);
  if (const Node* n = m.map("adr")) v.overrides = read_overrides(*n, sink);
  if (const Node* n = m.take("steps")) v.steps = read_steps(*n, shared, sink);
  v.missing = m.text("missing");
  v.warning = m.text("warning");
  if (auto t = m.text("note")) v.note = t->value;
  m.finish();
  if (v.is_default && v.group.value.empty())
    sink.error("default-without-group", v.span,
               "variation '" + v.name.value + "' is a default and has no group")
        .with_help("add `group: NAME`");
  return v;
}

std::vector<Version> read_versions(const Node* node, Sink& sink) {
  std::vector<Version> versions;
  if (!node) return versions;
  for (const auto& [k, v] : node->entries) {
    Version version;
    version.name = {k.text, k.span};
    if (!v.is_null()) {
      MapReader m(v, "a version", sink);
      version.env = m.env("env");
      version.deps = read_all_deps(m);
      m.finish();
    }
    versions.push_back(std::move(version));
  }
  return versions;
}

// [a, [x, y]] stands for [a, x] and [a, y].
std::vector<std::vector<Text>> read_combination(const Node& node, Sink& sink) {
  if (!node.is_list() || node.items.empty()) return {read_texts(node, "a combination", sink)};
  std::vector<std::vector<Text>> all = {{}};
  for (const Node& item : node.items) {
    std::vector<std::vector<Text>> longer;
    for (const std::vector<Text>& begun : all)
      for (const Text& name : read_texts(item, "a combination", sink)) {
        longer.push_back(begun);
        longer.back().push_back(name);
      }
    all = std::move(longer);
  }
  return all;
}

std::vector<std::vector<Text>> read_combinations(const Node* node, Sink& sink) {
  std::vector<std::vector<Text>> all;
  if (!node) return all;
  for (const Node& item : node->items)
    for (std::vector<Text>& one : read_combination(item, sink))
      if (!one.empty()) all.push_back(std::move(one));
  return all;
}

std::vector<Target> read_targets(const Node* node, Sink& sink) {
  std::vector<Target> targets;
  if (!node) return targets;
  for (const auto& [k, v] : node->entries) {
    MapReader m(v, "a target", sink);
    Target t;
    t.name = {k.text, k.span};
    check_place(t.name, "a target", sink);
    if (auto x = m.text("variation")) t.variation = *x;
    t.about = m.required("about").value;
    if (auto x = m.text("nothing")) t.nothing = x->value;
    t.not_yet = m.flag("not_yet", false);
    t.default_if.enable_all = m.tests("default_if_env");
    t.default_if.enable_any = m.tests("default_if_any_env");
    if (m.take("default")) t.by_default = m.flag("default", true);
    m.finish();
    targets.push_back(std::move(t));
  }
  std::sort(targets.begin(), targets.end(),
            [](const Target& a, const Target& b) { return a.name.value < b.name.value; });
  return targets;
}

std::optional<RoundUse> read_round(const Node* node, Sink& sink) {
  if (!node) return std::nullopt;
  RoundUse r;
  MapReader m(*node, "'round'", sink);
  r.round = m.required("round");
  r.model = m.required("model");
  r.category = m.required("category");
  r.division = m.required("division");
  r.scenario = m.required("scenario");
  m.finish();
  return r;
}

}  // namespace

std::optional<Recipe> load_recipe(const Sources& sources, SourceId source, std::string directory,
                                  Sink& sink) {
  std::optional<Node> root = parse_yaml(sources, source, sink);
  return root ? load_recipe(*root, source, std::move(directory), sink) : std::nullopt;
}

std::optional<Recipe> load_recipe(const Node& root, SourceId source, std::string directory,
                                  Sink& sink) {
  size_t before = sink.errors();
  MapReader m(root, "a recipe", sink);
  check_format(m);
  Recipe r;
  r.source = source;
  r.directory = std::move(directory);
  r.category = std::filesystem::path(r.directory).parent_path().filename();
  r.id = m.required("recipe");
  check_name(r.id, "a recipe's id", sink);
  r.about = m.required("about").value;
  r.tags = m.texts("tags");
  if (const Node* n = m.list("tag_aliases"))
    for (const Node& alias : n->items) {
      auto& words = r.tag_aliases.emplace_back();
      for (Text& t : read_texts(alias, "a tag alias", sink)) words.push_back(t.value);
    }
  r.inherits = m.texts("inherits");
  r.internal_keys = m.texts("internal_keys");
  r.keys = read_keys(m.map("keys"), sink);
  r.flags = read_flags(m.map("flags"), sink);
  r.default_env = m.env("default_env");
  r.env = m.env("env");
  r.exports = m.env("exports");
  r.new_env_keys = m.texts("new_env_keys");
  SharedParts shared(m.map("shared"), sink);
  if (const Node* n = m.map("variations"))
    for (const auto& [k, v] : n->entries) r.add_variation(read_variation(k, v, shared, sink));
  r.valid_combinations = read_combinations(m.list("valid_variation_combinations"), sink);
  r.invalid_combinations = read_combinations(m.list("invalid_variation_combinations"), sink);
  r.versions = read_versions(m.map("versions"), sink);
  r.default_version = m.text("default_version");
  r.deps = read_all_deps(m);
  if (const Node* n = m.take("probes")) r.probes = read_probes(*n, sink);
  if (const Node* n = m.take("steps")) r.steps = read_steps(*n, shared, sink);
  shared.finish();
  r.targets = read_targets(m.map("targets"), sink);
  if (auto t = m.text("target")) r.target = *t;
  r.round = read_round(m.take("round"), sink);
  r.missing = m.text("missing");
  m.finish();
  check_recipe(r, sink);
  if (sink.errors() != before) return std::nullopt;
  return r;
}

}  // namespace mlpgen
