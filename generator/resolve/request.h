// What a user asked for, from the command line; every word knows its place.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "recipe/recipe.h"

namespace mlpgen {

// A program or file that a recipe of the request looks for.
struct ProbedTool {
  std::string recipe;
  std::vector<std::string> names;  // programs, or files, any of which will do
  std::string wanted;              // "at least 3.8", or ""
  bool optional = false;
  bool found = false;
  std::string path, version;                                 // where it was found
  std::vector<std::string> refused;                          // "/usr/bin/python3 is 3.6.8"
  std::vector<std::pair<std::string, std::string>> install;  // distribution, package
};

// The version of a package; nothing where no lock names one.
using LockedVersions = std::function<std::optional<std::string>(const std::string& package)>;

struct Request {
  TagQuery root;  // tags or an id, and variations; no tags: the default root
  Span root_span;
  std::vector<Text> presets;
  std::vector<std::pair<Text, Text>> flags;  // name without dashes, value
  std::vector<std::pair<Text, Text>>
      loose;                        // a flag without '=', and the word of tags right behind it
  VersionRange version;             // --version, --version_min, --version_max of the root
  EnvMap env;                       // --env.KEY=value
  std::vector<Override> overrides;  // --adr.NAME.…
  LockedVersions locked;            // ${lock:NAME}
  // `mlpgen doctor`: each probe is noted here, and what is missing is stood in for, so that one
  // resolution meets all that is missing. Nothing may be made of what comes out then.
  std::vector<ProbedTool>* probed = nullptr;
  std::string directory;  // where the words were typed: relative paths begin there
};

inline constexpr const char* kDefaultRoot = "run-mlperf-inference-app";
// What --rerun sets; `mlpgen configure` itself reads it and counts an attempt more.
inline constexpr const char* kRerunKey = "CM_RERUN";

}  // namespace mlpgen
