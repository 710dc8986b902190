// Reading the store so that only what is not there counts as absent. For the store only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen {

// Whether nothing has this path: a disk that fails, or a folder that may not be searched, says no
// such thing.
bool is_absent(const std::string& path);

// The names in a folder, sorted; none where there is no such folder. Errors: unreadable-file.
Result<std::vector<std::string>> names_in(const std::string& folder);

// The text of a file; nothing where there is no such file. Errors: unreadable-file.
Result<std::optional<std::string>> read_if_there(const std::string& path);

}  // namespace mlpgen
