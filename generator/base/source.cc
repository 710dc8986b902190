// Places in texts: offsets to lines and columns.
#include "base/source.h"

#include <algorithm>

namespace mlpgen {

SourceId Sources::add(std::string name, std::string text) {
  entries_.push_back({std::move(name), std::move(text)});
  return static_cast<SourceId>(entries_.size() - 1);
}

Position Sources::position(Span span) const {
  std::string_view before = std::string_view(text(span.source)).substr(0, span.offset);
  auto newline = before.rfind('\n');
  Position p;
  p.line = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  p.column = static_cast<uint32_t>(newline == std::string_view::npos ? before.size()
                                                                     : before.size() - newline - 1) +
             1;
  return p;
}

std::string_view Sources::line_of(Span span) const {
  std::string_view all = text(span.source);
  size_t offset = std::min<size_t>(span.offset, all.size());
  size_t begin = offset == 0 ? 0 : all.rfind('\n', offset - 1);
  begin = (offset == 0 || begin == std::string_view::npos) ? 0 : begin + 1;
  size_t end = all.find('\n', offset);
  return all.substr(begin, (end == std::string_view::npos ? all.size() : end) - begin);
}

std::string_view Sources::text_of(Span span) const {
  return std::string_view(text(span.source)).substr(span.offset, span.length);
}

std::string Sources::describe(Span span) const {
  if (!span.known()) return "";
  Position p = position(span);
  return name(span.source) + ":" + std::to_string(p.line) + ":" + std::to_string(p.column);
}

}  // namespace mlpgen
