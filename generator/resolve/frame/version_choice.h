// Which of the versions of a recipe a call of it takes.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "recipe/recipe.h"

namespace mlpgen {

// The key in which a recipe without versions and probes reads the version that it is asked for.
inline constexpr const char* kAskedVersion = "CM_VERSION_ASKED";

bool fits(const VersionRange& range, const std::string& version);
std::string range_words(const VersionRange& range);  // "at least 1.10, at most 2"; "" of none

// Null where the recipe has none, where nothing decides, and after an error. `handed_on`: the
// recipe has no versions and reads what it is asked for in kAskedVersion. Reports unknown-version.
const Version* choose_version(const Recipe& recipe, const VersionRange& want, bool handed_on,
                              Span asked_at, Sink& sink);

}  // namespace mlpgen
