// Whether a name or a link stays below a folder.
#pragma once

#include <string>

namespace mlpgen::tool {

// A path below an output folder, as a user or an archive wrote it: relative, without "..", not
// empty.
bool is_inside_name(const std::string& name);

// Whether the link root/name leads to a place below `root`, at every step and through other links.
// (The file system library cannot say it of a link that points to nothing.)
bool stays_inside(const std::string& root, const std::string& name);

}  // namespace mlpgen::tool
