// The outcome of resolving: every instance with its env, each binding with its origin.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "recipe/recipe.h"
#include "resolve/value.h"

namespace mlpgen {

// What may set a key, from weak to strong (docs/language.md, "Precedence").
enum class Rank {
  kDefaultEnv,
  kDepExport,
  kRecipeEnv,
  kVersion,
  kDefaultVariation,
  kInherited,
  kVariation,
  kCombined,
  kDepEnv,
  kPreset,
  kFlag,
  kEnvWord,
  kOverride,
};
const char* to_word(Rank rank);

struct Setter {
  Rank rank = Rank::kDefaultEnv;
  int order = 0;  // within the rank: a later one wins
  Span span;      // the file and line, or the command-line word
  std::string
      who;      // "variation _demo", "flag --model", "inherited from run-mlperf-inference-app", ...
  Value value;  // not yet expanded; a user's word, and what another recipe expanded already, has no
                // names
};

struct Binding {
  std::string key;
  Value value;  // expanded
  Setter winner;
  std::vector<Setter> beaten;  // strongest first
};

struct ResolvedDep {
  const Dep* dep = nullptr;
  std::string tags;  // after overrides and keys were filled in
  bool enabled = false;
  std::string why;  // the condition in words
  std::string
      label;  // of one call among several, by the values of the foreach keys: "retinanet-Offline"
  InstanceId target = InstanceId::kNone;
};

struct ResolvedParam {
  Text name;
  Param::Kind kind = Param::Kind::kText;
  std::vector<Template> items, keys;  // expanded, may hold references
};

struct ResolvedStep {
  const RecipeStep* step = nullptr;
  Text rule;  // the recipe's, or local-copy where a person's own copy takes the step's place
  std::vector<ResolvedParam> params;
  std::vector<std::pair<std::string, std::string>> links;  // name in the run directory, output
  std::string target;                                      // Ninja targets with commas, or ""
  int shards = 0;                                          // 0: one edge
};

struct Instance {
  InstanceId id = InstanceId::kNone;
  const Recipe* recipe = nullptr;
  std::vector<std::string> variations;  // active, in the order of application
  std::vector<std::string> because;     // of each variation: "asked for", "default of group g", ...
  std::vector<Span> chosen_at;          // of each variation: the word that chose it
  std::string version;                  // chosen or probed; "" where there is none
  std::string version_because;  // "default_version", "asked for", "found at /usr/bin/g++", ...
  Span version_at;              // the word, dep, range or probe that decided it
  std::map<std::string, Binding> env;
  std::vector<ResolvedDep> deps;  // in the order of the text, skipped ones as well
  std::vector<ResolvedStep> steps;
  std::map<std::string, Value> exports;
  std::vector<InstanceId> asked_by;  // empty: a root
};

// The target that every step belongs to: of a recipe that declares none, or one of its own.
inline constexpr const char* kAllTarget = "all";

struct RootTarget {
  std::string name;                // the Ninja target
  const Target* target = nullptr;  // its declaration; absent when the root declares none
  InstanceId root{};               // the root resolved with that target's variation
  bool is_default = false;         // what plain `ninja` builds
};

struct Resolution {
  std::deque<Instance> instances;  // deps before those that ask for them
  std::vector<RootTarget> targets;

  const Instance& at(InstanceId id) const { return instances[static_cast<uint32_t>(id)]; }
};

}  // namespace mlpgen
