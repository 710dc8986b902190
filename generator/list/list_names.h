// A text file with one relative name a line -> the names, none of which leaves its folder.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace mlpgen::tool {

struct NameList {
  std::vector<std::string> names;  // sorted, each once
  std::string sha256;              // of these names: other names make another list
};

// Blank lines and blanks around a name do not count. Errors: not-found (no file, no names),
// bad-file-name (a part that is "..", hidden, empty, or has control characters), name-taken.
Result<NameList> read_names(const std::string& path);
Result<NameList> names_of(const std::string& text, const std::string& path);

// The name as the rest of a URL: all but letters, digits and -._~ percent-encoded in each part.
std::string url_part(const std::string& name);

}  // namespace mlpgen::tool
