// The recipe language as data: what the files under recipes/ and rules/ say, each value with its
// place.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "recipe/template.h"

namespace mlpgen {

// The value of an env key: one text, or a list (keys that begin with '+', and keys of type list).
struct EnvEntry {
  Text key;
  std::vector<TemplateText> values;  // a scalar has exactly one
  bool is_list = false;
};
using EnvMap = std::vector<EnvEntry>;  // in the order of the text
const EnvEntry* find_entry(const EnvMap& env,
                           std::string_view key);  // null: it does not set the key

enum class KeyType { kString, kBool, kInt, kNumber, kPath, kName, kList, kSecret };
const char* to_word(KeyType type);

// The values that an env key may have; recipe/load/values.h judges one.
struct Values {
  KeyType type = KeyType::kString;
  std::vector<std::string> choices;  // empty: any value of the type
  std::string unit;
  std::optional<Text> min, max;  // of an int or a number, both included; without a min it is 0
};

// What is known of an env key: from `keys:` or from the flag that sets it.
struct Key : Values {
  Text name;
  std::string about;
  // Of a path: its file is one object, JSON or YAML, and each of these entries sets a key.
  std::vector<std::pair<Text, Text>> sets;  // entry of the file, env key
};

struct Flag : Values {
  Text name;
  Text key;                                    // the env key that it sets
  std::vector<std::pair<Text, Text>> aliases;  // another word for a choice, and that choice
  std::string help;
  std::optional<TemplateText> default_value;
  Text selects;  // a group: the value chooses the variation of that name
  Text stem;     // of a path: the key that its file's name without the ending sets
};

// One line `KEY: [words]` of a condition.
struct KeyTest {
  enum class Kind { kOn, kOff, kEquals };
  Text key;
  std::vector<Text> words;
  Kind kind = Kind::kEquals;
};

struct Conditions {
  std::vector<KeyTest> enable_all;  // enable_if_env
  std::vector<KeyTest> enable_any;  // enable_if_any_env
  std::vector<KeyTest> skip_all;    // skip_if_env
  std::vector<KeyTest> skip_any;    // skip_if_any_env
  bool empty() const {
    return enable_all.empty() && enable_any.empty() && skip_all.empty() && skip_any.empty();
  }
};

// "get,dataset,openimages,_demo,-_full,-virtual" taken apart.
struct TagQuery {
  std::vector<Text> tags;        // a recipe must have all of them
  std::vector<Text> not_tags;    // and none of these
  std::vector<Text> variations;  // without the '_'
  std::vector<Text> excluded;    // -_x
};

struct VersionRange {
  std::optional<Text> exact, min, max, max_usable;
  bool empty() const { return !exact && !min && !max; }
};

enum class Phase { kDeps, kPrehook, kPosthook, kPost };
inline constexpr const char* kPhaseWords[] = {"deps", "prehook_deps", "posthook_deps", "post_deps"};

struct Dep {
  Span span;
  Phase phase = Phase::kDeps;
  TemplateText tags_text;
  TagQuery tags, plain_tags;  // all, and those without references
  std::vector<Text> names;    // handles
  Conditions when;
  VersionRange version;
  EnvMap env;
  std::vector<Text> update_tags_from_env;                                   // values become tags
  std::vector<std::pair<Text, std::vector<Text>>> update_tags_with_prefix;  // prefix, keys
  bool inherit_variation_tags = false;
  std::vector<Text> skip_inherit_groups;
  std::vector<Text>
      foreach_keys;  // keys that may hold several values: one call for each combination of them
  std::string note;  // what a reader of `show` should know
};

// --adr.NAME.…: an override of every dep that carries the handle NAME, at every depth.
struct Override {
  Text handle;
  TagQuery tags;
  VersionRange version;
  std::optional<Text> name;
  EnvMap env;
};

// A parameter of a step: a text, a list or a map of texts.
struct Param {
  enum class Kind { kText, kList, kMap };
  Text name;
  Kind kind = Kind::kText;
  std::vector<TemplateText> items;  // one text; the list; the values of the map
  std::vector<TemplateText> keys;   // of a map
};

struct RecipeStep {
  Span span;
  Text id;
  Text rule;
  std::vector<Param> params;
  Conditions when;
  Text target;  // the Ninja targets that this step belongs to, with commas; empty: the recipe's
  TemplateText shards;  // a number: the step becomes that many edges
  std::vector<std::pair<TemplateText, Text>>
      links;  // name in the run directory, output ("dir": the whole directory)
  // Parameters of the rule local-copy, which takes this step's place where its `path` is not empty.
  std::vector<Param> own_copy;
};

// How configure looks for a tool of the host.
struct Probe {
  Span span;
  Text id;
  std::vector<TemplateText> names;  // programs to look for on PATH, the first found that fits
  std::vector<Text> files;  // or files, such as a header; the version is then searched in the file
  std::vector<Text> version_args;  // arguments that make it print its version
  Text version_regex;              // RE2's syntax; its groups, joined by dots, are the version
  std::vector<Text>
      path_args;  // arguments that make it print its real path (a shim is not the program)
  std::vector<Text> watch;  // folders whose entries decide what it prints, such as those of devices
  std::vector<std::pair<std::string, std::string>> install;  // distribution -> package that has it
  bool optional = false;
};

struct Variation {
  Text name;
  Span span;
  std::string about;
  Text group;  // empty: may be combined freely
  bool is_default = false;
  bool internal = false;  // not to be chosen by hand
  std::vector<Text> aliases;
  std::vector<Text> bases;
  std::vector<Text> parts;                                // of a combined variation "a,b"
  Text example;                                           // of a wildcard "x.#"
  std::vector<std::pair<Text, Text>> default_variations;  // group, variation
  EnvMap env, default_env, exports;
  std::vector<Dep> deps;
  std::vector<Override> overrides;
  std::vector<RecipeStep> steps;
  std::optional<Text> missing;  // why this cannot be had: choosing it is an error with this reason
  std::optional<Text> warning;  // what configure warns of while it is active
  std::string note;             // what a reader of `show` should know
};

struct Version {
  Text name;
  EnvMap env;
  std::vector<Dep> deps;
};

// The keys through which a recipe takes part in a round of the benchmark.
struct RoundUse {
  Text round, model, category, division, scenario;  // names of env keys
};

// A Ninja target of a root recipe.
struct Target {
  Text name;
  Text variation;  // it is resolved with this variation; empty: as asked for
  std::string about;
  std::string nothing;             // what it says when no edge belongs to it
  bool not_yet = false;            // nothing is written for it yet: it fails and says so
  std::optional<bool> by_default;  // plain `ninja` builds it: always or never; left out: where its
                                   // variation was asked for
  Conditions
      default_if;  // plain `ninja` also builds it where these hold (never where there are none)
};

struct Recipe {
  SourceId source{};
  Text id;
  std::string directory;  // absolute folder of the recipe's file
  std::string category;   // the folder above it
  std::string about;
  std::vector<Text> tags;
  std::vector<std::vector<std::string>> tag_aliases;
  std::vector<Text> inherits;
  std::vector<Text> internal_keys;  // keys, or globs of them, that its caller alone sets
  std::vector<Key> keys;
  std::vector<Flag> flags;
  EnvMap default_env, env, exports;
  std::vector<Text>
      new_env_keys;  // keys of its env, or globs of them, that it hands on as they are
  std::vector<Variation> variations;
  std::vector<std::vector<Text>> valid_combinations, invalid_combinations;
  std::vector<Version> versions;
  std::optional<Text> default_version;
  std::vector<Dep> deps;
  std::vector<Probe> probes;
  std::vector<RecipeStep> steps;
  std::vector<Target> targets;  // of a root: the Ninja targets
  Text target;                  // the Ninja target that its steps belong to
  std::optional<RoundUse> round;
  std::optional<Text>
      missing;  // why nothing can be obtained: choosing it is an error with this reason

  void add_variation(Variation variation);
  const Variation* find_variation(
      std::string_view name) const;  // exact name or alias, or the wildcard that takes it
  const std::vector<size_t>& defaults() const {
    return defaults_;
  }  // of groups: places in `variations`
  const Flag* find_flag(std::string_view name) const;
  // A wildcard variation with `value` in place of '#' in all its texts but its name; the same
  // object each time.
  const Variation& specialise(const Variation& wildcard, const std::string& value) const;

 private:
  mutable std::map<std::string, std::unique_ptr<Variation>> specialised_;  // by "name value"
  std::map<std::string, size_t, std::less<>> by_word_;  // name or alias -> place in `variations`
  std::vector<size_t> defaults_;
};

// A preset: a named request.
struct Preset {
  Text name;
  std::string directory;  // absolute; where relative paths in it begin
  std::string about;
  std::vector<Text> inherits;
  std::optional<Text> recipe;
  std::vector<Text> variations;
  std::vector<std::pair<Text, Text>> flags;
  EnvMap env;
  std::vector<Override> overrides;
};

}  // namespace mlpgen
