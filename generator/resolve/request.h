// What a user asked for, from the command line; every word knows its place.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "recipe/recipe.h"

namespace mlpgen {

struct Request {
  TagQuery root;                            // tags or an id, and variations; no tags: the default root
  Span root_span;
  std::vector<Text> presets;
  std::vector<std::pair<Text, Text>> flags;  // name without dashes, value
  VersionRange version;                      // --version, --version_min, --version_max of the root
  EnvMap env;                                // --env.KEY=value
  std::vector<Override> overrides;           // --adr.NAME.…
  std::map<std::string, std::string> locked;  // version of each package that the lock names once: ${lock:NAME}
  std::string directory;                     // where the words were typed: relative paths begin there
};

inline constexpr const char* kDefaultRoot = "run-mlperf-inference-app";

}  // namespace mlpgen
