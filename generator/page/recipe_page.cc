// A recipe -> the head of its page, its variations, versions, flags, keys and exports.
#include <algorithm>

#include "page/markdown.h"
#include "page/parts.h"
#include "page/phrases.h"
#include "text/text.h"

namespace mlpgen {
namespace {

using markdown::code;
using markdown::codes;
using markdown::Table;

std::string words_of(const std::vector<Text>& texts, const char* separator) {
  std::vector<std::string> all;
  for (const Text& t : texts) all.push_back(t.value);
  return join(all, separator);
}

std::string recipe_links(const std::set<std::string>& ids) {
  std::vector<std::string> all;
  for (const std::string& id : ids) all.push_back(markdown::link(id, id + ".md"));
  return join(all, ", ");
}

std::string source_link(const Recipe& r, const ReferenceInput& in) {
  std::string path = in.library.sources().name(r.source);
  return in.home.empty() || path.starts_with('/')
             ? code(path)
             : markdown::link(path, "../" + in.home + "/" + path);
}

std::string users_of(const Recipe& r, const PageContext& c) {
  auto it = c.users.find(r.id.value);
  return it == c.users.end() ? "" : recipe_links(it->second);
}

std::string summary_table(const Recipe& r, const PageContext& c) {
  Table t({"category", markdown::plain(r.category)});
  auto row = [&](const char* what, const std::string& text) {
    if (!text.empty()) t.add({what, text});
  };
  std::vector<std::string> also;
  for (const auto& alias : r.tag_aliases) also.push_back(code(join(alias, ",")));
  row("tags", code(words_of(r.tags, ",")));
  row("also found by", join(also, ", "));
  row("state", markdown::plain(sentence(state_of(r, c.in.ran))));
  row("target", codes(r.target.value.empty() ? std::vector<Text>{} : std::vector<Text>{r.target}));
  row("inherits", codes(r.inherits));
  row("used by", users_of(r, c));
  row("source", source_link(r, c.in));
  return t.text();
}

std::string names_cell(const Variation& v) {
  std::string out = code("_" + v.name.value);
  if (v.is_default) out += " (default)";
  for (const Text& a : v.aliases) out += ", " + code("_" + a.value);
  return out;
}

std::string override_phrase(const Override& o) {
  std::vector<std::string> words, facts;
  auto add = [&](const char* before, const std::vector<Text>& texts) {
    for (const Text& t : texts) words.push_back(before + t.value);
  };
  add("", o.tags.tags);
  add("-", o.tags.not_tags);
  add("_", o.tags.variations);
  add("-_", o.tags.excluded);
  if (!words.empty()) facts.push_back(code(join(words, ",")));
  if (std::string versions = versions_phrase(o.version); !versions.empty())
    facts.push_back(versions);
  if (!o.env.empty()) facts.push_back(env_cell(o.env));
  return "deps named " + code(o.handle.value) + ": " + join(facts, ", ");
}

std::string meaning_cell(const Variation& v) {
  std::vector<std::string> parts;
  if (!v.about.empty()) parts.push_back(markdown::plain(v.about));
  if (!v.bases.empty()) {
    std::vector<std::string> bases;
    for (const Text& b : v.bases) bases.push_back(code("_" + b.value));
    parts.push_back("with " + listed(bases));
  }
  for (const auto& [group, name] : v.default_variations)
    parts.push_back("default of " + code(group.value) + ": " + code("_" + name.value));
  for (const Override& o : v.overrides) parts.push_back(override_phrase(o));
  if (!v.example.value.empty())
    parts.push_back("for example " + code("_" + replace_all(v.name.value, "#", v.example.value)));
  if (!v.note.empty()) parts.push_back(markdown::plain(v.note));
  if (v.warning) parts.push_back("warns: " + markdown::plain(v.warning->value));
  if (v.missing) parts.push_back("cannot be had: " + markdown::plain(v.missing->value));
  return join(parts, "; ");
}

std::string sets_cell(const Variation& v) {
  std::vector<std::string> parts;
  if (!v.env.empty()) parts.push_back(env_cell(v.env));
  if (!v.default_env.empty()) parts.push_back(env_cell(v.default_env, " (default)"));
  return join(parts, "<br>");
}

enum class Kind { kGrouped, kFree, kCombined, kInternal };
Kind kind_of_variation(const Variation& v) {
  if (v.internal) return Kind::kInternal;
  if (!v.parts.empty()) return Kind::kCombined;
  return v.group.value.empty() ? Kind::kFree : Kind::kGrouped;
}

std::vector<const Variation*> of_kind(const Recipe& r, Kind kind) {
  std::vector<const Variation*> all;
  std::vector<std::string> groups;  // in the order of the text
  for (const Variation& v : r.variations) {
    if (kind_of_variation(v) != kind) continue;
    all.push_back(&v);
    if (std::find(groups.begin(), groups.end(), v.group.value) == groups.end())
      groups.push_back(v.group.value);
  }
  auto place = [&](const Variation* v) {
    return std::find(groups.begin(), groups.end(), v->group.value);
  };
  std::stable_sort(all.begin(), all.end(), [&](auto* a, auto* b) { return place(a) < place(b); });
  return all;
}

std::string variation_table(const Recipe& r, Kind kind, const std::string& title) {
  Table t({"group", "variation", "meaning", "sets"});
  std::string group;
  for (const Variation* v : of_kind(r, kind)) {
    bool again = kind != Kind::kGrouped || v->group.value == group;
    group = v->group.value;
    t.add({again ? "" : code(group), names_cell(*v), meaning_cell(*v), sets_cell(*v)});
  }
  return t.empty() ? "" : "\n" + title + "\n\n" + t.text();
}

std::string combinations(const char* title, const std::vector<std::vector<Text>>& all) {
  std::vector<std::string> sets;
  for (const auto& names : all) sets.push_back(code("_" + words_of(names, ",_")));
  return sets.empty() ? "" : "\n" + std::string(title) + ": " + join(sets, ", ") + ".\n";
}

std::string variations_section(const Recipe& r) {
  if (r.variations.empty()) return "";
  std::vector<std::string> defaults;
  for (const Variation& v : r.variations)
    if (v.is_default) defaults.push_back("_" + v.name.value);
  std::string out = "\n## Variations\n";
  if (!defaults.empty()) out += "\nBy default: " + code(join(defaults, ",")) + ".\n";
  out += variation_table(r, Kind::kGrouped, "Of each group exactly one is active:");
  out += variation_table(r, Kind::kFree, "These combine freely:");
  out += variation_table(r, Kind::kCombined, "These apply when all that they name are active:");
  out += variation_table(r, Kind::kInternal,
                         "These are bases of other variations; a request cannot name them:");
  out += combinations("Only these go together", r.valid_combinations);
  return out + combinations("These do not go together", r.invalid_combinations);
}

std::string versions_section(const Recipe& r) {
  Table t({"version", "sets"});
  for (const Version& v : r.versions) {
    bool is_default = r.default_version && r.default_version->value == v.name.value;
    t.add({code(v.name.value) + (is_default ? " (default)" : ""), env_cell(v.env)});
  }
  return markdown::section("Versions", t);
}

std::string flags_section(const Recipe& r) {
  Table t({"flag", "sets", "values", "default", "meaning"});
  for (const Flag& f : r.flags) {
    std::string meaning = markdown::plain(f.help);
    if (!f.selects.value.empty())
      meaning += "; chooses the variation of group " + code(f.selects.value);
    t.add({code("--" + f.name.value), code(f.key.value), values_phrase(f),
           f.default_value ? code(f.default_value->value) : "", meaning});
  }
  return markdown::section("Flags", t);
}

std::string env_section(const char* title, const EnvMap& env) {
  Table t({"key", "value"});
  for (const EnvEntry& e : env) t.add({code(e.key.value), e.values.empty() ? "" : codes(e.values)});
  return markdown::section(title, t);
}

std::string keys_section(const Recipe& r) {
  Table t({"key", "values", "meaning"});
  for (const Key& k : r.keys)
    t.add({code(k.name.value), values_phrase(k), markdown::plain(k.about)});
  return markdown::section("Further keys", t);
}

// A key whose value here is handed on unchanged.
bool hands_on(const EnvEntry& e) {
  return e.values.size() == 1 && (e.values[0].value == "${" + e.key.value + "}" ||
                                  e.values[0].value == "${" + e.key.value + ":-}");
}

std::string exports_section(const Recipe& r) {
  Table t({"key", "value", "with"});
  std::vector<Text> as_they_are = r.new_env_keys;
  for (const EnvEntry& e : r.exports) {
    if (hands_on(e))
      as_they_are.push_back(e.key);
    else
      t.add({code(e.key.value), codes(e.values), ""});
  }
  for (const Variation& v : r.variations)
    for (const EnvEntry& e : v.exports)
      t.add({code(e.key.value), codes(e.values), code("_" + v.name.value)});
  std::string handed = as_they_are.empty() ? "" : "As they are here: " + codes(as_they_are) + ".\n";
  if (t.empty() && handed.empty()) return "";
  return "\n## Exports\n\n" + handed + (t.empty() || handed.empty() ? "" : "\n") + t.text();
}

std::string probes_section(const Recipe& r) {
  Table t({"looks for", "version", "package"});
  for (const Probe& p : r.probes) {
    std::vector<std::string> packages;
    for (const auto& [distribution, package] : p.install)
      packages.push_back(distribution + ": " + code(package));
    t.add({codes(p.names.empty() ? values_of(p.files) : values_of(p.names), " or ") +
               (p.optional ? ", optional" : ""),
           p.version_args.empty() ? "" : code(words_of(p.version_args, " ")),
           join(packages, ", ")});
  }
  return markdown::section("Probes", t);
}

std::string targets_section(const Recipe& r) {
  Table t({"target", "with", "meaning"});
  for (const Target& x : r.targets)
    t.add({code("ninja " + x.name.value),
           x.variation.value.empty() ? "" : code("_" + x.variation.value),
           markdown::plain(x.about) + (x.not_yet ? " (not written yet)" : "")});
  return markdown::section("Targets", t);
}

}  // namespace

std::string recipe_page(const Recipe& r, const PageContext& c) {
  std::string out =
      kMarkdownMark + std::string("# ") + r.id.value + "\n\n" + markdown::plain(r.about) + "\n\n";
  out += summary_table(r, c);
  out += "\n    mlpgen configure " + r.id.value + (r.variations.empty() ? "" : " [_VARIATION]...") +
         (r.flags.empty() ? "" : " [--FLAG=VALUE]...") + "\n";
  out += variations_section(r) + versions_section(r) + flags_section(r);
  out += env_section("Default env", r.default_env) + env_section("Env", r.env) + keys_section(r);
  out += dep_sections(r, c) + probes_section(r) + step_sections(r, c) + fetch_section(r, c);
  return out + exports_section(r) + targets_section(r);
}

}  // namespace mlpgen
