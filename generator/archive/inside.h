// Whether a link stays below a folder; whether a name does: file/inside_name.h.
#pragma once

#include <string>

#include "file/inside_name.h"

namespace mlpgen::tool {

// Whether the link root/name leads to a place below `root`, at every step and through other links.
// (The file system library cannot say it of a link that points to nothing.)
bool stays_inside(const std::string& root, const std::string& name);

}  // namespace mlpgen::tool
