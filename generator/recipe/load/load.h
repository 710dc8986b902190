// Files, or the trees that stand in them, to recipes, rules and presets. Each reports all that it
// finds wrong and returns nothing after an error.
#pragma once

#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "recipe/rule.h"

namespace mlpgen {

struct Node;

std::optional<Recipe> load_recipe(const Node& root, SourceId source, std::string directory,
                                  Sink& sink);
std::optional<Recipe> load_recipe(const Sources& sources, SourceId source, std::string directory,
                                  Sink& sink);
std::optional<StepRule> load_rule(const Node& root, SourceId source, Sink& sink);
std::optional<StepRule> load_rule(const Sources& sources, SourceId source, Sink& sink);
// A presets file: `format: 1` and `presets:` by name.
std::optional<std::vector<Preset>> load_presets(const Sources& sources, SourceId source,
                                                Sink& sink);

}  // namespace mlpgen
