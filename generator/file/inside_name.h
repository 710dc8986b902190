// Whether a name stays below the folder that it is given for.
#pragma once

#include <string_view>

namespace mlpgen {

// A path below a folder, as a recipe, a plan, a user or an archive wrote it: relative, without
// "..", not empty.
bool is_inside_name(std::string_view name);

}  // namespace mlpgen
