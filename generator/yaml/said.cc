// What a tree says, whatever its file looks like.
#include <algorithm>

#include "text/text.h"
#include "yaml/format.h"

namespace mlpgen {

std::string said(const Node& n) {
  if (n.is_null()) return "-";
  if (n.is_scalar()) return std::to_string(n.text.size()) + ":" + n.text;
  std::vector<std::string> parts;
  for (const Node& item : n.items) parts.push_back(said(item));
  for (const auto& [key, value] : n.entries) parts.push_back(said(key) + said(value));
  if (n.is_map()) std::sort(parts.begin(), parts.end());
  return (n.is_map() ? "{" : "[") + join(parts, "") + (n.is_map() ? "}" : "]");
}

}  // namespace mlpgen
