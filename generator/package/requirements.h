// Requirements files with hashes, as pip and uv write and read them.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace mlpgen::tool {

// A package's name as the index compares it: lower case, runs of "-", "_" and "." are one "-".
std::string normal_name(const std::string& name);

struct Requirement {
  std::string name, version;        // as written; "" where no exact version is asked for
  std::vector<std::string> hashes;  // "sha256:..."
  bool has_marker = false;          // "; sys_platform == ..."
};
// In their order. Lines ending in "\" go on.
std::vector<Requirement> read_requirements(const std::string& text);

// The first line that is not a package with its hashes: an option of the client, a URL, a folder;
// "" where there is none.
std::string other_requirement(const std::string& text);

// The hashes ("sha256:...") of each requirement in the text, by normal name.
std::map<std::string, std::vector<std::string>> read_hashes(const std::string& text);

}  // namespace mlpgen::tool
