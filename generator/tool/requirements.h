// Requirements files with hashes, as pip and uv write and read them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mlpgen::tool {

// A package's name as the index compares it: lower case, runs of "-", "_" and "." are one "-".
std::string normal_name(const std::string& name);

// The hashes ("sha256:...") of each requirement in the text, by normal name. Lines ending in "\" go
// on.
std::map<std::string, std::vector<std::string>> read_hashes(const std::string& text);

}  // namespace mlpgen::tool
