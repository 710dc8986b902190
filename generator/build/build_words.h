// The commands of a build as an edge writes them, turned into words that a program understands.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

// Where a build works. All absolute, because a build changes its folder as it likes.
struct BuildPlaces {
  std::string source;  // @source@: the tree, or its copy
  std::string build;   // @build@: where it is built; an in-source build has the same as source
  std::string stage;   // @stage@: DESTDIR of the installation
  unsigned jobs = 1;   // @jobs@: commands side by side
};

// @prefix@: where the installed files believe to be. It is the same for every build and nobody has
// it, so neither a run directory's name nor a file of this machine comes into what is built.
inline constexpr const char* kBuildPrefix = "/mlpgen/install";

// Words with a word "--" between two commands. An error where a command is empty.
Result<std::vector<std::vector<std::string>>> split_commands(const std::vector<std::string>& words);

// The word with its places filled in; also @install@ (stage and prefix), @absolute:PATH@, a path
// below `folder` when it is relative, and @list:A:B@, CMake's list A;B. Others between two @ stay.
std::string fill_places(std::string word, const BuildPlaces& places, const std::string& folder);

}  // namespace mlpgen::tool
