// Names by their parts, links step by step.
#include "archive/inside.h"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "text/text.h"

namespace mlpgen::tool {
namespace {

constexpr int kLinksInARow = 40;  // as Linux allows

}  // namespace

bool stays_inside(const std::string& root, const std::string& name) {
  std::vector<std::string> parts = split(name, '/'),
                           at;  // still to go, in order; where we are below root
  std::reverse(parts.begin(), parts.end());
  for (int links = 0; !parts.empty();) {
    std::string part = parts.back();
    parts.pop_back();
    if (part.empty() || part == ".") continue;
    if (part == "..") {
      if (at.empty()) return false;
      at.pop_back();
      continue;
    }
    at.push_back(part);
    std::error_code none;
    std::string target = std::filesystem::read_symlink(root + "/" + join(at, "/"), none).string();
    if (target.empty()) continue;  // no link
    if (target.front() == '/' || ++links > kLinksInARow) return false;
    at.pop_back();
    std::vector<std::string> further = split(target, '/');
    parts.insert(parts.end(), further.rbegin(), further.rend());
  }
  return true;
}

}  // namespace mlpgen::tool
