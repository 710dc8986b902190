// One use of a recipe while resolving: what its caller hands down.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "resolve/resolution.h"
#include "resolve/variation/variations.h"

namespace mlpgen {

struct Call {
  const Recipe* recipe = nullptr;
  std::vector<VariationWord> words;
  std::vector<Text> excluded;
  VersionRange version;
  std::map<std::string, Setter>
      handed;  // inherited keys, dep env, overrides; for a root also flags, presets, --env
  std::vector<const Override*> overrides;  // in force from here down, weak to strong
  Span asked_at;                           // the dep entry or the command-line word

  std::string key() const;  // equal calls give equal instances
};

}  // namespace mlpgen
