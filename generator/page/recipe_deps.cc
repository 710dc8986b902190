// A recipe -> the sections of its page about deps (by phase) and about steps.
#include "page/markdown.h"
#include "page/parts.h"
#include "page/phrases.h"
#include "text/text.h"

namespace mlpgen {
namespace {

constexpr Phase kPhases[] = {Phase::kDeps, Phase::kPrehook, Phase::kPosthook, Phase::kPost};

std::string target_of(const Dep& d, const PageContext& c) {
  std::vector<std::string> ids = c.in.library.select(d.tags);
  if (ids.size() == 1) return markdown::link(ids.front(), ids.front() + ".md");
  if (ids.empty()) return d.update_tags_from_env.empty() ? "none" : "by the words that are added";
  return "one of " + std::to_string(ids.size()) + ", by the words that are added";
}

std::string added_words(const Dep& d) {
  std::vector<std::string> parts;
  if (!d.update_tags_from_env.empty())
    parts.push_back("adds the words of " + markdown::codes(d.update_tags_from_env));
  for (const auto& [prefix, keys] : d.update_tags_with_prefix)
    parts.push_back("adds " + markdown::code(prefix.value) + " and the value of " +
                    markdown::codes(keys));
  return join(parts, "; ");
}

std::string dep_notes(const Dep& d) {
  std::vector<std::string> parts;
  auto add = [&](const std::string& text) {
    if (!text.empty()) parts.push_back(text);
  };
  add(versions_phrase(d.version));
  add(added_words(d));
  if (d.inherit_variation_tags)
    add("takes over the active variations" +
        (d.skip_inherit_groups.empty()
             ? std::string()
             : ", but not those of group " + markdown::codes(d.skip_inherit_groups)));
  if (!d.foreach_keys.empty()) add("once for each value of " + markdown::codes(d.foreach_keys));
  if (!d.env.empty()) add("sets " + env_cell(d.env));
  add(markdown::plain(d.note));
  return join(parts, "; ");
}

void add_deps(markdown::Table& t, const std::vector<Dep>& deps, Phase phase, const Variation* of,
              const PageContext& c) {
  for (const Dep& d : deps)
    if (d.phase == phase)
      t.add({of ? markdown::code("_" + of->name.value) : "", markdown::code(d.tags_text.value),
             target_of(d, c), conditions_phrase(d.when), markdown::codes(d.names), dep_notes(d)});
}

std::string phase_title(Phase phase) {
  switch (phase) {
    case Phase::kDeps:
      return "Deps";
    case Phase::kPrehook:
      return "Prehook deps, done before the steps";
    case Phase::kPosthook:
      return "Posthook deps, done after the steps";
    case Phase::kPost:
      return "Post deps, done last";
  }
  return "";
}

std::string links_of_step(const RecipeStep& s) {
  std::vector<std::string> all;
  for (const auto& [name, output] : s.links) all.push_back(markdown::code(name.value));
  return join(all, ", ");
}

std::string rule_cell(const RecipeStep& s) {
  std::string rule = markdown::link(s.rule.value, "../rules.md#" + s.rule.value);
  if (!s.shards.value.empty()) rule += ", in " + markdown::code(s.shards.value) + " shards";
  for (const Param& p : s.own_copy)
    if (p.name.value == "path" && !p.items.empty())
      rule += ", or a local copy: " + markdown::code(p.items.front().value);
  return rule;
}

}  // namespace

std::vector<OwnedStep> steps_of(const Recipe& r) {
  std::vector<OwnedStep> all;
  for (const RecipeStep& s : r.steps) all.push_back({&s, nullptr});
  for (const Variation& v : r.variations)
    for (const RecipeStep& s : v.steps) all.push_back({&s, &v});
  return all;
}

std::string dep_sections(const Recipe& r, const PageContext& c) {
  std::string out;
  for (Phase phase : kPhases) {
    markdown::Table t({"with", "tags", "recipe", "when", "handles", "notes"});
    add_deps(t, r.deps, phase, nullptr, c);
    for (const Variation& v : r.variations) add_deps(t, v.deps, phase, &v, c);
    out += markdown::section(phase_title(phase), t);
  }
  return out;
}

std::string step_sections(const Recipe& r, const PageContext& c) {
  markdown::Table t(
      {"step", "rule", "with", "when", "link in the run directory", "tests ran it in"});
  for (const OwnedStep& s : steps_of(r)) {
    std::string with = s.of ? markdown::code("_" + s.of->name.value) : "";
    t.add({markdown::code(s.step->id.value), rule_cell(*s.step), with,
           conditions_phrase(s.step->when), links_of_step(*s.step),
           sentence(c.in.ran.find(r.id.value, s.step->id.value))});
  }
  return markdown::section("Steps", t);
}

}  // namespace mlpgen
