// Sources that nobody edits by mistake.
#pragma once

#include <string>

#include "base/result.h"

namespace mlpgen::tool {

// Takes the write bits of every file below `folder`. Folders keep theirs, so that who owns the tree
// can remove it by `rm -rf`; links are not followed.
Status make_read_only(const std::string& folder);

}  // namespace mlpgen::tool
