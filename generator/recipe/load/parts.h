// The parts that recipes, variations and presets share: deps, steps, probes, overrides.
#pragma once

#include <vector>

#include "recipe/load/shared.h"
#include "recipe/recipe.h"
#include "yaml/yaml.h"

namespace mlpgen {

std::vector<Dep> read_deps(const Node& node, Phase phase, Sink& sink);
std::vector<RecipeStep> read_steps(const Node& node, SharedParts& shared, Sink& sink);
bool is_step_word(std::string_view key);  // of a step: not one of its rule's parameters
std::vector<Probe> read_probes(const Node& node, Sink& sink);
std::vector<Override> read_overrides(const Node& node,
                                     Sink& sink);  // adr: {NAME: {tags, version, env, ...}}

}  // namespace mlpgen
