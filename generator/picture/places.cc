// Lines of a file by binary search.
#include "picture/places.h"

#include <algorithm>

namespace mlpgen {

std::string Places::of(Span span) {
  if (!span.known()) return "";
  std::vector<uint32_t>& lines = lines_[span.source];
  if (lines.empty()) {
    const std::string& text = sources_.text(span.source);
    lines.push_back(0);
    for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) lines.push_back(static_cast<uint32_t>(at + 1));
  }
  auto line = std::upper_bound(lines.begin(), lines.end(), span.offset) - 1;
  return sources_.name(span.source) + ":" + std::to_string(line - lines.begin() + 1) + ":" + std::to_string(span.offset - *line + 1);
}

}  // namespace mlpgen
