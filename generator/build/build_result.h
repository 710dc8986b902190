// What a build leaves: the files that it installed, and those that are taken out of its folder.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "build/build_words.h"

namespace mlpgen::tool {

// Moves what was installed below the prefix, and each file of the build folder whose name there
// fits a glob of `take` (* also matches "/"), to OUT/install. In *.pc files ${pcfiledir} takes the
// place of the prefix. The error `build-failed` where that is no file at all, where a glob fits
// none, or where something was installed outside the prefix.
Status collect_install(const BuildPlaces& places, const std::vector<std::string>& take,
                       const std::string& out);

// Unpacks each wheel at the top of OUT/install into OUT/site, a folder for PYTHONPATH.
Status unpack_wheels(const std::string& out);

}  // namespace mlpgen::tool
